import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { PageGate } from "./page-gate.ts";

test("a page requested while a change is pending is rendered after it", async () => {
  const gate = new PageGate();
  const made: string[] = [];
  const visit = () => gate.enter({ writableEnded: true }).then(() => made.push("page"));
  await visit();
  gate.close();
  const waiting = visit();
  await pause(20);
  made.push("change");
  gate.open();
  await waiting;
  expect(made).toEqual(["page", "change", "page"]);
});

test("a change waits for pages that are being rendered, even if the browser has disconnected", async () => {
  const gate = new PageGate();
  const response = { writableEnded: false };
  await gate.enter(response);
  let isEmpty = false;
  const emptied = gate.emptied().then(() => (isEmpty = true));
  await pause(50);
  expect(isEmpty).toBe(false);
  response.writableEnded = true;
  await emptied;
});

test("a response that never ends delays a change only once, and briefly", async () => {
  const gate = new PageGate();
  await gate.enter({ writableEnded: false });
  await gate.emptied(30);
  const start = performance.now();
  await gate.emptied();
  expect(performance.now() - start).toBeLessThan(1000);
});
