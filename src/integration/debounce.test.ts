import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { debounced } from "./debounce.ts";

test("a burst of saves is read once, and a save while it's read once more", async () => {
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
  await pause(100);
  expect(runs).toBe(2);
  ask();
  await expect.poll(() => runs).toBe(3);
  release();
});
