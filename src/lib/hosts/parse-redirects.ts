import { decodedPath } from "./decoded-path.ts";

export interface Redirect {
  /** Decoded path of the old address, with the base path. */
  readonly from: string;
  /** Path with the base path, or an absolute address; percent-encoded. */
  readonly to: string;
  readonly status: 301 | 302 | 303 | 307 | 308;
}

export interface ParsedRedirects {
  readonly redirects: readonly Redirect[];
  /** Decoded paths with status 410, each with a trailing slash. */
  readonly gone: readonly string[];
  readonly notes: readonly string[];
}

const STATUSES = [301, 302, 303, 307, 308] as const;

/** Characters that some server configurations can't contain. */
const UNUSABLE = /["\\`{}$\p{Cc}]/u;

/** Parses `_redirects`; the first rule for an address applies, as on Netlify. Patterns and rewrites become notes. */
export function parseRedirects(text: string): ParsedRedirects {
  const redirects = new Map<string, Redirect>();
  const gone = new Set<string>();
  const notes: string[] = [];
  for (const line of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
    const [from = "", to = "", code = "301", ...conditions] = line
      .replace(/(^|\s)#.*$/, "")
      .trim()
      .split(/\s+/);
    if (from === "") continue;
    const status = Number.parseInt(code, 10);
    const path = decodedPath(from);
    const known = STATUSES.find((one) => one === status);
    const isPlain = /^\/[^*:]*$/.test(from) && !UNUSABLE.test(path) && conditions.length === 0;
    if (isPlain && status === 410) gone.add(path.endsWith("/") ? path : `${path}/`);
    else if (isPlain && known !== undefined && to !== "" && !/[\s:]:/.test(to)) {
      if (!redirects.has(path)) redirects.set(path, { from: path, to: safeTarget(to), status: known });
    } else notes.push(`The rule "${line.trim()}" in _redirects works on Netlify and Cloudflare only.`);
  }
  for (const path of gone) for (const spelling of [path, path.slice(0, -1)]) redirects.delete(spelling);
  return { redirects: [...redirects.values()], gone: [...gone], notes: [...new Set(notes)] };
}

/** Whether a target has a query or fragment, so that the request's query isn't appended. */
export function hasOwnQuery(to: string): boolean {
  return /[?#]/.test(to);
}

/** Escapes characters with a meaning in server configurations. */
function safeTarget(to: string): string {
  return to.replaceAll(/["\\`{}$]/g, (character) => encodeURIComponent(character));
}
