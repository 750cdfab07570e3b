import { expect, test } from "vitest";
import { inBatches } from "./in-batches.ts";

test("items that arrive while one is worked on are worked on together", async () => {
  const batches: string[][] = [];
  const open = Promise.withResolvers<void>();
  const add = inBatches<string>(async (batch) => {
    batches.push([...batch]);
    if (batches.length === 1) await open.promise;
  });
  const first = add("a");
  await Promise.resolve();
  const others = [add("b"), add("c")];
  open.resolve();
  await Promise.all([first, ...others]);
  expect(batches).toEqual([["a"], ["b", "c"]]);
});

test("a batch that fails is an error of its items alone", async () => {
  const add = inBatches<string>(async ([item]) => {
    if (item === "bad") throw new Error("no");
  });
  await expect(add("bad")).rejects.toThrow("no");
  await expect(add("good")).resolves.toBeUndefined();
});
