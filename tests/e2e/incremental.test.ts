/** A build after changes equals a clean one, byte for byte, whatever the changes were and in whatever order. */
import * as fc from "fast-check";
import { rmSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { build } from "../support/build.ts";
import { firstState, writeBlog, type BlogState } from "../support/changing-blog.ts";
import { CHANGES } from "../support/changes.ts";
import { differences } from "../support/same-files.ts";
import { tempSiteFolder } from "../support/temp-folder.ts";

/** Builds after the first one. All kinds of change are spread over them, in an order drawn for each run. */
const ROUNDS = 4;

const folder = tempSiteFolder();

test("a reader never meets a stale page or an orphan after a change", async () => {
  const [drawn] = fc.sample(
    fc.tuple(
      fc.shuffledSubarray([...CHANGES], { minLength: CHANGES.length }),
      fc.array(fc.nat(9_999), { minLength: CHANGES.length, maxLength: CHANGES.length }),
    ),
    1,
  );
  const [changes, draws] = drawn ?? [[], []];
  const state = firstState();
  const after = path.join(folder, "after");
  await writeBlog(after, state);
  await buildAt(after, state);
  const size = Math.ceil(changes.length / ROUNDS);
  for (let first = 0; first < changes.length; first += size) {
    const made = changes.slice(first, first + size);
    for (const [at, change] of made.entries())
      change.apply(state, (draws[first + at] ?? 0) * 100 + first + at);
    await writeBlog(after, state);
    await buildAt(after, state);
    const clean = path.join(folder, "clean");
    rmSync(clean, { recursive: true, force: true });
    await writeBlog(clean, state);
    await buildAt(clean, state);
    const differing = differences(path.join(after, "dist"), path.join(clean, "dist"));
    expect(differing, `after these changes: ${made.map(({ name }) => name).join(", ")}`).toEqual([]);
  }
}, 600_000);

async function buildAt(place: string, { now }: BlogState): Promise<void> {
  await build({ folder: place }, [], { TEST_NOW: now });
}
