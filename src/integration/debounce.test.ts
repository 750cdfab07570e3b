import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { debounced } from "./debounce.ts";

test("a burst of saves causes one load, and saves during that load cause one more", async () => {
  let runs = 0;
  let atOnce = 0;
  let release = (): void => {};
  const ask = debounced(async () => {
    runs += 1;
    atOnce += 1;
    expect(atOnce).toBe(1);
    await new Promise<void>((resolve) => (release = resolve));
    atOnce -= 1;
  });
  for (const _ of "12345") ask();
  await expect.poll(() => runs).toBe(1);
  for (const _ of "123") ask();
  release();
  await expect.poll(() => runs).toBe(2);
  release();
  await pause(200);
  expect(runs).toBe(2);
  ask();
  await expect.poll(() => runs).toBe(3);
  release();
});

test("files are read after the 50 ms in which the watcher drops a second change to a file", async () => {
  let begun = 0;
  const ask = debounced(async () => void (begun = performance.now()));
  ask();
  await pause(30);
  const last = performance.now();
  ask();
  await expect.poll(() => begun).toBeGreaterThan(last);
  expect(begun - last).toBeGreaterThan(50);
});

test("files that are written continuously are read from time to time", async () => {
  let runs = 0;
  const ask = debounced(async () => void (runs += 1));
  const writing = setInterval(ask, 5);
  await expect.poll(() => runs).toBeGreaterThan(1);
  clearInterval(writing);
  const before = runs;
  await expect.poll(() => runs).toBeGreaterThan(before);
});
