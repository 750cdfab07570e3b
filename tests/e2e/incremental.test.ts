/** A build after changes equals a clean build byte for byte, for any changes in any order. */
import * as fc from "fast-check";
import path from "node:path";
import { expect, test } from "vitest";
import { build } from "../support/build.ts";
import { firstState, writeBlog } from "../support/changing-blog.ts";
import { CHANGES } from "../support/changes.ts";
import { differences } from "../support/same-files.ts";
import { buildNew } from "../support/shared-builds.ts";
import { tempSiteFolder } from "../support/temp-folder.ts";

/** Number of builds after the first one. All kinds of change are distributed over them in random order. */
const ROUNDS = 3;

const folder = tempSiteFolder();

test("after changes, a build leaves no stale or orphaned pages", async () => {
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
  await buildNew({ folder: after }, { TEST_NOW: state.now });
  const size = Math.ceil(changes.length / ROUNDS);
  for (let first = 0; first < changes.length; first += size) {
    const made = changes.slice(first, first + size);
    for (const [at, change] of made.entries())
      change.apply(state, (draws[first + at] ?? 0) * 100 + first + at);
    await writeBlog(after, state);
    await build({ folder: after }, [], { TEST_NOW: state.now });
    const clean = path.join(folder, `clean-${first}`);
    await writeBlog(clean, state);
    await buildNew({ folder: clean }, { TEST_NOW: state.now });
    const differing = differences(path.join(after, "dist"), path.join(clean, "dist"));
    expect(differing, `after these changes: ${made.map(({ name }) => name).join(", ")}`).toEqual([]);
  }
}, 600_000);
