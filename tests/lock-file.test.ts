import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

type Versions = Readonly<Record<string, string>>;
type Manifest = Readonly<Record<"dependencies" | "devDependencies", Versions>> & {
  readonly optionalDependencies?: Versions;
};

interface LockedPackage extends Partial<Manifest> {
  readonly engines?: { readonly node?: string };
  readonly resolved?: string;
  readonly dev?: boolean;
}

const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as Manifest;

const lock = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};

test("the lock file contains every platform's binary packages", () => {
  const missing = Object.entries(lock.packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => lockedPlace(place, name) === undefined)
      .map((name) => `${place} wants ${name}`),
  );
  expect(missing).toEqual([]);
});

test("the lock file contains no download URLs", () => {
  expect(Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});

test("the lock file matches package.json", () => {
  const { dependencies, devDependencies, optionalDependencies = {} } = manifest;
  expect({ optionalDependencies: {}, ...lock.packages[""] }).toMatchObject({
    dependencies,
    devDependencies,
    optionalDependencies,
  });
  const names = Object.keys(lock.packages[""]?.dependencies ?? {});
  expect(names).toEqual(Object.keys(dependencies));
});

test("a production install has all required packages", () => {
  const seen = new Set<string>();
  const queue = Object.keys(manifest.dependencies).map((name) => `node_modules/${name}`);
  for (const place of queue) {
    if (seen.has(place)) continue;
    seen.add(place);
    for (const name of Object.keys(lock.packages[place]?.dependencies ?? {}))
      queue.push(lockedPlace(place, name) ?? `${name} for ${place}`);
  }
  expect(seen.size).toBeGreaterThan(100);
  expect([...seen].filter((place) => lock.packages[place]?.dev !== undefined)).toEqual([]);
  expect([...seen].filter((place) => !(place in lock.packages))).toEqual([]);
});

test("every imported package supports the oldest Node version that Backfence supports", () => {
  const accepts = (range: string): boolean =>
    range.split("||").some((part) => {
      const [, operator = "", major = "0", minor = "0"] =
        /^\s*(\^|>=)?\s*v?(\d+)(?:\.(\d+))?/.exec(part) ?? [];
      const isSince = Number(major) < 22 || (major === "22" && Number(minor) <= 12);
      return isSince && (operator === ">=" || major === "22");
    });
  expect(["^20.1.0 || >=22.0.0", ">= 18", "^22.12.0"].filter((range) => !accepts(range))).toEqual([]);
  expect([">=22.19.0", "^20.0.0 || ^24.0.0", ">=23"].filter(accepts)).toEqual([]);
  const tooNew = Object.keys(manifest.dependencies).filter((name) => {
    const range = lock.packages[`node_modules/${name}`]?.engines?.node;
    return range !== undefined && !accepts(range);
  });
  expect(tooNew).toEqual([]);
});

test("every direct dependency is pinned exactly and explained in docs/dependencies.md", () => {
  const docs = readFileSync(path.join(root, "docs/dependencies.md"), "utf8");
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
    expect(version, name).toMatch(/^\d/);
    if (!name.startsWith("@types/") && name !== "ajv-formats" && name !== "typescript")
      expect(docs).toContain(`\`${name}\``);
  }
});

/** Returns where Node resolves a package's dependency: in its node_modules or that of a parent folder. */
function lockedPlace(place: string, name: string): string | undefined {
  const above = place
    .split("/node_modules/")
    .map((_, index, all) => `${all.slice(0, index + 1).join("/node_modules/")}/`);
  return ["", ...above]
    .reverse()
    .map((folder) => `${folder}node_modules/${name}`)
    .find((candidate) => candidate in lock.packages);
}
