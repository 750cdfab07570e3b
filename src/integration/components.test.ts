import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { COMPONENTS, componentFile, type ComponentName } from "./components.ts";

const NAMES = Object.keys(COMPONENTS) as ComponentName[];

/** Components that render the same everywhere. */
const WITHOUT_PROPS = new Set<ComponentName>(["NotFoundIllustration"]);

test("each replaceable component exists and declares the props that a replacement gets", () => {
  const untyped = NAMES.filter(
    (name) =>
      !/^interface Props\b/m.test(readFileSync(componentFile(name), "utf8")) && !WITHOUT_PROPS.has(name),
  );
  expect(untyped).toEqual([]);
  expect(NAMES.length).toBeGreaterThanOrEqual(18);
});

test("the documentation lists each replaceable component", () => {
  const docs = readFileSync(path.resolve(import.meta.dirname, "../../docs/customise.md"), "utf8");
  expect(NAMES.filter((name) => !docs.includes(`\`${name}\``))).toEqual([]);
});
