import type { AuthorIssue } from "../../author-error.ts";
import { didYouMean } from "../../did-you-mean.ts";
import { isoInZone, partsInZone } from "../dates.ts";
import type { BodyFacts, Page, Post } from "../model.ts";
import { canonicalPath, ENGINE_FOLDERS } from "../site-map.ts";
import type { SiteMap, Target } from "../site-map.ts";
import type { UncheckedBlog } from "./unchecked-blog.ts";
import { percentDecoded } from "../../percent-decoded.ts";

/** A problem with a link, without its location. */
interface Fault {
  readonly message: string;
  readonly hint: string;
}

/** Anchors on the engine's pages in addition to the headings of a text. */
const ENGINE_ANCHORS = new Set(["", "top", "content", "responses"]);

/** Anchors other than headings: ids within a stored body, such as footnotes, and anchors of stored responses. */
export interface MoreAnchors {
  isInBody(body: BodyFacts, anchor: string): boolean;
  isResponse(slug: string, anchor: string): boolean;
}

/** Issues for links within the blog that are broken or lead to texts that readers can't see. */
export function checkLinks(draft: UncheckedBlog, map: SiteMap, more: MoreAnchors): AuthorIssue[] {
  const judge = judgeFor(draft, map, more);
  return [...inTexts(draft, judge), ...inNavigation(draft, judge)];
}

type Judge = (url: string, from: Post | Page | null) => Fault | null;

function inTexts(draft: UncheckedBlog, judge: Judge): AuthorIssue[] {
  const isShown = ({ visibility }: Post | Page) => draft.showsAll || visibility === "published";
  return [...draft.posts, ...draft.pages].filter(isShown).flatMap((text) =>
    text.body.links.flatMap(({ url, line }) => {
      const fault = judge(url, text);
      return fault === null ? [] : [{ ...fault, file: text.file, line }];
    }),
  );
}

function inNavigation(draft: UncheckedBlog, judge: Judge): AuthorIssue[] {
  const { menu, navigation } = draft.settings;
  const linksOf = (key: "menu" | "navigation", items: typeof menu) =>
    items.flatMap((item, place) => [
      { url: item.url, at: [key, place, "url"] },
      ...item.items.map(({ url }, part) => ({ url, at: [key, place, "items", part, "url"] })),
    ]);
  return [...linksOf("menu", menu), ...linksOf("navigation", navigation)].flatMap(({ url, at }) => {
    const fault = url === null ? null : judge(url, null);
    if (fault === null) return [];
    return [{ ...fault, file: draft.settingsFile, line: draft.lineOf(draft.settingsFile, at) }];
  });
}

function judgeFor(draft: UncheckedBlog, map: SiteMap, more: MoreAnchors): Judge {
  const known = new Map<string, Fault | null>();
  return (url, from) => {
    if (url.startsWith("#")) return from === null ? null : anchorFault(url, url.slice(1), from, more);
    const sitePath = sitePathIn(url, draft);
    if (sitePath === null) return null;
    const before = known.get(url);
    if (before !== undefined) return before;
    const fault = pathFault(url, sitePath, draft, map, more);
    known.set(url, fault);
    return fault;
  };
}

/** The site path of a link; null if it leads out of the blog. */
function sitePathIn(url: string, draft: UncheckedBlog): string | null {
  if (url.startsWith("//")) return null;
  return url.startsWith("/") ? url : draft.urls.sitePathOf(url);
}

function pathFault(
  url: string,
  sitePath: string,
  draft: UncheckedBlog,
  map: SiteMap,
  more: MoreAnchors,
): Fault | null {
  const path = canonicalPath(sitePath);
  const target = map.get(path);
  if (target !== undefined) return targetFault(url, anchorOf(sitePath), target, draft, more);
  if (isElsewhere(path, draft)) return null;
  return { message: `This link leads nowhere: ${url}`, hint: wayOut(path, draft, map) };
}

/**
 * Whether a path can exist without being in the map: archive pages and other engine folders, the author's files and own
 * pages, pages of responses, and any tag or archive page while the front matter of some post is incomplete.
 */
function isElsewhere(path: string, draft: UncheckedBlog): boolean {
  const isUnknown = draft.filesWithGaps.size > 0 && /^\/(?:tags|archive)\//.test(path);
  if (path.startsWith("/archive/")) return isUnknown || isInArchive(path, draft);
  const isEngine = path !== "/people/" && ENGINE_FOLDERS.some((folder) => path.startsWith(folder));
  if (isUnknown || isEngine || draft.isPublicFile(path) || draft.isOwnPage(path)) return true;
  return draft.posts.some(({ slug }) => isResponses(path, draft.urls.postPath(slug)));
}

/** Whether a path is the archive page of a year or month with published posts. */
export function isInArchive(path: string, { posts, settings, urls, showsAll }: UncheckedBlog): boolean {
  return posts.some(({ date, visibility }) => {
    if (!showsAll && visibility !== "published") return false;
    const { year, month } = partsInZone(date, settings.timeZone);
    return path === urls.archivePath(Number(year)) || path === urls.archivePath(Number(year), Number(month));
  });
}

/** Whether a path is a page or feed of a post's responses. */
function isResponses(path: string, post: string): boolean {
  return path.startsWith(post) && /^responses(?:\.xml|\/\d+\/)$/.test(path.slice(post.length));
}

function targetFault(
  url: string,
  anchor: string,
  target: Target,
  draft: UncheckedBlog,
  more: MoreAnchors,
): Fault | null {
  switch (target.kind) {
    case "post":
      return hiddenFault(url, target.post, draft) ?? anchorFault(url, anchor, target.post, more);
    case "page":
      return hiddenFault(url, target.page, draft) ?? anchorFault(url, anchor, target.page, more);
    case "tombstone":
      return {
        message: `This link leads to a post that was taken down: ${url}`,
        hint: "Remove the link, or change its target.",
      };
    case "alias":
      return "visibility" in target.target ? hiddenFault(url, target.target, draft) : null;
    case "engine":
      return null;
  }
}

function hiddenFault(url: string, target: Post | Page, draft: UncheckedBlog): Fault | null {
  if (draft.showsAll || target.visibility === "published") return null;
  if (target.visibility === "draft") {
    return {
      message: `This link leads to a draft: ${url}`,
      hint: `Readers would find nothing there. Publish ${target.file} (remove \`draft: true\`) or remove the link.`,
    };
  }
  const until = "date" in target ? isoInZone(target.date, draft.settings.timeZone) : "";
  return {
    message: `This link leads to a post that isn't published yet: ${url}`,
    hint: `${target.file} waits until ${until}. Add the link when it's there, or make this post wait as well.`,
  };
}

function anchorFault(url: string, anchor: string, text: Post | Page, more: MoreAnchors): Fault | null {
  const { body, slug, file } = text;
  const name = percentDecoded(anchor);
  const ids = body.headings.map(({ id }) => id);
  const isThere = ENGINE_ANCHORS.has(name) || ids.includes(name) || body.kind === "module";
  if (isThere || ("date" in text && more.isResponse(slug, name)) || more.isInBody(body, name)) return null;
  const near = didYouMean(name, ids);
  const all =
    ids.length === 0 ? "It has no headings." : `Its headings: ${ids.map((id) => `#${id}`).join(", ")}`;
  const hint = near === null ? all : `Did you mean #${near}?`;
  return { message: `There is no #${name} in ${file}: ${url}`, hint };
}

function anchorOf(sitePath: string): string {
  const at = sitePath.indexOf("#");
  return at === -1 ? "" : sitePath.slice(at + 1);
}

function wayOut(path: string, draft: UncheckedBlog, map: SiteMap): string {
  const { base } = draft.urls;
  const inner = base !== "/" && path.startsWith(base) ? path.slice(base.length - 1) : null;
  if (inner !== null && map.has(canonicalPath(inner))) {
    return `Write it without the base path, which is added by itself: ${percentDecoded(inner)}`;
  }
  const near = nearestPath(path, map);
  if (near !== null) return `Did you mean ${percentDecoded(near)}?`;
  return "Links within the blog are written from its root: /posts/my-post/, /tags/privacy/, /about/.";
}

/**
 * Guesses the intended address: that of the only text with the same name (as for links to an old address), else one in
 * the same folder with a similar name, else a similar path. Null if there is none.
 */
function nearestPath(path: string, map: SiteMap): string | null {
  const parent = parentOf(path);
  const own = path.slice(parent.length).replace(/\.html?$|\/$/, "");
  const texts = [...map].filter(([, { kind }]) => kind === "post" || kind === "page").map(([other]) => other);
  const same = texts.filter((other) => other.slice(parentOf(other).length, -1) === own);
  if (own !== "" && same.length === 1) return same[0] ?? null;
  const beside = [...map.keys()].filter((other) => other !== parent && parentOf(other) === parent);
  const name = didYouMean(
    path.slice(parent.length),
    beside.map((other) => other.slice(parent.length)),
  );
  if (name !== null) return parent + name;
  const pages = [...map.keys()].filter((other) => other.endsWith("/") && parentOf(other) !== parent);
  return didYouMean(path, pages);
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/", path.length - 2) + 1);
}
