/** Maps files of posts to the URLs of their pages, and back. */
import { parseDate } from "../../lib/content/dates.ts";
import { withoutDate } from "../../lib/content/file-date.ts";
import { permalinkOf } from "../../lib/content/permalinks.ts";
import { slugOf } from "../../lib/site/slug.ts";
import { siteUrls } from "../../lib/site/urls.ts";
import type { ContentStore } from "../content/content-store.ts";
import { readPostFile, type PostFile } from "./post-file.ts";
import type { SiteFacts } from "./site-facts.ts";

export interface FoundPost extends PostFile {
  /** Absolute URL. */
  readonly url: string;
}

type Front = PostFile["front"];

/** The absolute URL of a post's page, even before it's published. @param path relative to the content folder. */
export function addressOf(path: string, front: Front, site: string, facts: SiteFacts): string {
  const slug = textOr(front["slug"], nameOfFile(path));
  const isNote = path.startsWith("notes/") || front["title"] === undefined;
  const date = parseDate(textOr(front["date"], ""), facts.timeZone ?? "UTC");
  const tags = Array.isArray(front["tags"]) ? front["tags"].map(String) : [];
  const parts = {
    slug,
    id: textOr(front["id"], slug),
    date: date.isValid ? date.instant : null,
    tags,
    lang: textOr(front["lang"], facts.lang),
  };
  const pattern = facts.permalinks[isNote ? "notes" : "posts"];
  return siteUrls({ url: site }).absolute(permalinkOf(pattern, parts, facts.timeZone));
}

/** Possible paths of a post with this name, all of which would have the same URL. */
export function candidates(name: string): readonly string[] {
  return ["notes", "posts"].flatMap((folder) =>
    ["md", "mdx"].flatMap((ending) => [`${folder}/${name}.${ending}`, `${folder}/${name}/index.${ending}`]),
  );
}

/** The post at a URL of the blog, or null. */
export async function postAt(
  store: ContentStore,
  url: string,
  site: string,
  facts: SiteFacts,
): Promise<FoundPost | null> {
  const sitePath = siteUrls({ url: site }).sitePathOf(url);
  if (sitePath === null) return null;
  const wanted = withoutSlash(siteUrls({ url: site }).absolute(sitePath.replace(/[?#].*/s, "")));
  const slug = slugIn(sitePath);
  if (slug === null) return null;
  const matching = async (path: string): Promise<FoundPost | null> => {
    const file = await store.read(path);
    const post = file === null ? null : readPostFile(file);
    if (post === null) return null;
    const address = addressOf(path, post.front, site, facts);
    return withoutSlash(address) === wanted ? { ...post, url: address } : null;
  };
  const first = (await Promise.all(candidates(slug).map(matching))).find((post) => post !== null);
  if (first !== undefined) return first;
  // Also look for file names with a date prefix, and in subfolders.
  const files = [...(await store.list("notes")), ...(await store.list("posts"))];
  const named = files.filter((path) => /\.mdx?$/.test(path) && nameOfFile(path) === slug);
  for (const path of named.slice(0, MOST_TRIED)) {
    const post = await matching(path);
    if (post !== null) return post;
  }
  return null;
}

const MOST_TRIED = 20;

/** The name of a post by its file: the file's name, or its folder's for an index file, without a date prefix. */
export function nameOfFile(path: string): string {
  const segments = path.replace(/\.mdx?$/, "").split("/");
  const name = (segments.at(-1) === "index" ? segments.at(-2) : segments.at(-1)) ?? "";
  const bare = withoutDate(name.normalize("NFC"));
  return /^[\p{L}\p{M}\p{N}\p{So}\u200C\u200D_.~-]+$/u.test(bare) ? bare : slugOf(bare);
}

function slugIn(sitePath: string): string | null {
  const last = sitePath
    .replace(/[?#].*/s, "")
    .split("/")
    .filter(Boolean)
    .at(-1);
  try {
    const slug = decodeURIComponent(last ?? "").normalize("NFC");
    const isName = /^[\p{L}\p{M}\p{N}\p{So}\u200C\u200D_.~-]+$/u.test(slug) && !/^\.|\.$/.test(slug);
    return isName ? slug : null;
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === "string" && value !== "" ? value : fallback;
}

function withoutSlash(address: string): string {
  return address.replace(/\/$/, "");
}
