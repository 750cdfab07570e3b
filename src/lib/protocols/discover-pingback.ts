import type { Announcement } from "./discover-webmention.ts";
import type { FetchedPage } from "./page.ts";

/**
 * The only regular expression applied to HTML: Pingback 1.0 requires exactly this one and forbids clients to be more
 * lenient (http://hixie.ch/specs/pingback/pingback, section 2.3).
 */
const linkPattern = /<link rel="pingback" href="([^"]+)" ?\/?>/;

/** The only entities that the specification requires clients to expand. */
const entities = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" } as const;

/**
 * Finds the pingback server of a page: its `X-Pingback` header, else the first `<link rel="pingback">` in exactly the
 * spelling that the specification requires. The address must be absolute.
 */
export function findPingback(page: FetchedPage): Announcement<"x-pingback-header" | "pingback-link"> | null {
  const header = page.response.header("x-pingback");
  if (header !== null) return absolute("x-pingback-header", header);
  const href = linkPattern.exec(page.text)?.[1];
  return href === undefined ? null : absolute("pingback-link", expandEntities(href));
}

function absolute<How extends string>(how: How, address: string): Announcement<How> | null {
  const url = URL.parse(address);
  const isHttp = url !== null && (url.protocol === "http:" || url.protocol === "https:");
  return isHttp ? { how, endpoint: url.href } : null;
}

/** Expands entities in one pass, so that `&amp;lt;` becomes `&lt;`. */
function expandEntities(text: string): string {
  return text.replaceAll(/&(?:lt|gt|quot|amp);/g, (name) => (isEntity(name) ? entities[name] : name));
}

function isEntity(name: string): name is keyof typeof entities {
  return Object.hasOwn(entities, name);
}
