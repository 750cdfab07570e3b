/** Loads the whole blog for an export: posts with their HTML, and the author's files unchanged. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { openContentStore } from "../content/content-store.ts";
import type { ContentStore } from "../content/content-store.ts";
import { loadBlog } from "../content/load-blog.ts";
import type { Blog, Page, Post } from "../content/model.ts";
import { readEmbeds } from "../embeds/embeds-file.ts";
import type { PictureResolver } from "../images/image-resolver.ts";
import { readBody } from "../markdown/body-file.ts";
import { feedHtml } from "../markdown/feed-html.ts";
import { htmlOf as writeHtml, renderTree } from "../markdown/render-tree.ts";
import { siteUrls } from "../site/urls.ts";
import type { SiteUrls } from "../site/urls.ts";
import { divide } from "../yaml/front-matter.ts";
import { withoutModuleParts } from "./module-parts.ts";

export interface ExportFolders {
  readonly root: string;
  readonly contentDir: string;
  readonly publicDir: string;
  readonly cacheDir: string;
}

/** A file of the author's folder. */
export interface AuthorFile {
  /** Path relative to `content/`, with forward slashes. */
  readonly name: string;
  /** Read from disk at each access: a blog's pictures may exceed memory. */
  readonly bytes: Buffer;
}

export interface ExportedBlog {
  readonly blog: Blog;
  readonly urls: SiteUrls;
  readonly folders: ExportFolders;
  readonly pictures: PictureResolver;
  /** HTML of a body as shown on its page; for a post with imports, without the parts that need a build. */
  bodyOf(text: Post | Page): string;
  /** The same with absolute URLs, as in feeds. */
  htmlOf(text: Post | Page): string;
  /** Source files of posts with parts that need a build, which the export leaves out. */
  readonly incomplete: readonly string[];
  /** Every file of `content/`, sorted by name. */
  readonly files: readonly AuthorFile[];
}

/** @throws AuthorError with every error in the author's folder. */
export async function readBlogForExport(folders: ExportFolders, now: Date): Promise<ExportedBlog> {
  const store = openContentStore(folders);
  const { blog, pictures } = await loadBlog({ ...folders, mode: "build", now, store });
  const urls = siteUrls(blog.settings, [...blog.posts, ...blog.tombstones]);
  const modules = await moduleBodies(blog, urls, folders, store);
  const bodyOf = ({ body }: Post | Page): string =>
    modules.get(body.key) ?? readBody(store.bodies, body.key)?.html ?? "";
  return {
    blog,
    urls,
    folders,
    pictures,
    bodyOf,
    htmlOf: (text) => {
      const place = urls.absolute("date" in text ? text.path : urls.pagePath(text.slug));
      return feedHtml(bodyOf(text), { absolute: (address) => URL.parse(address, place)?.href ?? address });
    },
    incomplete: blog.posts.filter(({ body }) => modules.has(body.key)).map(({ file }) => file),
    files: filesIn(folders.contentDir),
  };
}

/** Bodies of posts with imports or expressions, as far as they can be rendered without Astro, by body key. */
async function moduleBodies(
  { posts, settings }: Blog,
  { base }: SiteUrls,
  { root, contentDir }: ExportFolders,
  { pictures }: ContentStore,
): Promise<ReadonlyMap<string, string>> {
  const bodies = new Map<string, string>();
  const embeds = readEmbeds(contentDir, root);
  for (const { file, lang, body } of posts.filter((post) => post.body.kind === "module")) {
    const { body: source, bodyOffset: lineOffset } = divide(readFileSync(path.join(root, file), "utf8"));
    const { remoteImages, words } = settings;
    const place = { file, source, lineOffset, lang, base, root, words };
    const { root: tree } = await renderTree(place, pictures, { remoteImages, embeds });
    bodies.set(body.key, writeHtml(withoutModuleParts(tree)));
  }
  return bodies;
}

function filesIn(folder: string): AuthorFile[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return entries
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return {
        name: path.relative(folder, file).split(path.sep).join("/"),
        get bytes() {
          return readFileSync(file);
        },
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
