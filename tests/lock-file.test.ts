import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

interface LockedPackage {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};

test("npm ci finds every platform's binary packages in the lock file", () => {
  const missing = Object.entries(lock.packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isLocked(place, name))
      .map((name) => `${place} wants ${name}`),
  );
  expect(missing).toEqual([]);
});

test("the lock file names no download address", () => {
  expect(Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});

test("every direct dependency is pinned exactly and explained in docs/dependencies.md", () => {
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as Record<
    "dependencies" | "devDependencies",
    Readonly<Record<string, string>>
  >;
  const docs = readFileSync(path.join(root, "docs/dependencies.md"), "utf8");
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
    expect(version, name).toMatch(/^\d/);
    if (!name.startsWith("@types/") && name !== "ajv-formats" && name !== "typescript")
      expect(docs).toContain(`\`${name}\``);
  }
});

/** Whether a package, or one above it, holds the dependency in its node_modules. */
function isLocked(place: string, name: string): boolean {
  const above = place
    .split("/node_modules/")
    .map((_, index, all) => all.slice(0, index + 1).join("/node_modules/"));
  return ["", ...above].some(
    (folder) => `${folder === "" ? "" : `${folder}/`}node_modules/${name}` in lock.packages,
  );
}
