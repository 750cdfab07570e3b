/** The package as it is published: `npm run package`. */
import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { tempFolder } from "../support/temp-folder.ts";

const root = path.resolve(import.meta.dirname, "../..");
// Below the repository, so that the package's dependencies are found in its node_modules.
const staged = path.join(root, ".cache/package");
let files: readonly string[] = [];
let tarball = "";

beforeAll(() => {
  const out = tempFolder("package");
  const made = spawnSync(process.execPath, [path.join(root, "scripts/package.ts"), "--out", out], {
    cwd: root,
    encoding: "utf8",
  });
  expect(made.status, `${made.stdout}${made.stderr}`).toBe(0);
  tarball = path.join(out, readdirSync(out)[0] ?? "");
  const listed = spawnSync("tar", ["tzf", tarball], { encoding: "utf8" });
  files = listed.stdout
    .trim()
    .split("\n")
    .map((file) => file.replace(/^package\//, ""));
});

test("it holds code, styles, schemas and templates, and nothing of the demo, the tests or the tools", () => {
  expect(files).toEqual(expect.arrayContaining(["package.json", "LICENSE", "README.md", "CHANGELOG.md"]));
  expect(files).toEqual(expect.arrayContaining(["src/cli/backfence.js", "schemas/site.schema.json"]));
  expect(files).toEqual(
    expect.arrayContaining(["templates/blog/_gitignore", "templates/workflows/publish.yml"]),
  );
  const stray = files.filter(
    (file) =>
      /\.test\.|(?:^|\/)tests?\/|fixture|bootstrap|^content\/|^bench\/|^docs\/|^src\/pages\/|^node_modules\//.test(
        file,
      ) || /(?<!\.d)\.m?ts$/.test(file),
  );
  expect(stray).toEqual([]);
});

test("no path in it leads to a TypeScript file", () => {
  const left = globSync("{src,packages}/**/*.{js,astro}", { cwd: staged }).flatMap((file) => {
    const code = readFileSync(path.join(staged, file), "utf8").replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
    return [...code.matchAll(/["'`]\.{1,2}\/[^"'`\s]*(?<!\.d)\.ts(?:\?\w+)?["'`]/g)].map(
      ([found]) => `${file}: ${found}`,
    );
  });
  expect(left).toEqual([]);
});

test("its package.json has Astro as a peer and no package for tests", () => {
  const manifest: unknown = JSON.parse(readFileSync(path.join(staged, "package.json"), "utf8"));
  expect(manifest).toMatchObject({
    bin: { backfence: "./src/cli/backfence.js" },
    exports: { ".": { types: "./src/index.d.ts", default: "./src/index.js" } },
    peerDependencies: { astro: expect.stringMatching(/^\^7\./) },
  });
  const names = Object.keys({ ...Object(manifest).dependencies, ...Object(manifest).optionalDependencies });
  expect(names.filter((name) => /^node-|vitest|playwright|lighthouse|typescript|^astro$/.test(name))).toEqual(
    [],
  );
});

test("Node runs every command of it without stripping types", () => {
  const modules = globSync("src/{cli,lib}/**/*.js", { cwd: staged }).filter(
    (file) => !/-(?:worker|process)\.js$|cli[\\/]backfence\.js$/.test(file),
  );
  expect(modules.length).toBeGreaterThan(200);
  const code = modules.map((file) => `await import(${JSON.stringify(`./${file.replaceAll("\\", "/")}`)});`);
  const run = spawnSync(
    process.execPath,
    ["--no-experimental-strip-types", "--input-type=module", "--eval", code.join("\n")],
    { cwd: staged, encoding: "utf8", env: { ...process.env, VITEST: "", NODE_ENV: "" } },
  );
  expect(run.stderr).not.toMatch(/Error/);
  expect(run.status).toBe(0);
});

test("the packed command makes a blog that it accepts and that Astro builds", () => {
  const folder = tempFolder("packed");
  const env = { ...process.env, VITEST: "", NODE_ENV: "", ASTRO_TELEMETRY_DISABLED: "1", TZ: "UTC" };
  const run = (cwd: string, ...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8", env });
    expect(status, `${args.join(" ")}\n${stdout}${stderr}`).toBe(0);
    return stdout;
  };
  run(folder, path.join(staged, "src/cli/backfence.js"), "init", "blog", "--yes", "--author", "Ada Example");
  const blog = path.join(folder, "blog");
  installed(blog);
  const command = path.join(blog, "node_modules/backfence/src/cli/backfence.js");
  expect(run(blog, command, "check")).toContain("No errors in 1 post and 1 page.");
  run(blog, path.join(blog, "node_modules/astro/bin/astro.mjs"), "build");
  expect(readFileSync(path.join(blog, "dist/posts/hello/index.html"), "utf8")).toContain("Ada Example");
  expect(existsSync(path.join(blog, "dist/rss.xml"))).toBe(true);
  expect(readdirSync(path.join(blog, "dist/posts")).sort()).toEqual(["hello", "index.html"]);
}, 300_000);

/** What `npm install` would give, without a network: the packed Backfence beside this repository's other packages. */
function installed(blog: string): void {
  const modules = path.join(blog, "node_modules");
  mkdirSync(path.join(modules, "backfence"), { recursive: true });
  for (const name of readdirSync(path.join(root, "node_modules")))
    if (!name.startsWith(".")) symlinkSync(path.join(root, "node_modules", name), path.join(modules, name));
  const unpack = ["xzf", tarball, "--strip-components=1", "-C", path.join(modules, "backfence")];
  expect(spawnSync("tar", unpack).status).toBe(0);
}
