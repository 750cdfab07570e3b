/** Upgrades of Astro break only what uses more than its public API. */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { forbiddenCode, propertiesIn } from "./support/forbidden-code.ts";

const root = path.resolve(import.meta.dirname, "..");

/** What is published, without tests. */
const files = globSync(["src/**/*.{ts,mjs,astro}", "packages/*/src/**/*.ts"], { cwd: root })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => !/\.test\.ts$|\.d\.ts$/.test(file));

const scripts = files.filter((file) => !file.endsWith(".astro"));
const components = files.filter((file) => file.endsWith(".astro"));

const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

/** Vite plug-ins that change code: Vite's preload helper, the only one of a dependency, and the author's own texts. */
const CHANGING_CODE = ["src/integration/vite/no-preload-helper.ts", "src/lib/markdown/mdx-plugin.ts"];

describe("the engine", () => {
  test("uses no internals, global state or changed functions of the runtime", () => {
    const found = scripts.flatMap((file) => forbiddenCode(read(file)).map((what) => `${file}: ${what}`));
    const ofComponents = components.filter((file) => /astro\/dist|globalThis|Symbol\.for/.test(read(file)));
    expect([...found, ...ofComponents]).toEqual([]);
    expect(scripts.length).toBeGreaterThan(300);
  });

  test("rewrites no code of a dependency, but for Vite's preload helper", () => {
    const rewriting = scripts.filter(
      // A stream's `transform` changes no code.
      (file) =>
        !read(file).includes('from "node:stream"') &&
        propertiesIn(read(file), ["transform", "renderChunk"]).length > 0,
    );
    expect(rewriting.sort()).toEqual(CHANGING_CODE);
    const writing = scripts.filter((file) =>
      /(?:write|append|copy|cp|rename|rm)\w*\([^)]*node_modules/.test(read(file)),
    );
    expect(writing).toEqual([]);
  });
});

describe("what would be found", () => {
  test.each([
    ['import { x } from "astro/dist/core/app.js";', "astro/dist/core/app.js"],
    [
      'const x = await import("../node_modules/astro/dist/core/app.js");',
      "../node_modules/astro/dist/core/app.js",
    ],
    ["(globalThis as { x?: number }).x = 1;", "globalThis"],
    ['const key = Symbol.for("backfence");', "Symbol.for"],
    ["Response = class {};", "Response ="],
    ["Array.prototype.last = function () {};", "Array.prototype.last ="],
  ])("%s", (code, what) => {
    expect(forbiddenCode(code)).toEqual([what]);
  });

  test("and what wouldn't", () => {
    const code =
      'import { x } from "astro"; const a = { global: 1 }; a.global = 2; export const names = "globalThis isNaN";';
    expect(forbiddenCode(code)).toEqual([]);
  });
});
