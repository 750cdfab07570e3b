/** The sitemap (https://www.sitemaps.org/protocol.html): every page that a search engine is meant to list. */
import { isoInZone, partsInZone } from "../content/dates.ts";
import type { Blog } from "../content/model.ts";
import { escapeXml } from "../escape.ts";
import type { FileSpec } from "./outputs.ts";
import { textFile } from "./text-file.ts";
import type { SiteUrls } from "./urls.ts";

export interface SitemapEntry {
  /** Site path. */
  readonly path: string;
  /** Instant at which what the page shows last changed, null when that isn't known. */
  readonly lastmod: string | null;
}

/** Addresses in one file, by the protocol. */
const MAX_ADDRESSES = 50_000;

/**
 * What the sitemap says of pages. A post changed when its author last said so; a list, when one of its posts did.
 * @param paths site paths of the pages that are listed, see {@link isListed}.
 */
export function sitemapEntries(paths: readonly string[], blog: Blog, urls: SiteUrls): SitemapEntry[] {
  const changes = changesByPath(blog, urls);
  return paths.map((path) => {
    const changed = changes.get(path);
    return { path, lastmod: changed === undefined ? null : isoInZone(changed, blog.settings.timeZone) };
  });
}

/** `/sitemap.xml`; past 50,000 addresses it's an index of `/sitemap-1.xml`, `/sitemap-2.xml` … */
export function sitemapFiles(
  entries: readonly SitemapEntry[],
  urls: SiteUrls,
  maxAddresses = MAX_ADDRESSES,
): FileSpec[] {
  const sorted = entries
    .map(({ path, lastmod }) => ({ address: urls.absolute(path), lastmod }))
    .sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
  if (sorted.length <= maxAddresses) return [textFile("/sitemap.xml", listXml("urlset", "url", sorted))];
  const parts = Array.from({ length: Math.ceil(sorted.length / maxAddresses) }, (_, index) => ({
    path: `/sitemap-${index + 1}.xml`,
    listed: sorted.slice(index * maxAddresses, (index + 1) * maxAddresses),
  }));
  const index = parts.map(({ path, listed }) => ({
    address: urls.absolute(path),
    lastmod: latest(listed.map(({ lastmod }) => lastmod)),
  }));
  return [
    textFile("/sitemap.xml", listXml("sitemapindex", "sitemap", index)),
    ...parts.map(({ path, listed }) => textFile(path, listXml("urlset", "url", listed))),
  ];
}

/** Whether a page's head doesn't ask search engines to stay away (`meta.isListed` in its view). */
export function isListed(view: object): boolean {
  const meta: unknown = Reflect.get(view, "meta");
  return typeof meta === "object" && meta !== null && Reflect.get(meta, "isListed") === true;
}

/** When each post, and each list's newest edit, was made; by site path. */
function changesByPath(blog: Blog, urls: SiteUrls): Map<string, string> {
  const changes = new Map<string, string>();
  for (const post of blog.posts.filter(({ visibility }) => visibility === "published")) {
    const changed = post.updated !== null && post.updated > post.date ? post.updated : post.date;
    const { year, month } = partsInZone(post.date, blog.settings.timeZone);
    const paths = [
      "/",
      urls.postsPath(),
      urls.postPath(post.slug),
      ...post.tags.map((tag) => urls.tagPath(tag)),
      ...post.authors.map((id) => urls.authorPath(id)),
      ...(post.series === null ? [] : [urls.seriesPath(post.series)]),
      urls.archivePath(Number(year)),
      urls.archivePath(Number(year), Number(month)),
    ];
    for (const path of paths) {
      const known = changes.get(path);
      if (known === undefined || changed > known) changes.set(path, changed);
    }
  }
  return changes;
}

function latest(instants: readonly (string | null)[]): string | null {
  return instants.reduce<string | null>(
    (newest, instant) =>
      instant !== null && (newest === null || Date.parse(instant) > Date.parse(newest)) ? instant : newest,
    null,
  );
}

function listXml(
  list: "urlset" | "sitemapindex",
  item: "url" | "sitemap",
  entries: readonly { readonly address: string; readonly lastmod: string | null }[],
): string {
  const items = entries.map(({ address, lastmod }) => {
    const changed = lastmod === null ? "" : `<lastmod>${lastmod}</lastmod>`;
    return `<${item}><loc>${escapeXml(address)}</loc>${changed}</${item}>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${list} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${items.join("")}</${list}>\n`;
}
