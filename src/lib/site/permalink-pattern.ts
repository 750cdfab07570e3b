import { didYouMean } from "../did-you-mean.ts";

/** Tokens of permalink patterns. */
export const PERMALINK_TOKENS = [
  "year",
  "month",
  "day",
  "hour",
  "minute",
  "second",
  "slug",
  "id",
  "tag",
  "lang",
];

/** Names of tokens in other generators. */
const OTHER_TOKENS: Readonly<Record<string, string>> = {
  title: "slug",
  name: "slug",
  filename: "slug",
  contentbasename: "slug",
  slugorfilename: "slug",
  slugorcontentbasename: "slug",
  category: "tag",
  categories: "tag",
  postname: "slug",
  post_id: "id",
  monthnum: "month",
  i_month: "month",
  i_day: "day",
  "2006": "year",
  "01": "month",
  "02": "day",
};

/** Jekyll's named permalink styles. */
const STYLES: Readonly<Record<string, string>> = {
  date: "/:tag/:year/:month/:day/:slug/",
  pretty: "/:tag/:year/:month/:day/:slug/",
  none: "/:tag/:slug/",
};

/** Whether a text is a valid permalink pattern: a path of folders that contains `:slug` or `:id`. */
export function isPermalinkPattern(value: string): boolean {
  const tokens = [...value.matchAll(/:(\w+)/g)].map(([, token = ""]) => token);
  const isPath = /^\/(?:[^\s?#%\\]*[^\s?#%\\.]\/)$/.test(value) && !value.includes("//");
  return isPath && tokens.every((token) => PERMALINK_TOKENS.includes(token)) && /:(?:slug|id)\b/.test(value);
}

/** Converts a pattern of another generator; null if that isn't possible. */
export function permalinkPatternMeant(value: string): string | null {
  const style = STYLES[value.trim()];
  if (style !== undefined) return style;
  const tokens = value
    .trim()
    .replace(/^https?:\/\/[^/]+/i, "")
    .replace(/[?#].*$/s, "")
    .replaceAll(
      /%(\w+)%|\{\{?\s*(?:page)?\.?(\w+)\s*\}?\}|\[(?:\.{3})?(\w+)\]/g,
      (_, named?: string, braced?: string, bracketed?: string) => `:${named ?? braced ?? bracketed ?? ""}`,
    )
    .replaceAll(/\s+/g, "-")
    .replaceAll(/:(\w+)/g, (_, token: string) => `:${tokenMeant(token)}`);
  const path = `/${tokens}/`.replace(/\.html?\/$/, "/").replaceAll(/\/{2,}/g, "/");
  const known = path
    .split("/")
    .filter((part) =>
      [...part.matchAll(/:(\w+)/g)].every(([, token = ""]) => PERMALINK_TOKENS.includes(token)),
    )
    .join("/");
  const meant = /:(?:slug|id)\b/.test(known) ? known : `${known}:slug/`;
  return isPermalinkPattern(meant) ? meant : null;
}

function tokenMeant(token: string): string {
  const known = token.toLowerCase();
  if (PERMALINK_TOKENS.includes(known)) return known;
  return OTHER_TOKENS[known] ?? didYouMean(known, PERMALINK_TOKENS) ?? token;
}
