import { readFileSync } from "node:fs";
import path from "node:path";
import type { AstroUserConfig } from "astro";
import type { Plugin } from "vite";
import { FileCache, hashOf } from "../lib/cache/file-cache.ts";
import { plainText } from "../lib/markup/feed-html.ts";
import type { BackfencePluginOptions } from "../lib/markup/mdx-plugin.ts";
import { writeBody } from "../lib/markup/render-body.ts";
import type { Blog, Post } from "../lib/posts/model.ts";
import type { PictureResolver } from "../lib/pictures/picture-resolver.ts";
import { siteUrls } from "../lib/site/urls.ts";
import { withMdx } from "./astro-config.ts";
import { openEngine } from "./engine.ts";
import { listFiles } from "./output-tree.ts";
import { openRenderer } from "./renderer.ts";

/** A post whose body Astro renders: its slug and its source file, absolute. */
export interface ModulePost {
  readonly slug: string;
  readonly file: string;
}

const MODULE = "virtual:backfence/module-bodies";

/** Posts with imports or expressions of their own. */
export function modulePosts(posts: readonly Post[], root: string): ModulePost[] {
  return posts
    .filter((post) => post.body.kind === "module")
    .map((post) => ({ slug: post.slug, file: path.resolve(root, post.file) }));
}

/** Gives the route for bodies its posts: slug → function that imports the compiled MDX. */
export function moduleBodiesPlugin(posts: () => readonly ModulePost[]): Plugin {
  return {
    name: "backfence:module-bodies",
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load(id) {
      if (id !== `\0${MODULE}`) return undefined;
      const entries = posts().map(
        ({ slug, file }) => `${JSON.stringify(slug)}: () => import(${JSON.stringify(file)}),`,
      );
      return `export const bodies = {\n${entries.join("\n")}\n};`;
    },
  };
}

/** Hash of what the bodies are compiled from: each post and all that lies in its folder. */
export function modulePostsHash(posts: readonly ModulePost[]): string {
  const parts = posts.flatMap(({ slug, file }) => [slug, ...sourcesOf(file)]);
  return hashOf(...parts);
}

function sourcesOf(file: string): (string | Uint8Array)[] {
  const folder = path.dirname(file);
  const isAlone = !/^index\.mdx?$/.test(path.basename(file));
  const beside = isAlone ? [] : listFiles(folder).filter((name) => path.join(folder, name) !== file);
  return [
    readFileSync(file),
    ...beside.sort().flatMap((name) => [name, readFileSync(path.join(folder, name))]),
  ];
}

/** A rendered body: the key under which it lies in the cache and the style sheets that its components need. */
export interface ModuleBody {
  readonly key: string;
  readonly styles: readonly string[];
}

/** Takes the body out of the page that Astro made of it and stores it under the hash of what it is. */
export function storeModuleBody(page: string, cache: FileCache): ModuleBody {
  const { html, styles } = bodyOfPage(page);
  const key = hashOf(html, ...styles);
  writeBody(cache, key, { html, text: plainText(html) });
  return { key, styles };
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

/** What the MDX plugin needs to know of a blog. */
export function mdxOptions(root: string, blog: () => Blog, pictures: PictureResolver): BackfencePluginOptions {
  const { base } = siteUrls(blog().settings);
  const langOf = (file: string): string => {
    const { posts, pages, settings } = blog();
    return [...posts, ...pages].find((entry) => entry.file === file)?.lang ?? settings.lang;
  };
  return { root, base, pictures, langOf };
}

export interface RenderedModuleBodies {
  /** The blog, with the keys of the bodies as they came out. */
  readonly blog: Blog;
  /** Where the client files of those bodies lie, or null when no post needs Astro. */
  readonly engineDir: string | null;
}

/** Renders the bodies of posts with imports or expressions of their own through an engine that holds only them. */
export async function renderModuleBodies(options: {
  readonly root: string;
  readonly blog: Blog;
  readonly config: AstroUserConfig;
  readonly engineKey: string;
  readonly work: string;
  readonly bodies: FileCache;
  readonly pictures: PictureResolver;
}): Promise<RenderedModuleBodies> {
  const { root, blog, config, work, bodies } = options;
  const posts = modulePosts(blog.posts, root);
  if (posts.length === 0) return { blog, engineDir: null };
  const key = hashOf(options.engineKey, modulePostsHash(posts));
  const plugins = [moduleBodiesPlugin(() => posts)];
  const mdx = mdxOptions(root, () => blog, options.pictures);
  const engine = await openEngine({
    root,
    srcDir: "./src/build/module-bodies",
    cacheDir: path.join(work, "module-engine"),
    key,
    config: { ...withMdx(config, mdx), vite: { ...config.vite, plugins } },
  });
  const pages = posts.map(({ slug }) => ({ route: "[slug]", params: { slug }, path: `/${slug}/`, view: {} }));
  const render = await openRenderer(engine.folder, blog.settings.url, pages, () => "");
  const rendered = new Map<string, ModuleBody>();
  for (const page of pages) rendered.set(page.params.slug, storeModuleBody(await render(page), bodies));
  const withBody = (post: Post): Post => ({ ...post, body: { ...post.body, ...rendered.get(post.slug) } });
  return { blog: { ...blog, posts: blog.posts.map(withBody) }, engineDir: engine.folder };
}
