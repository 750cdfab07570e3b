/**
 * Bodies of posts with imports or expressions of their own. Astro renders them through an engine that holds only
 * them; what comes out is stored like any other body, and is taken from there until something that it was made from
 * changes.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { hashOf } from "../lib/cache/file-cache.ts";
import type { FileCache } from "../lib/cache/file-cache.ts";
import { bodiesDir, picturesDir, type ContentStore } from "../lib/content/content-store.ts";
import type { Blog, Post } from "../lib/content/model.ts";
import type { Settings } from "../lib/site/settings.ts";
import type { Bundler } from "./bundler.ts";
import { openEngine, type Engine } from "./engine.ts";
import { readEngineFacts } from "./engine-facts.ts";
import { listFiles } from "./list-files.ts";
import type { ModulePost } from "./module-bodies-plugin.ts";
import { bodySchema, type ModuleBody } from "./render-bodies.ts";

export interface ModuleBodiesOptions {
  readonly root: string;
  /** The folder that holds the author's, absolute. */
  readonly home: string;
  readonly contentDir: string;
  readonly settings: Settings;
  /** Names the engine's code and the settings that it depends on. */
  readonly engineKey: string;
  readonly store: ContentStore;
  readonly onDamage: (file: string) => void;
  readonly bundler: Bundler;
}

export interface RenderedModuleBodies {
  readonly bodies: readonly ModuleBody[];
  /** The engine whose client files those bodies need, or null when no post needs Astro. */
  readonly engine: Engine | null;
}

const keptSchema = z.object({ sourcesHash: z.string(), bodies: z.array(bodySchema) });

/**
 * Renders the bodies of posts with imports or expressions of their own, or takes them from the last time.
 * @throws AuthorError when something of the author's can't be compiled or rendered.
 */
export async function renderModuleBodies(
  posts: readonly ModulePost[],
  options: ModuleBodiesOptions,
): Promise<RenderedModuleBodies> {
  const { root, home, contentDir, settings, bundler, onDamage } = options;
  const { cacheDir, cache, bodies } = options.store;
  const key = hashOf(options.engineKey, modulePostsHash(posts, contentDir));
  const engine = await openEngine({
    ...{ root, key, settings, onDamage, bundler },
    srcDir: "./src/integration/module-bodies",
    cacheDir: path.join(cacheDir, "module-engine"),
    bodies: { contentDir, posts, picturesDir: picturesDir(cacheDir) },
  });
  const { sources } = readEngineFacts(engine.folder);
  const sourcesHash = hashOf(...sources.flat());
  const kept = readKept(cache, key);
  if (kept?.sourcesHash === sourcesHash && kept.bodies.every((body) => bodies.has(body.key)))
    return { bodies: kept.bodies, engine };
  const order = { root, home, posts, engineDir: engine.folder, origin: settings.url };
  const rendered = await bundler.render({ ...order, bodiesDir: bodiesDir(cacheDir) });
  cache.write(hashOf("module bodies", key), JSON.stringify({ sourcesHash, bodies: rendered }));
  return { bodies: rendered, engine };
}

/** The blog, with the keys of the bodies as they came out. */
export function withModuleBodies(blog: Blog, { bodies }: RenderedModuleBodies): Blog {
  if (bodies.length === 0) return blog;
  const bySlug = new Map(bodies.map(({ slug, ...body }) => [slug, body]));
  const posts = blog.posts.map((post): Post => {
    const body = bySlug.get(post.slug);
    return body === undefined ? post : { ...post, body: { ...post.body, ...body } };
  });
  return { ...blog, posts };
}

function readKept(cache: FileCache, key: string): z.infer<typeof keptSchema> | null {
  const stored = cache.readText(hashOf("module bodies", key));
  return stored === null ? null : keptSchema.parse(JSON.parse(stored));
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
