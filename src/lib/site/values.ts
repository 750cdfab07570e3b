/** Checks of single values, for the schemas of settings and front matter. */
export { isLanguage } from "./language-tag.ts";

/** Whether a text is an absolute http or https address without a user name or password. */
export function isWebAddress(value: string): boolean {
  if (!/^https?:\/\/[^\s/]/i.test(value) || !URL.canParse(value)) return false;
  const { username, password } = new URL(value);
  return username === "" && password === "";
}

/** The address meant by a text such as `www.example.org/a`; null if unknown. */
export function webAddressMeant(value: string): string | null {
  const text = value.trim();
  const [, actor, rkey] = /^at:\/\/([^/]+)\/app\.bsky\.feed\.post\/([^/]+)$/.exec(text) ?? [];
  if (actor !== undefined) return `https://bsky.app/profile/${actor}/post/${rkey ?? ""}`;
  if (/^https?:/i.test(text)) return `https://${text.replace(/^https?:\/*/i, "")}`;
  const isHost = /^(?:\/\/)?(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:[/:].*)?$/u.test(text);
  return isHost ? `https://${text.replace(/^\/\//, "")}` : null;
}

/** Whether a text names a time zone of the IANA database; offsets such as `+01:00` aren't zones. */
export function isTimeZone(value: string): boolean {
  if (/^[+-]/.test(value)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone !== "";
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Whether a text is a valid blog address: a web address without query and fragment. */
export function isSiteAddress(value: string): boolean {
  if (!isWebAddress(value)) return false;
  const { hostname, pathname, search, hash } = new URL(value);
  const isPlain = search === "" && hash === "" && !/[?#]/.test(value);
  return isPlain && !/^\.|\.\./.test(hostname) && !/\/\/|\/index\.html?$|%(?![\da-f]{2})/i.test(pathname);
}

/** The blog address meant by a text: without query, password and `index.html`; null if unknown. */
export function siteAddressMeant(value: string): string | null {
  const text = value.trim().replace(/^(?!https?:\/\/)[a-z]{2,8}:?\/{2}(?=[^/])/i, "https://");
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : (webAddressMeant(text) ?? ""));
  if (url === null) return null;
  return url.origin + url.pathname.replace(/index\.html?$/i, "").replaceAll(/\/{2,}/g, "/");
}

/** Whether a text looks like an email address. */
export function isEmail(value: string): boolean {
  return /^[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+$/.test(value);
}
