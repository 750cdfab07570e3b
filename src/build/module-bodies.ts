/**
 * Bodies of posts with imports or expressions of their own. Astro renders them through an engine that holds only
 * them; what comes out is stored like any other body, and is taken from there until something that it was made from
 * changes.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { AuthorError } from "../lib/author-error.ts";
import { hashOf } from "../lib/cache/file-cache.ts";
import type { FileCache } from "../lib/cache/file-cache.ts";
import { bodyToStore, writeBody } from "../lib/markup/render-body.ts";
import type { Blog, Post } from "../lib/posts/model.ts";
import type { Settings } from "../lib/site/settings.ts";
import type { Bundler } from "./bundler.ts";
import { openEngine, type Engine } from "./engine.ts";
import { readEngineFacts } from "./engine-facts.ts";
import { listFiles } from "./output-tree.ts";
import { modulePages, modulePosts, type ModulePost } from "./module-bodies-plugin.ts";
import { openRenderer } from "./renderer.ts";

export interface ModuleBodiesOptions {
  readonly root: string;
  /** The folder that holds the author's, absolute. */
  readonly home: string;
  readonly contentDir: string;
  readonly settings: Settings;
  readonly blog: Blog;
  /** Names the engine's code and the settings that it depends on. */
  readonly engineKey: string;
  /** Folder for what is kept between builds. */
  readonly work: string;
  readonly bodies: FileCache;
  readonly cache: FileCache;
  readonly onDamage: (file: string) => void;
  readonly bundler: Bundler;
}

export interface RenderedModuleBodies {
  /** The blog, with the keys of the bodies as they came out. */
  readonly blog: Blog;
  /** The engine whose client files those bodies need, or null when no post needs Astro. */
  readonly engine: Engine | null;
}

const bodySchema = z.object({
  slug: z.string(),
  /** The key under which the body lies in the cache. */
  key: z.string(),
  /** Addresses of the style sheets that its components need. */
  styles: z.array(z.string()),
});
type ModuleBody = z.infer<typeof bodySchema>;

const keptSchema = z.object({ sourcesHash: z.string(), bodies: z.array(bodySchema) });

/**
 * Renders the bodies of posts with imports or expressions of their own, or takes them from the last time.
 * @throws AuthorError when something of the author's can't be compiled or rendered.
 */
export async function renderModuleBodies(options: ModuleBodiesOptions): Promise<RenderedModuleBodies> {
  const { root, home, blog, work, bodies, cache, settings } = options;
  const posts = modulePosts(blog.posts, home);
  if (posts.length === 0) return { blog, engine: null };
  const key = hashOf(options.engineKey, modulePostsHash(posts, options.contentDir));
  const engine = await openEngine({
    root,
    srcDir: "./src/build/module-bodies",
    cacheDir: path.join(work, "module-engine"),
    key,
    settings,
    bodies: { contentDir: options.contentDir, posts, picturesDir: path.join(work, "pictures") },
    onDamage: options.onDamage,
    bundler: options.bundler,
  });
  const { sources } = readEngineFacts(engine.folder);
  const sourcesHash = hashOf(...sources.flat());
  const kept = readKept(cache, key);
  const isKept = kept?.sourcesHash === sourcesHash && kept.bodies.every((body) => bodies.has(body.key));
  const rendered = isKept ? kept.bodies : await renderAll(engine, posts, options);
  if (!isKept) cache.write(hashOf("module bodies", key), JSON.stringify({ sourcesHash, bodies: rendered }));
  const bySlug = new Map(rendered.map(({ slug, ...body }) => [slug, body]));
  const withBody = (post: Post): Post => {
    const body = bySlug.get(post.slug);
    return body === undefined ? post : { ...post, body: { ...post.body, ...body } };
  };
  return { blog: { ...blog, posts: blog.posts.map(withBody) }, engine };
}

function readKept(cache: FileCache, key: string): z.infer<typeof keptSchema> | null {
  const stored = cache.readText(hashOf("module bodies", key));
  return stored === null ? null : keptSchema.parse(JSON.parse(stored));
}

async function renderAll(
  engine: Engine,
  posts: readonly ModulePost[],
  { settings, bodies, home }: ModuleBodiesOptions,
): Promise<ModuleBody[]> {
  const pages = modulePages(posts);
  const render = await openRenderer(engine.folder, settings.url, () => "");
  const rendered: ModuleBody[] = [];
  try {
    for await (const [index, html] of render(pages))
      rendered.push(storeModuleBody(posts[index]?.slug ?? "", html.toString("utf8"), bodies));
  } catch (error) {
    const post = posts[rendered.length];
    throw post === undefined ? error : asAuthorError(error, path.relative(home, post.file));
  }
  return rendered;
}

function asAuthorError(error: unknown, file: string): AuthorError {
  const message = `This post's own code failed: ${error instanceof Error ? error.message : String(error)}`;
  const hint = "Mend the component that the post imports, or the expression in it.";
  return new AuthorError([{ message, file: file.replaceAll("\\", "/"), hint }]);
}

/** Takes the body out of the page that Astro made of it and stores it under the hash of what it is. */
export function storeModuleBody(slug: string, page: string, cache: FileCache): ModuleBody {
  const { html, styles } = bodyOfPage(page);
  const key = hashOf(html, ...styles);
  writeBody(cache, key, bodyToStore(html));
  return { slug, key, styles };
}

/** The body of a page made for it alone, and the addresses of the style sheets in its head. */
export function bodyOfPage(page: string): { html: string; styles: string[] } {
  const head = between(page, "<head>", "</head>");
  const styles = [...head.matchAll(/<link rel="stylesheet" href="([^"]+)">/g)].map((match) => match[1] ?? "");
  return { html: between(page, "<body>", "</body>"), styles };
}

function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start);
  const to = text.lastIndexOf(end);
  if (from < 0 || to < from) throw new Error(`Astro's page for a body has no ${start}`);
  return text.slice(from + start.length, to);
}

/** Folders of the author's in which no code of a post's own lies. */
const PLAIN_FOLDERS = new Set(["posts", "pages", "authors", "series", "responses"]);

/**
 * Hash of what the bodies are compiled from as far as it shows without compiling: the posts, what lies beside them and
 * the folders that the author keeps code in. What they import from elsewhere is among the engine's sources.
 */
function modulePostsHash(posts: readonly ModulePost[], contentDir: string): string {
  const beside = posts
    .filter(({ file }) => path.basename(file) === "index.mdx")
    .flatMap(({ file }) => filesIn(path.dirname(file)).filter((name) => name !== file));
  const shared = readdirSync(contentDir, { withFileTypes: true })
    .filter((item) => item.isDirectory() && !PLAIN_FOLDERS.has(item.name))
    .flatMap((item) => filesIn(path.join(contentDir, item.name)));
  const files = [...new Set([...beside, ...shared])].sort();
  return hashOf(
    ...posts.flatMap(({ slug, file, lang, bodyKey }) => [slug, file, lang, bodyKey]),
    ...files.flatMap((file) => [path.relative(contentDir, file), readFileSync(file)]),
  );
}

function filesIn(folder: string): string[] {
  return listFiles(folder).map((file) => path.join(folder, file));
}
