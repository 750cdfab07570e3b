import { appendFileSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { writeCorpus } from "./corpus.ts";
import { measure, type Cost } from "./measure.ts";
import { setAside } from "./set-aside.ts";

/** A corpus with folders of its own, to be built by the real command. */
export interface BenchSite {
  readonly contentDir: string;
  readonly outDir: string;
  /** The folders as the commands take them. */
  readonly folders: readonly string[];
  build(args?: readonly string[]): Promise<Cost>;
  /** Forgets all that builds have made, so that the next one is cold. */
  forget(): void;
  /** Folder of the post in the middle of the archive. */
  readonly middlePost: string;
  /** Adds a sentence to it, another one each turn. */
  editPost(turn: number): void;
}

/** Writes a corpus below `.cache/bench/<name>`; what an earlier run left there goes. */
export async function benchSite(name: string, posts: number): Promise<BenchSite> {
  const work = path.resolve(".cache/bench", name);
  const contentDir = path.join(work, "content");
  const outDir = path.join(work, "dist");
  setAside(work);
  mkdirSync(work, { recursive: true });
  await writeCorpus(contentDir, posts);
  const cacheDir = path.join(work, "cache");
  const folders = ["--content", contentDir, "--out", outDir, "--cache", cacheDir];
  const slugs = readdirSync(path.join(contentDir, "posts")).sort();
  const middlePost = path.join(contentDir, "posts", slugs[Math.floor(slugs.length / 2)] ?? "");
  return {
    ...{ contentDir, outDir, folders, middlePost },
    build: (args = []) =>
      measure({
        name: `Backfence, ${posts} posts`,
        command: process.execPath,
        args: [path.resolve("src/cli/bootstrap.mjs"), "build", ...folders, ...args],
        cwd: process.cwd(),
      }),
    forget: () => [outDir, cacheDir].forEach(setAside),
    editPost: (turn) => appendFileSync(path.join(middlePost, "index.mdx"), `\nEdit ${turn}.\n`),
  };
}

/** Seconds of each phase, as a build's last lines tell them. Phases of one build overlap. */
export function phasesOf({ output }: Cost): Readonly<Record<string, number>> {
  const told = /\(([^()]*)\)\.\n/.exec(output)?.[1] ?? "";
  return Object.fromEntries(
    [...told.matchAll(/([a-z ]+?) ([\d.]+) s/g)].map(([, name = "", seconds]) => [
      name.trim(),
      Number(seconds),
    ]),
  );
}
