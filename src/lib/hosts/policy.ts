/** Rules for all hosts, read from the `_headers` and `_redirects` of a built site. */
import { contentTypes } from "../site/content-type.ts";
import { type HeaderRule, parseHeaderRules } from "./parse-headers.ts";
import { parseRedirects, type Redirect } from "./parse-redirects.ts";

/** Rules of a built site in a form that no host is needed for. Paths begin with the base path and are decoded. */
export interface HostPolicy {
  /** Base path with a slash at both ends: `/` or `/blog/`. */
  readonly base: string;
  /** From the general to the particular: where two set the same header, the later one wins. */
  readonly headers: readonly HeaderRule[];
  readonly redirects: readonly Redirect[];
  /** Pages of posts that were taken down, each with a slash at its end; answered with 410 and the page's text. */
  readonly gone: readonly string[];
  /** Media types by the ending of a file's name. */
  readonly types: Readonly<Record<string, string>>;
  /** Files of the site that aren't for readers. */
  readonly hidden: readonly string[];
  /** Sentences on rules that only Netlify and Cloudflare understand. */
  readonly notes: readonly string[];
}

export interface PolicySource {
  /** Text of the built site's `_headers`, the author's rules included. */
  readonly headers: string;
  /** Text of its `_redirects`. */
  readonly redirects: string;
  readonly base: string;
}

/** Files in the output that hosts read and readers shouldn't. */
export const HOST_FILES = ["_headers", "_redirects"] as const;

/** The policy of a built site. Files that no rule mentions are asked for again on each visit. */
export function hostPolicy({ headers, redirects, base }: PolicySource): HostPolicy {
  const parsed = parseHeaderRules(headers);
  const old = parseRedirects(redirects);
  return {
    base,
    headers: withDefault(parsed.rules),
    redirects: old.redirects,
    gone: old.gone,
    types: contentTypes,
    hidden: [...HOST_FILES, ".htaccess"].map((name) => base + name),
    notes: [...parsed.notes, ...old.notes],
  };
}

/** Browsers guess how long they may keep a file without `Cache-Control`, and keep old pages for days. */
function withDefault(rules: readonly HeaderRule[]): HeaderRule[] {
  return [{ match: "prefix", path: "/", set: [["Cache-Control", "no-cache"]], remove: [] }, ...rules];
}
