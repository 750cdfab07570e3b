/** The process that bundles an engine: Astro and Vite take their memory with them when it ends. */
import path from "node:path";
import { AuthorError } from "../lib/author-error.ts";
import { FileCache } from "../lib/cache/file-cache.ts";
import { createPictures } from "../lib/pictures/picture-resolver.ts";
import { siteUrls } from "../lib/site/urls.ts";
import { astroConfig } from "./astro-config.ts";
import { bundleEngine } from "./bundle-engine.ts";
import type { BundleOrder, BundleAnswer } from "./engine.ts";
import { withMdx } from "./mdx-config.ts";
import { moduleBodiesPlugin } from "./module-bodies-plugin.ts";

process.once("disconnect", () => process.exit(1));
process.once("message", async (order: BundleOrder) => {
  const answer = await bundle(order);
  process.send?.(answer, () => process.exit(0));
});

async function bundle({ draft, root, srcDir, settings, bodies }: BundleOrder): Promise<BundleAnswer> {
  const config = astroConfig(settings);
  try {
    if (bodies === null) await bundleEngine(draft, root, srcDir, config);
    else {
      const { posts, home, picturesDir } = bodies;
      const langs = new Map(posts.map(({ file, lang }) => [path.relative(home, file), lang]));
      const mdx = {
        root: home,
        base: siteUrls(settings).base,
        pictures: createPictures({ root: home, cache: new FileCache(picturesDir) }),
        langOf: (file: string) => langs.get(path.normalize(file)) ?? settings.lang,
      };
      const vite = { ...config.vite, plugins: [moduleBodiesPlugin(() => posts)] };
      await bundleEngine(draft, root, srcDir, { ...withMdx(config, mdx), vite });
    }
    return { issues: [], failure: null };
  } catch (error) {
    return answerTo(error, root, bodies?.home ?? root);
  }
}

/** Vite names the file of a mistake in `id` or `loc`; outside of the author's folder it is no mistake of theirs. */
function answerTo(error: unknown, root: string, home: string): BundleAnswer {
  const cause = [error, error instanceof Error ? error.cause : null].find(
    (one) => one instanceof AuthorError,
  );
  if (cause instanceof AuthorError) return { issues: cause.issues, failure: null };
  const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const place = placeOf(error);
  if (place === null || place.file.startsWith(path.join(root, "src") + path.sep))
    return { issues: [], failure };
  const file = path.relative(home, place.file).replaceAll("\\", "/");
  const message = `This can't be compiled: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : ""}`;
  const hint = "Mend it, or take its import out of the post.";
  return {
    issues: [{ message, file, hint, ...(place.line === null ? {} : { line: place.line }) }],
    failure: null,
  };
}

function placeOf(error: unknown): { file: string; line: number | null } | null {
  if (!(error instanceof Error)) return null;
  const loc: unknown = Reflect.get(error, "loc");
  const fileOf = (holder: unknown, key: string): string | null => {
    const value: unknown = typeof holder === "object" && holder !== null ? Reflect.get(holder, key) : null;
    return typeof value === "string" && path.isAbsolute(value) ? (value.split("?")[0] ?? value) : null;
  };
  const file = fileOf(loc, "file") ?? fileOf(error, "id");
  const line: unknown = typeof loc === "object" && loc !== null ? Reflect.get(loc, "line") : null;
  return file === null ? null : { file, line: typeof line === "number" ? line : null };
}
