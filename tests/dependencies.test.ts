import { existsSync, globSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import path from "node:path";
import { expect, test } from "vitest";
import { familiesFor } from "../src/lib/og-images/families.ts";

const root = path.resolve(import.meta.dirname, "..");

/** Commands for who works on the engine; an author's blog never runs them. */
const FOR_DEVELOPMENT = ["src/cli/test.ts"];

/** What runs, or is bundled, on its own: commands, routes, and files that threads are started with. */
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

/** What a file imports for its code: static, dynamic and re-exported, but not what vanishes with its types. */
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

test("an author's install has every package that the engine imports, and none that it doesn't", () => {
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
  // The face of social images is found by its name.
  const [face] = familiesFor("Words", "en");
  if (face !== undefined) packages.set(face.package, "src/lib/og-images/families.ts");
  expect(files.size).toBeGreaterThan(300);
  const missing = [...packages].filter(([name]) => !(name in manifest.dependencies));
  expect(missing).toEqual([]);
  expect(Object.keys(manifest.dependencies).filter((name) => !packages.has(name))).toEqual([]);
});
