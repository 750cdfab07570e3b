import { existsSync, globSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import path from "node:path";
import { expect, test } from "vitest";
import { familiesFor } from "../src/lib/og-images/families.ts";

const root = path.resolve(import.meta.dirname, "..");

/** Commands for developing Backfence; an author's blog never runs them. */
const FOR_DEVELOPMENT = ["src/cli/test.ts"];

/** Returns the entry points: commands, routes, and worker files. */
function entries(): string[] {
  const patterns = [
    "src/index.ts",
    "src/cli/**/*.{ts,mjs}",
    "src/integration/**/*.ts",
    "src/{routes,layouts,components}/**/*.{astro,ts}",
    "src/**/*-{worker,thread}.ts",
  ];
  return globSync(patterns, { cwd: root })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !file.endsWith(".test.ts") && !FOR_DEVELOPMENT.includes(file));
}

/** Returns a file's static and dynamic imports and re-exports, except for types. */
function importsOf(file: string): string[] {
  const code = readFileSync(path.join(root, file), "utf8").replace(/\/\*[^]*?\*\//g, "");
  const patterns = [
    /^\s*(?:import|export)\s(?!type\b)[^;"'`]*?from\s*["']([^"']+)["']/gm,
    /^\s*import\s*["']([^"']+)["']/gm,
    /\bimport\(\s*["']([^"']+)["']/g,
    /\bresolve\(\s*["']([^"']+)["']/g,
  ];
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] ?? ""));
}

function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

test("the production dependencies are exactly the packages that the code imports", () => {
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const files = new Set<string>();
  const packages = new Map<string, string>();
  const queue = entries();
  for (const file of queue) {
    if (files.has(file)) continue;
    files.add(file);
    for (const specifier of importsOf(file)) {
      const [name = ""] = specifier.split("?");
      const isOwn = /^(?:node:|astro:|virtual:|~)/.test(name) || isBuiltin(name);
      if (!name.startsWith(".") && !isOwn) packages.set(packageOf(name), file);
      const target = path.join(path.dirname(file), name).replaceAll("\\", "/");
      if (/^\..*\.(?:ts|mjs|astro)$/.test(name) && existsSync(path.join(root, target))) queue.push(target);
    }
  }
  // The font of social images is resolved by name.
  const [face] = familiesFor("Words", "en");
  if (face !== undefined) packages.set(face.package, "src/lib/og-images/families.ts");
  expect(files.size).toBeGreaterThan(300);
  const missing = [...packages].filter(([name]) => !(name in manifest.dependencies));
  expect(missing).toEqual([]);
  expect(Object.keys(manifest.dependencies).filter((name) => !packages.has(name))).toEqual([]);
});
