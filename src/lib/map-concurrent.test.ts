import { expect, test } from "vitest";
import { mapConcurrent } from "./map-concurrent.ts";

test("results are in the order of the items, and no more run at once than allowed", async () => {
  let running = 0;
  let most = 0;
  const results = await mapConcurrent([3, 1, 2, 0], 2, async (item) => {
    most = Math.max(most, ++running);
    for (let turn = 0; turn < item; turn++) await Promise.resolve();
    running--;
    return item * 10;
  });
  expect([results, most]).toEqual([[30, 10, 20, 0], 2]);
  expect(await mapConcurrent([], 2, async () => 1)).toEqual([]);
});

test("an error in one item rejects the whole", async () => {
  await expect(mapConcurrent([1], 2, async () => Promise.reject(new Error("broken")))).rejects.toThrow(
    "broken",
  );
});
