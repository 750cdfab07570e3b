import { threadId } from "node:worker_threads";
import { expect, test } from "vitest";
import { workerFile, workerPool } from "./worker-pool.ts";

const file = new URL("../../tests/support/sum-worker.ts", import.meta.url);

test("functions of a module run in another thread, with the pool's input, and their errors come back", async () => {
  const pool = workerPool<typeof import("../../tests/support/sum-worker.ts")>(file, {
    threads: 1,
    input: 10,
  });
  try {
    expect(await pool.run("sum", [1, 2])).toBe(13);
    expect(await pool.run("thread", null)).not.toBe(threadId);
    await expect(pool.run("fail", "too long")).rejects.toThrow(new RangeError("too long"));
    expect(await pool.run("sum", [])).toBe(10);
  } finally {
    await pool.close();
  }
});

test("a worker is found beside its module before and after compiling", () => {
  expect(workerFile("./x-worker", "file:///a/src/x.ts").href).toBe("file:///a/src/x-worker.ts");
  expect(workerFile("./x-worker", "file:///a/dist/x.js").href).toBe("file:///a/dist/x-worker.js");
});
