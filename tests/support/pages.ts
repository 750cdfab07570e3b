import { readFileSync } from "node:fs";
import path from "node:path";
import { listFiles } from "../../src/integration/list-files.ts";
import type { BuiltSite } from "./build.ts";

/** Returns the paths of all HTML files of a built site, relative to its folder. */
export function htmlFiles(site: BuiltSite): string[] {
  return listFiles(site.outDir).filter((file) => file.endsWith(".html"));
}

export function readOutput(site: BuiltSite, file: string): string {
  return readFileSync(path.join(site.outDir, file), "utf8");
}

/** One page of every kind: path relative to the base path, by name. */
export const PAGE_KINDS = {
  home: "",
  "all posts": "posts/",
  "a post with everything": "posts/one-more-story/",
  "a post with its own component": "posts/what-a-small-shop-can-do/",
  "a post with comments closed": "posts/virtual-backyard-fence/",
  "a post in German": "posts/der-zaun-ist-kein-rand/",
  "a sensitive post": "posts/quitting-the-group-chat/",
  tags: "tags/",
  "a tag": "tags/conversation/",
  authors: "authors/",
  "an author": "authors/ines/",
  "series index": "series/",
  "a series": "series/coming-home/",
  archive: "archive/",
  "a year": "archive/2011/",
  "a month": "archive/2011/11/",
  people: "people/",
  search: "search/",
  subscribe: "subscribe/",
  blogroll: "blogroll/",
  about: "about/",
  colophon: "colophon/",
  documentation: "docs/",
  "a page of the documentation": "docs/conversation/",
  "messages and what to do": "docs/troubleshoot/text/",
  "no connection": "offline/",
  "not found": "404.html",
} as const satisfies Record<string, string>;

/** Returns the event after which a page is complete: posts and search load some controls after the `load` event. */
export function settled(address: string): "load" | "networkidle" {
  return /^(?:posts\/.|search)/.test(address) ? "networkidle" : "load";
}
