import type { Announcement } from "./discover-webmention.ts";
import type { FetchedPage } from "./page.ts";

/**
 * The one place where a page is searched by an expression: Pingback 1.0 demands exactly this one and forbids
 * clients to be more lenient (http://hixie.ch/specs/pingback/pingback, section 2.3).
 */
const linkPattern = /<link rel="pingback" href="([^"]+)" ?\/?>/;

/** The four entities that the specification has clients expand, and no others. */
const entities = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" } as const;

/**
 * The pingback server of a page: its `X-Pingback` header, else the first `<link rel="pingback">` that is written
 * exactly as the specification requires. The address has to be absolute.
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

/** In one pass, so that `&amp;lt;` becomes `&lt;`. */
function expandEntities(text: string): string {
  return text.replaceAll(/&(?:lt|gt|quot|amp);/g, (name) => (isEntity(name) ? entities[name] : name));
}

function isEntity(name: string): name is keyof typeof entities {
  return Object.hasOwn(entities, name);
}
