/** Rules for all hosts, parsed from the `_headers` and `_redirects` of a built site. */
import { contentTypes } from "../site/content-type.ts";
import { type HeaderRule, parseHeaderRules } from "./parse-headers.ts";
import { parseRedirects, type Redirect } from "./parse-redirects.ts";

/** Host-independent rules of a built site. Paths begin with the base path and are decoded. */
export interface HostPolicy {
  /** Base path with a slash at both ends: `/` or `/blog/`. */
  readonly base: string;
  /** Sorted from general to specific: if two rules set the same header, the later one applies. */
  readonly headers: readonly HeaderRule[];
  readonly redirects: readonly Redirect[];
  /** Pages of deleted posts, each with a trailing slash; served with status 410. */
  readonly gone: readonly string[];
  /** Media types by file extension. */
  readonly types: Readonly<Record<string, string>>;
  /** Files of the site that must not be served. */
  readonly hidden: readonly string[];
  /** Notes on rules that only Netlify and Cloudflare support. */
  readonly notes: readonly string[];
}

export interface PolicySource {
  /** Text of the built site's `_headers`, including the author's rules. */
  readonly headers: string;
  /** Text of the built site's `_redirects`. */
  readonly redirects: string;
  readonly base: string;
}

/** Files in the output for hosts, which must not be served. */
export const HOST_FILES = ["_headers", "_redirects"] as const;

/** Creates the policy of a built site. Browsers revalidate files without a caching rule on each visit. */
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

/** Adds a default `Cache-Control`: without it, browsers use heuristics and can show stale pages for days. */
function withDefault(rules: readonly HeaderRule[]): HeaderRule[] {
  return [{ match: "prefix", path: "/", set: [["Cache-Control", "no-cache"]], remove: [] }, ...rules];
}
