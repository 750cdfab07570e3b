/** The published package, made by `npm run package`. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, globSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { listFiles } from "../../src/integration/list-files.ts";
import { serveStatic } from "../support/static-server.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { sharedBrowser } from "../support/use-site.ts";

const root = path.resolve(import.meta.dirname, "../..");
// Inside the repository, so that dependencies are found in its node_modules.
const staged = path.join(root, ".cache/package");
let files: readonly string[] = [];

beforeAll(() => {
  const out = tempFolder("package");
  const made = spawnSync(process.execPath, [path.join(root, "scripts/package.ts"), "--out", out], {
    cwd: root,
    encoding: "utf8",
  });
  expect(made.status, `${made.stdout}${made.stderr}`).toBe(0);
  const tarball = path.join(out, readdirSync(out)[0] ?? "");
  const listed = spawnSync("tar", ["tzf", tarball], { encoding: "utf8" });
  files = listed.stdout
    .trim()
    .split("\n")
    .map((file) => file.replace(/^package\//, ""));
});

test("it contains code, styles, schemas and templates, and nothing from the demo, the tests or the tools", () => {
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

test("no path in it points to a TypeScript file", () => {
  const left = globSync("{src,packages}/**/*.{js,astro}", { cwd: staged }).flatMap((file) => {
    const code = readFileSync(path.join(staged, file), "utf8").replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
    return [...code.matchAll(/(["'])\.{1,2}\/[^"'`\s]*(?<!\.d)\.ts(?:\?\w+)?\1|`\.{1,2}\/[^`]*\.ts`/g)].map(
      ([found]) => `${file}: ${found}`,
    );
  });
  expect(left).toEqual([]);
});

test("its package.json has Astro as a peer dependency and no test dependencies", () => {
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

test("Node runs its commands without type stripping and without SQLite, which Node 22.12 lacks", () => {
  const modules = globSync("src/{cli,lib}/**/*.js", { cwd: staged }).filter(
    (file) => !/-(?:worker|process)\.js$|cli[\\/]backfence\.js$/.test(file),
  );
  expect(modules.length).toBeGreaterThan(200);
  const code = modules.map((file) => `await import(${JSON.stringify(`./${file.replaceAll("\\", "/")}`)});`);
  const run = spawnSync(
    process.execPath,
    [
      "--no-experimental-strip-types",
      "--no-experimental-sqlite",
      "--input-type=module",
      "--eval",
      code.join("\n"),
    ],
    { cwd: staged, encoding: "utf8", env: { ...process.env, VITEST: "", NODE_ENV: "" } },
  );
  expect(run.stderr).not.toMatch(/Error/);
  expect(run.status).toBe(0);
});

test("the packed command creates a valid blog that Astro builds and readers can search; an upgrade only changes package.json and the lock file", async () => {
  const folder = tempFolder("upgrade");
  const blog = path.join(folder, "blog");
  const tarballs = ["9.0.0", "9.0.1"].map((version) => packedAs(version, folder));
  const env = { ...process.env, VITEST: "", NODE_ENV: "", ASTRO_TELEMETRY_DISABLED: "1", TZ: "UTC", CI: "" };
  const run = (command: string, ...args: readonly string[]): string => {
    const isWindows = process.platform === "win32" && command === "npm";
    const { status, stdout, stderr } = spawnSync(command, args, {
      ...{ cwd: existsSync(blog) ? blog : folder, encoding: "utf8", env, shell: isWindows },
    });
    expect(status, `${command} ${args.join(" ")}\n${stdout}${stderr}`).toBe(0);
    return stdout;
  };
  const install = (...args: readonly string[]): string =>
    run("npm", "install", ...args, "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund");
  const node = (script: string, ...args: readonly string[]): string =>
    run(process.execPath, path.join(blog, "node_modules", script), ...args);
  const built = (version: string): void => {
    expect(node("backfence/src/cli/backfence.js", "--version")).toContain(version);
    expect(node("backfence/src/cli/backfence.js", "check")).toContain("No errors");
    node("astro/bin/astro.mjs", "build");
    for (const [file, text] of UPGRADED)
      expect(readFileSync(path.join(blog, "dist", file), "utf8")).toContain(text);
    expect(readdirSync(path.join(blog, "dist/posts")).sort()).toEqual([
      "hello",
      "index.html",
      "with-component",
    ]);
  };

  const options = [
    "--yes",
    "--author",
    "Ada Example",
    "--url",
    "https://me.example/",
    "--respond",
    "webmention",
  ];
  const made = path.join(staged, "src/cli/backfence.js");
  run(process.execPath, made, "init", "blog", ...options, "--backfence", tarballs[0] ?? "");
  expect(run(process.execPath, made, "check")).toContain("No errors in 1 post and 1 page.");
  cpSync(path.join(root, "tests/fixtures/upgrade-blog"), blog, { recursive: true });
  const settings = path.join(blog, "content/site.yaml");
  writeFileSync(settings, `${readFileSync(settings, "utf8")}\ntheme: dusk\nlook: { accent: "#0b6b5d" }\n`);
  lockedAsHere(blog);
  install();
  built("9.0.0");

  const before = filesOf(blog);
  const own = [
    ".gitignore",
    ".github/workflows/publish.yml",
    "content/site.yaml",
    "content/themes/dusk/theme.css",
    "src/pages/now.astro",
  ];
  expect([...before.keys()]).toEqual(expect.arrayContaining(own));
  install(path.relative(blog, tarballs[1] ?? ""));
  built("9.0.1");
  expect(await found("garlic", path.join(blog, "dist"))).toContain("With a component");
  const after = filesOf(blog);
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (file) => before.get(file) !== after.get(file),
  );
  expect(changed.sort()).toEqual(["package-lock.json", "package.json"]);
}, 600_000);

/** Customizations that must survive the upgrade: a page, components, styles, a theme, interface texts and files. */
const UPGRADED = [
  ["now/index.html", "With a component"],
  ["now/index.html", 'class="own-footer"'],
  ["index.html", 'name="x-own" content="yes"'],
  ["posts/hello/index.html", "Ada Example"],
  ["rss.xml", "Ada Example"],
  ["posts/with-component/index.html", "3 rows of garlic"],
  ["posts/with-component/index.html", "Letters"],
  ["posts/with-component/index.html", "Mine came up in January."],
  ["old-place/index.html", "url=/now/"],
  ["blogroll/index.html", "Over the hedge"],
  ["own.txt", "own file"],
] as const;

/** Returns the text of a built blog's search page with results for a word. */
async function found(word: string, dist: string): Promise<string> {
  const [browser, server] = await Promise.all([sharedBrowser(), serveStatic(dist, "/")]);
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}search/?q=${word}`);
    await page.locator("main mark").first().waitFor();
    return await page.locator("main").innerText();
  } finally {
    await server.close();
  }
}

/** Packs the staged package with another version number. */
function packedAs(version: string, folder: string): string {
  const copy = path.join(folder, version);
  cpSync(staged, copy, { recursive: true });
  const manifest: object = JSON.parse(readFileSync(path.join(copy, "package.json"), "utf8"));
  writeFileSync(path.join(copy, "package.json"), JSON.stringify({ ...manifest, version }));
  const args = ["pack", "--silent", "--pack-destination", folder];
  expect(spawnSync("npm", args, { cwd: copy, shell: process.platform === "win32" }).status).toBe(0);
  return path.join(folder, `backfence-${version}.tgz`);
}

/** Creates the blog's lock file from this repository's packages, which are in npm's cache. */
function lockedAsHere(blog: string): void {
  const { packages, ...lock } = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8"));
  const manifest: unknown = JSON.parse(readFileSync(path.join(blog, "package.json"), "utf8"));
  const text = JSON.stringify({ ...lock, packages: { ...packages, "": manifest } }, null, 2);
  writeFileSync(path.join(blog, "package-lock.json"), text);
}

const MADE = new Set(["node_modules", "dist", ".astro", ".cache"]);

/** Returns the files of the author's project with their contents, without those from npm and builds. */
function filesOf(blog: string): ReadonlyMap<string, string> {
  const names = readdirSync(blog, { withFileTypes: true })
    .filter(({ name }) => !MADE.has(name))
    .flatMap((entry) =>
      entry.isDirectory()
        ? listFiles(path.join(blog, entry.name)).map((file) => `${entry.name}/${file}`)
        : [entry.name],
    );
  return new Map(names.map((name) => [name, readFileSync(path.join(blog, name), "base64")]));
}
