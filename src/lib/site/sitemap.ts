/** The sitemap (https://www.sitemaps.org/protocol.html): all pages that search engines should list. */
import { isoInZone, partsInZone } from "../content/dates.ts";
import { languageSites } from "../content/language-sites.ts";
import type { Blog } from "../content/model.ts";
import { escapeXml } from "../escape.ts";
import type { FileSpec } from "./outputs.ts";
import { textFile } from "./text-file.ts";
import type { SiteUrls } from "./urls.ts";

export interface SitemapEntry {
  /** Site path. */
  readonly path: string;
  /** Time of the last change of the page's content; null if unknown. */
  readonly lastmod: string | null;
  /** Versions of the page in all its languages, including itself and `x-default`; omitted if there is only one. */
  readonly alternates?: readonly { readonly lang: string; readonly path: string }[];
}

/** Maximum number of addresses in one file, from the protocol. */
const MAX_ADDRESSES = 50_000;

/**
 * The sitemap's entries. A post changed at `updated` or `date`; a list, when one of its posts last changed.
 * @param paths site paths of the listed pages, see {@link isListed}.
 */
export function sitemapEntries(
  paths: readonly string[],
  blog: Blog,
  urls: SiteUrls,
  { all, alternates } = languageSites(blog, urls),
): SitemapEntry[] {
  const changes = new Map(all.flatMap((site) => [...changesByPath(site.blog, site.urls)]));
  return paths.map((path) => {
    const changed = changes.get(path);
    const found = alternates.get(path);
    const versions =
      found === undefined
        ? {}
        : { alternates: [...found.versions, { lang: "x-default", path: found.fallback }] };
    const lastmod = changed === undefined ? null : isoInZone(changed, blog.settings.timeZone);
    return { path, lastmod, ...versions };
  });
}

/** `/sitemap.xml`; above 50,000 addresses, an index of `/sitemap-1.xml`, `/sitemap-2.xml` … */
export function sitemapFiles(
  entries: readonly SitemapEntry[],
  urls: SiteUrls,
  maxAddresses = MAX_ADDRESSES,
): FileSpec[] {
  const sorted = entries
    .map(({ path, lastmod, alternates = [] }) => ({
      address: urls.absolute(path),
      lastmod,
      alternates: alternates.map((one) => ({ lang: one.lang, address: urls.absolute(one.path) })),
    }))
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

/** Whether search engines may list a page (`meta.isListed` in its view). */
export function isListed(view: object): boolean {
  const meta: unknown = Reflect.get(view, "meta");
  return typeof meta === "object" && meta !== null && Reflect.get(meta, "isListed") === true;
}

/** Times of the last change of posts and lists, by site path. */
function changesByPath(blog: Blog, urls: SiteUrls): Map<string, string> {
  const changes = new Map<string, string>();
  for (const post of blog.posts.filter(({ visibility }) => visibility === "published")) {
    const changed = post.updated !== null && post.updated > post.date ? post.updated : post.date;
    const { year, month } = partsInZone(post.date, blog.settings.timeZone);
    const paths = [
      urls.homePath(),
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

interface ListedAddress {
  readonly address: string;
  readonly lastmod: string | null;
  readonly alternates?: readonly { readonly lang: string; readonly address: string }[];
}

function listXml(
  list: "urlset" | "sitemapindex",
  item: "url" | "sitemap",
  entries: readonly ListedAddress[],
): string {
  const items = entries.map(({ address, lastmod, alternates = [] }) => {
    const changed = lastmod === null ? "" : `<lastmod>${lastmod}</lastmod>`;
    const versions = alternates.map(
      (one) =>
        `<xhtml:link rel="alternate" hreflang="${escapeXml(one.lang)}" href="${escapeXml(one.address)}"/>`,
    );
    return `<${item}><loc>${escapeXml(address)}</loc>${changed}${versions.join("")}</${item}>\n`;
  });
  const hasVersions = entries.some(({ alternates = [] }) => alternates.length > 0);
  const xhtml = hasVersions ? ' xmlns:xhtml="http://www.w3.org/1999/xhtml"' : "";
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${list} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"${xhtml}>\n${items.join("")}</${list}>\n`;
}
