/** Backfence uses only Astro's public API, so that upgrades of Astro don't break it. */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { forbiddenCode, propertiesIn } from "./support/forbidden-code.ts";

const root = path.resolve(import.meta.dirname, "..");

/** Published files, without tests. */
const files = globSync(["src/**/*.{ts,mjs,astro}", "packages/*/src/**/*.ts"], { cwd: root })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => !/\.test\.ts$|\.d\.ts$/.test(file));

const scripts = files.filter((file) => !file.endsWith(".astro"));
const components = files.filter((file) => file.endsWith(".astro"));

const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

/**
 * Vite plugins that change code: of Vite's preload helper, the only code of a dependency, and of the author's texts.
 */
const CHANGING_CODE = ["src/integration/vite/no-preload-helper.ts", "src/lib/markdown/mdx-plugin.ts"];

describe("the engine", () => {
  test("uses no internal modules, global state or modified functions of the runtime", () => {
    const found = scripts.flatMap((file) => forbiddenCode(read(file)).map((what) => `${file}: ${what}`));
    const ofComponents = components.filter((file) => /astro\/dist|globalThis|Symbol\.for/.test(read(file)));
    expect([...found, ...ofComponents]).toEqual([]);
    expect(scripts.length).toBeGreaterThan(300);
  });

  test("rewrites no code of dependencies, except for Vite's preload helper", () => {
    const rewriting = scripts.filter(
      // `transform` of a stream doesn't change code.
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

describe("the check detects", () => {
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

  test("no similar but allowed code", () => {
    const code =
      'import { x } from "astro"; const a = { global: 1 }; a.global = 2; export const names = "globalThis isNaN";';
    expect(forbiddenCode(code)).toEqual([]);
  });
});
