/**
 * The process that bundles engines and renders bodies of posts with imports: Astro and Vite take their memory with them
 * when it ends.
 */
import { copyFileSync, mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { AuthorError } from "../lib/author-error.ts";
import { FileCache } from "../lib/cache/file-cache.ts";
import { createPictures } from "../lib/pictures/picture-resolver.ts";
import { siteUrls } from "../lib/site/urls.ts";
import { astroConfig } from "./astro-config.ts";
import { bodiesTogether } from "./bodies-together.ts";
import { bundleEngine } from "./bundle-engine.ts";
import { SHADOW_FOLDER, type Answer, type BundleOrder, type Task } from "./bundler.ts";
import { mistakesIn } from "./bundle-mistakes.ts";
import { withMdx } from "./mdx-config.ts";
import { renderBodies, type BodiesOrder } from "./render-bodies.ts";
import { moduleBodiesPlugin } from "./module-bodies-plugin.ts";

// Whoever asked has what it needs, or has been killed.
process.once("disconnect", () => process.exit(0));
process.on("message", async (task: Task) => {
  process.send?.(await (task.name === "bundle" ? bundle(task.order) : render(task.order)));
});

async function render(order: BodiesOrder): Promise<Answer> {
  try {
    return { ...NOTHING, bodies: await renderBodies(order) };
  } catch (error) {
    return error instanceof AuthorError
      ? { ...NOTHING, issues: error.issues }
      : { ...NOTHING, failure: storyOf(error) };
  }
}

const NOTHING: Answer = { bodies: [], issues: [], failure: null };

async function bundle({ draft, root, srcDir, settings, bodies }: BundleOrder): Promise<Answer> {
  const config = astroConfig(settings);
  try {
    if (bodies === null) await bundleEngine({ draft, root, srcDir, project: root, config });
    else {
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
      const own = { ...withMdx(config, mdx), vite };
      await bundleEngine({ draft, root: place.root, srcDir, project: root, config: own });
    }
    return NOTHING;
  } catch (error) {
    return answerTo(error, root, bodies === null ? root : path.dirname(bodies.contentDir));
  }
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

function answerTo(error: unknown, root: string, home: string): Answer {
  const issues = mistakesIn(error, { engineSource: path.join(root, "src"), home });
  return issues === null ? { ...NOTHING, failure: storyOf(error) } : { ...NOTHING, issues };
}

function storyOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
