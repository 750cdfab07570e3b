// temporary
import { readFileSync } from "node:fs";
import path from "node:path";
import { AuthorError } from "../author-error.ts";
import { FileCache } from "../cache/file-cache.ts";
import { renderBody } from "../markup/render-body.ts";
import { createPictures } from "../pictures/picture-resolver.ts";
import { loadSettings } from "../site/load-settings.ts";
import { siteUrls } from "../site/urls.ts";
import { readAuthor } from "./author-entry.ts";
import { listContent } from "./content-files.ts";
import { readPost } from "./post-entry.ts";
import { readPage } from "./page-entry.ts";
import { toPost, toPage } from "./resolve-post.ts";
import { parse } from "yaml";
export async function loadBlog(o: any): Promise<any> {
  const settings = loadSettings(o);
  const cache = new FileCache(path.join(o.cacheDir, "pictures"));
  const bodies = new FileCache(path.join(o.cacheDir, "bodies"));
  const pictures = createPictures({ root: o.root, cache });
  const files = listContent(o.contentDir, o.root);
  const ctx = { root: o.root, settings, base: siteUrls(settings).base, render: renderBody, pictures, bodies } as any;
  const issues: any[] = [];
  const authors: any[] = [];
  for (const f of files.authors) { const r = await readAuthor(readFileSync(path.join(o.root, f.file)), f.file, ctx); issues.push(...r.value.issues); authors.push({ id: f.name, file: f.file, ...r.value.author }); }
  const posts: any[] = [];
  for (const f of files.posts) { const r = await readPost(readFileSync(path.join(o.root, f.file)), f.file, ctx); issues.push(...r.value.issues); const p = toPost(r.value, { slug: f.name, file: f.file, settings, now: o.now, soleAuthor: null }); if (p) posts.push(p); }
  const pages: any[] = [];
  for (const f of files.pages) { const r = await readPage(readFileSync(path.join(o.root, f.file)), f.file, ctx); issues.push(...r.value.issues); const p = toPage(r.value, { slug: f.name, file: f.file, settings, now: o.now }); if (p) pages.push(p); }
  if (issues.length) throw new AuthorError(issues);
  const series = files.series.map((f) => ({ id: f.name, file: f.file, ...parse(readFileSync(path.join(o.root, f.file), "utf8")) }));
  posts.sort((a, b) => b.date.localeCompare(a.date));
  return { blog: { settings, posts, pages, authors, series, tombstones: [], responses: {}, heldBack: { drafts: [], scheduled: [] } }, pictures, related: () => [] };
}
export interface LoadedBlog { blog: any; pictures: any; related: any }
