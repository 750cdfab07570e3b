/** The whole blog as an export needs it: posts with their HTML, and the author's files as they are. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { openContentStore } from "../content/content-store.ts";
import { loadBlog } from "../content/load-blog.ts";
import type { Blog, Post } from "../content/model.ts";
import { readBody } from "../markdown/body-file.ts";
import { feedHtml } from "../markdown/feed-html.ts";
import { siteUrls } from "../site/urls.ts";
import type { SiteUrls } from "../site/urls.ts";

export interface ExportFolders {
  readonly root: string;
  readonly contentDir: string;
  readonly publicDir: string;
  readonly cacheDir: string;
}

/** A file of the author's folder. */
export interface AuthorFile {
  /** Path below `content/`, forward slashes. */
  readonly name: string;
  readonly bytes: Buffer;
}

export interface ExportedBlog {
  readonly blog: Blog;
  readonly urls: SiteUrls;
  /** HTML of a post with absolute addresses; null for a body that only a build can render. */
  htmlOf(post: Post): string | null;
  /** Every file of `content/`, sorted by name. */
  readonly files: readonly AuthorFile[];
}

/** @throws AuthorError with every mistake in the author's folder. */
export async function readBlogForExport(folders: ExportFolders, now: Date): Promise<ExportedBlog> {
  const store = openContentStore(folders);
  const { blog } = await loadBlog({ ...folders, mode: "build", now, store });
  const urls = siteUrls(blog.settings, [...blog.posts, ...blog.tombstones]);
  return {
    blog,
    urls,
    htmlOf: ({ body, path: sitePath }) => {
      const stored = readBody(store.bodies, body.key);
      if (stored === null) return null;
      const absolute = (address: string): string =>
        URL.parse(address, urls.absolute(sitePath))?.href ?? address;
      return feedHtml(stored.html, { absolute });
    },
    files: filesIn(folders.contentDir),
  };
}

function filesIn(folder: string): AuthorFile[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return entries
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return { name: path.relative(folder, file).split(path.sep).join("/"), bytes: readFileSync(file) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
