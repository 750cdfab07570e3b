import { expect, test } from "vitest";
import { tempFolder } from "../../tests/support/temp-folder.ts";
import { FileCache } from "../lib/cache/file-cache.ts";
import { writeBody } from "../lib/markdown/body-file.ts";
import { bodyKeysIn, damagedBody, isDamagedBody, repairingReader } from "./stored-body.ts";

test("the bodies of a page are found in its view, and text that looks like a key isn't", () => {
  const view = { title: 'My "bodyKey":"no"', bodyKey: "one", intro: { bodyKey: "two" } };
  expect(bodyKeysIn(JSON.stringify(view))).toEqual(["one", "two"]);
});

test("a damaged body is recognized by its error message, the only part that a worker passes on", () => {
  expect(isDamagedBody(new Error(damagedBody("key").message))).toBe(true);
  expect(isDamagedBody(new Error("No route"))).toBe(false);
});

test("a missing body is rendered once, although several pages need it", async () => {
  const bodies = new FileCache(tempFolder("bodies"));
  let repairs = 0;
  const body = repairingReader(bodies, async () => {
    repairs += 1;
    writeBody(bodies, "ab12", { html: "<p>Words.</p>", feed: "" });
  });
  const read = await Promise.all([body("ab12"), body("ab12")]);
  expect(read.map(({ html }) => html)).toEqual(["<p>Words.</p>", "<p>Words.</p>"]);
  expect(repairs).toBe(1);
});
