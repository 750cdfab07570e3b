import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { writeCorpus } from "./corpus.ts";
import { measure, type Cost } from "./measure.ts";
import { setAside } from "./set-aside.ts";

/** Path of Astro's CLI. */
export const ASTRO = path.resolve("node_modules/astro/bin/astro.mjs");

/** An Astro project that contains a generated corpus and is built with the real command. */
export interface BenchSite {
  readonly contentDir: string;
  readonly outDir: string;
  /** Folder of the Astro project. */
  readonly folder: string;
  build(args?: readonly string[]): Promise<Cost>;
  /** Moves the output and the caches away, so that the next build is cold. */
  forget(): void;
  /** Folder of the post in the middle of the archive. */
  readonly middlePost: string;
  /** Appends a sentence with the number of the turn to the middle post. */
  editPost(turn: number): void;
}

/** Writes a corpus of `posts` posts into `.cache/bench/<name>`, replacing the files of an earlier run. */
export async function benchSite(name: string, posts: number): Promise<BenchSite> {
  const work = path.resolve(".cache/bench", name);
  const contentDir = path.join(work, "content");
  const outDir = path.join(work, "dist");
  setAside(work);
  mkdirSync(work, { recursive: true });
  await writeCorpus(contentDir, posts);
  const cacheDir = path.join(work, "cache");
  const source = path.resolve("src/index.ts");
  writeFileSync(path.join(work, "package.json"), '{ "type": "module", "private": true }\n');
  writeFileSync(
    path.join(work, "astro.config.mjs"),
    `import backfence from ${JSON.stringify(source)};\n` +
      'export default { cacheDir: "./cache", integrations: [backfence()] };\n',
  );
  const slugs = readdirSync(path.join(contentDir, "posts")).sort();
  const middlePost = path.join(contentDir, "posts", slugs[Math.floor(slugs.length / 2)] ?? "");
  return {
    ...{ contentDir, outDir, folder: work, middlePost },
    build: (args = []) =>
      measure({
        name: `Backfence, ${posts} posts`,
        command: process.execPath,
        args: [ASTRO, "build", "--silent", ...args],
        cwd: work,
      }),
    forget: () => [outDir, cacheDir].forEach(setAside),
    editPost: (turn) => appendFileSync(path.join(middlePost, "index.mdx"), `\nEdit ${turn}.\n`),
  };
}
