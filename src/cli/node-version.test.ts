import { expect, test } from "vitest";
import { unsupportedNode } from "./node-version.ts";

test.each(["v18.20.4", "v20.20.2", "v22.11.0"])("%s is refused with what to install", (version) => {
  expect(unsupportedNode(version)).toBe(
    `Backfence needs Node 22.12 or later, and this is ${version}. Install Node 24 from https://nodejs.org/ and run the same command again.`,
  );
});

test.each(["v22.12.0", "v22.18.0", "v24.0.0", process.version])("%s is accepted", (version) => {
  expect(unsupportedNode(version)).toBeNull();
});
