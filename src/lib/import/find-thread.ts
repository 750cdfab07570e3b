/** Finds the post or page that the comments of an old page belong to. */
import type { Blog, Page, Post } from "../content/model.ts";
import { targetIndex } from "../responses/targets.ts";
import { siteUrls } from "../site/urls.ts";
import type { ArchiveThread } from "./archive.ts";
import { percentDecoded } from "../percent-decoded.ts";

export interface FoundText {
  readonly kind: "post" | "page";
  readonly slug: string;
  readonly title: string;
  /** Site path of its page, without the base path. */
  readonly path: string;
  readonly isPublished: boolean;
  /** How it was found: by its address, or by a title or last part of an address that only one text has. */
  readonly by: "address" | "title" | "last part";
}

type Found = Omit<FoundText, "by">;

/** @returns a function with prebuilt indexes, for many threads; it returns null if the page isn't in the blog. */
export function threadFinder({
  settings,
  posts,
  pages,
  tombstones,
}: Blog): (thread: ArchiveThread) => FoundText | null {
  const urls = siteUrls(settings, [...posts, ...tombstones]);
  const targets = targetIndex({ settings, posts, tombstones });
  const bySlug = new Map(posts.map((post) => [post.slug, postOf(post)]));
  const byId = new Map(posts.map((post) => [post.id, postOf(post)]));
  const pageOf = ({ slug, title, visibility }: Page): Found => {
    return { kind: "page", slug, title, path: urls.pagePath(slug), isPublished: visibility === "published" };
  };
  const byPagePath = new Map(
    pages.flatMap((page) =>
      [urls.pagePath(page.slug), ...page.aliases].map((path) => [pathKey(path), pageOf(page)] as const),
    ),
  );
  const all = [...posts.map(postOf), ...pages.map(pageOf)];
  const byTitle = unique(all, ({ title }) => title.trim().toLowerCase());
  const byLastPart = unique(all, ({ slug }) => slug.replace(/^.*\//, "").toLowerCase());

  const byAddress = (address: string): Found | null => {
    const url = URL.parse(address, settings.url);
    if (url === null || !/^https?:$/.test(url.protocol)) return null;
    const original = targets.resolve(url.href);
    if (original !== null && bySlug.has(original)) return bySlug.get(original) ?? null;
    // A comment system serves one blog, so the host doesn't matter.
    const path = url.pathname.replace(/\/(?:index\.html?)?$/, "/");
    const named = path === "/" ? [] : [path, `${path.replace(/\/$/, "")}.html`];
    for (const candidate of [path + url.search, ...named]) {
      for (const own of [new URL(candidate, settings.url).href, urls.absolute(candidate)]) {
        const slug = targets.resolve(own);
        const post = slug === null ? undefined : bySlug.get(slug);
        if (post !== undefined) return post;
      }
      const page =
        byPagePath.get(pathKey(candidate)) ?? byPagePath.get(pathKey(withoutBase(candidate, urls.path("/"))));
      if (page !== undefined && page.slug !== "") return page;
    }
    return null;
  };

  return ({ addresses, title }) => {
    for (const address of addresses) {
      const found = byId.get(address.trim()) ?? byAddress(address.trim());
      if (found !== null && found !== undefined) return { ...found, by: "address" };
    }
    const titled = title.trim() === "" ? undefined : byTitle.get(title.trim().toLowerCase());
    if (titled !== undefined) return { ...titled, by: "title" };
    for (const address of addresses) {
      const last = byLastPart.get(lastPart(address));
      if (last !== undefined) return { ...last, by: "last part" };
    }
    return null;
  };
}

function postOf({ slug, title, path, visibility }: Post): Found {
  return { kind: "post", slug, title, path, isPublished: visibility === "published" };
}

/** Texts by key; a key shared by several texts is left out. */
function unique(all: readonly Found[], keyOf: (one: Found) => string): ReadonlyMap<string, Found> {
  const groups = Map.groupBy(all, keyOf);
  return new Map(
    [...groups].flatMap(([key, [one, ...others]]) =>
      key === "" || one === undefined || others.length > 0 ? [] : [[key, one] as const],
    ),
  );
}

function lastPart(address: string): string {
  const path = percentDecoded(address.replace(/[?#].*$/s, "").replace(/\/(?:index\.html?)?$/i, ""));
  return (path.split("/").at(-1) ?? "").replace(/\.html?$/i, "").toLowerCase();
}

function withoutBase(path: string, base: string): string {
  return path.startsWith(base) ? `/${path.slice(base.length)}` : path;
}

function pathKey(path: string): string {
  return percentDecoded(path).normalize("NFC").replace(/\/$/, "");
}
