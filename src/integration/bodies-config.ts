import { copyFileSync, mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import type { AstroUserConfig } from "astro";
import { FileCache } from "../lib/cache/file-cache.ts";
import { createPictures } from "../lib/images/image-resolver.ts";
import { siteUrls } from "../lib/site/urls.ts";
import { bodiesTogether } from "./bodies-together.ts";
import { SHADOW_FOLDER, type BundledBodies, type BundleOrder } from "./bundler.ts";
import { withMdx } from "./mdx-config.ts";
import { moduleBodiesPlugin } from "./module-bodies-plugin.ts";

interface ForBodies extends Pick<BundleOrder, "draft" | "root" | "settings"> {
  readonly bodies: BundledBodies;
}

/** Astro's configuration for the engine that renders posts with imports of their own, and the root that it works in. */
export function forBodies(
  config: AstroUserConfig,
  { draft, root, settings, bodies }: ForBodies,
): { root: string; config: AstroUserConfig } {
  const place = shadowRoot(draft, root, bodies.contentDir);
  const posts = bodies.posts.map((post) => ({ ...post, file: place.fileOf(post.file) }));
  const langs = new Map(posts.map(({ file, lang }) => [file, lang]));
  const mdx = {
    root: place.root,
    base: siteUrls(settings).base,
    pictures: createPictures({ root: place.root, cache: new FileCache(bodies.picturesDir) }),
    langOf: (file: string) => langs.get(path.join(place.root, file)) ?? settings.lang,
  };
  const vite = {
    ...config.vite,
    resolve: { preserveSymlinks: true },
    plugins: [config.vite?.plugins ?? [], moduleBodiesPlugin(() => posts), bodiesTogether()],
  };
  return { root: place.root, config: { ...withMdx(config, mdx), vite } };
}

/**
 * A root in which the author's folder is called `content`, wherever it lies and whatever its name: Astro compiles no
 * styles outside of its root, and names them by where they lie in it.
 */
function shadowRoot(
  draft: string,
  root: string,
  contentDir: string,
): { root: string; fileOf: (file: string) => string } {
  const isPlain = contentDir === path.join(root, "content");
  if (isPlain) return { root, fileOf: (file) => file };
  const shadow = path.join(draft, SHADOW_FOLDER);
  mkdirSync(shadow);
  for (const folder of ["src", "node_modules"])
    symlinkSync(path.join(root, folder), path.join(shadow, folder), "junction");
  for (const file of ["package.json", "tsconfig.json"])
    copyFileSync(path.join(root, file), path.join(shadow, file));
  symlinkSync(contentDir, path.join(shadow, "content"), "junction");
  return { root: shadow, fileOf: (file) => path.join(shadow, "content", path.relative(contentDir, file)) };
}
