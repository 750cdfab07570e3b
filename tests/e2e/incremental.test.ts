/** A build after changes equals a clean one, byte for byte, whatever the changes were and in whatever order. */
import * as fc from "fast-check";
import { cpSync, existsSync, rmSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { buildSite, type BuildReport } from "../../src/integration/build-site.ts";
import { hashOf } from "../../src/lib/cache/file-cache.ts";
import { root } from "../support/build.ts";
import { firstState, writeBlog, type BlogState } from "../support/changing-blog.ts";
import { CHANGES } from "../support/changes.ts";
import { differences } from "../support/same-files.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** Each sequence makes every kind of change once, in an order of its own. */
const SEQUENCES = 2;

const folder = tempFolder("incremental");

test("a reader never meets a stale page or an orphan after a change", async () => {
  const steps = fc.tuple(
    fc.shuffledSubarray([...CHANGES], { minLength: CHANGES.length }),
    fc.array(fc.nat(9_999), { minLength: CHANGES.length, maxLength: CHANGES.length }),
  );
  await fc.assert(
    fc.asyncProperty(steps, async ([changes, draws]) => {
      const state = firstState();
      await checkAfter("first build", state);
      for (const [step, change] of changes.entries()) {
        change.apply(state, (draws[step] ?? 0) * 100 + step);
        await checkAfter(change.name, state);
      }
    }),
    { numRuns: SEQUENCES, endOnFailure: true },
  );
}, 1_800_000);

/** Builds upon what is there, builds anew beside it, and compares. */
async function checkAfter(change: string, state: BlogState): Promise<void> {
  const blog = path.join(folder, "blog");
  await writeBlog(blog, state);
  const after = path.join(folder, "after");
  await build(state, after);
  const clean = path.join(folder, "clean");
  rmSync(clean, { recursive: true, force: true });
  seedEngines(state, after, clean);
  await build(state, clean);
  keepModuleEngine(state, clean);
  const differing = differences(path.join(after, "dist"), path.join(clean, "dist"));
  expect(differing, `after this change: ${change}`).toEqual([]);
}

function build(state: BlogState, place: string): Promise<BuildReport> {
  return buildSite({
    root,
    contentDir: path.join(folder, "blog/content"),
    publicDir: path.join(folder, "blog/public"),
    outDir: path.join(place, "dist"),
    cacheDir: path.join(place, "cache"),
    now: new Date(state.now),
    isClean: false,
    say: () => {},
  });
}

/** Bundling takes seconds and knows nothing of the content, so a clean build may start with the bundle. */
function seedEngines(state: BlogState, after: string, clean: string): void {
  cpSync(path.join(after, "cache/build/engine"), path.join(clean, "cache/build/engine"), { recursive: true });
  const kept = path.join(folder, "module-engine", componentsOf(state));
  if (existsSync(kept)) cpSync(kept, path.join(clean, "cache/build/module-engine"), { recursive: true });
}

/** The bundle of the posts' own components may be had again as long as none of these posts has changed at all. */
function keepModuleEngine(state: BlogState, clean: string): void {
  const made = path.join(clean, "cache/build/module-engine");
  const kept = path.join(folder, "module-engine", componentsOf(state));
  if (existsSync(made) && !existsSync(kept)) cpSync(made, kept, { recursive: true });
}

function componentsOf({ posts, sharedWord, now }: BlogState): string {
  const own = [...posts].filter(([, post]) => post.component !== null && post.date <= now && !post.isDraft);
  return hashOf(JSON.stringify([own, sharedWord]));
}
