/** A read-only project, as in a container or a sandbox, in which the build can write only to `.astro`. */
import { spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ASTRO, commandEnv, resultOf, root, runNode, type CommandResult } from "./support/build.ts";
import { tempFolder, tempSiteFolder } from "./support/temp-folder.ts";

const machine = tempSiteFolder();
const blog = path.join(machine, "blog");
const isRoot = process.getuid?.() === 0;
/** User ID of `nobody`, because root can write to read-only folders. */
const NOBODY = 65534;

/** Configuration in docs/publish/README.md. */
const CONFIG = /```js\n([^]*?)\n? *```/.exec(
  readFileSync(path.join(root, "docs/publish/README.md"), "utf8"),
)?.[1];

beforeAll(async () => {
  chmodSync(machine, 0o755);
  const cli = path.join(root, "src/cli/backfence.ts");
  const made = await runNode([cli, "init", "blog", "--yes", "--url", "https://me.example/"], {
    cwd: machine,
    env: {},
  });
  expect(made.status, made.output).toBe(0);
  mkdirSync(path.join(blog, "node_modules"));
  symlinkSync(root, path.join(blog, "node_modules/backfence"), "junction");
  lock(true);
});
afterAll(() => lock(false));

/** Folders that commands and builds would write to; listed individually, so that targets of links aren't changed. */
const FOLDERS = [".", "content", "content/posts", "content/posts/hello", "node_modules"];

function lock(isLocked: boolean): void {
  for (const folder of FOLDERS) chmodSync(path.join(blog, folder), isLocked ? 0o555 : 0o755);
  chmodSync(path.join(blog, "content/posts/hello/index.md"), isLocked ? 0o444 : 0o644);
}

/** Runs a Node program without write permission in the blog. */
function run(...args: readonly string[]): Promise<CommandResult> {
  return resultOf(
    spawn(process.execPath, args, {
      cwd: blog,
      env: commandEnv({ NO_COLOR: "1", HOME: tempFolder("home") }),
      ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
    }),
  );
}

function write(file: string, text: string): void {
  chmodSync(blog, 0o755);
  writeFileSync(path.join(blog, file), text);
  chmodSync(blog, 0o555);
}

test("without writable folders, the build says which it needs and how to set them, without a stack trace", async () => {
  const { status, output } = await run(ASTRO, "build");
  expect(status).not.toBe(0);
  for (const place of [".astro/", "dist/", "node_modules/.astro/backfence/", "node_modules/.vite/"])
    expect(output).toContain(`${place}\n  A build can't write into this folder\n`);
  expect(output).toContain('outDir: "./.astro/dist"');
  expect(output).not.toMatch(/^\s+at /m);
});

/** Creates a folder in the blog that the build can write to. */
function give(folder: string): void {
  lock(false);
  mkdirSync(path.join(blog, folder), { recursive: true });
  if (isRoot) chownSync(path.join(blog, folder), NOBODY, NOBODY);
  lock(true);
}

test("with the four folders writable, a build needs no settings and replaces the content of `dist`", async () => {
  for (const folder of [".astro", "dist", "node_modules/.astro", "node_modules/.vite"]) give(folder);
  writeFileSync(path.join(blog, "dist/old.html"), "old");
  if (isRoot) chownSync(path.join(blog, "dist/old.html"), NOBODY, NOBODY);
  const { status, output } = await run(ASTRO, "build");
  expect(status, output).toBe(0);
  expect(readFileSync(path.join(blog, "dist/posts/hello/index.html"), "utf8")).toContain("Hello");
  expect(existsSync(path.join(blog, "dist/old.html"))).toBe(false);
});

test("with only `.astro` writable, check and build work with the settings in the docs, and a second build uses the cache", async () => {
  expect(CONFIG).toContain("outDir");
  const imports = 'import { defineConfig } from "astro/config";\nimport backfence from "backfence";\n\n';
  write("astro.config.mjs", `${imports}${CONFIG?.replaceAll(/^ {2}/gm, "") ?? ""}\n`);
  give(".astro");
  const check = await run(path.join(root, "src/cli/backfence.ts"), "check", "--cache", ".astro/check");
  expect(check).toMatchObject({
    status: 0,
    output: expect.stringContaining("No errors in 1 post and 1 page.") as string,
  });
  for (const time of ["first", "second"]) {
    const { status, output } = await run(ASTRO, "build");
    expect(status, `${time}: ${output}`).toBe(0);
    expect(existsSync(path.join(blog, ".astro/dist/posts/hello/index.html"))).toBe(true);
  }
  expect(existsSync(path.join(blog, ".cache"))).toBe(false);
});

test("commands that need to write say which file or folder isn't writable", async () => {
  const command = (...args: readonly string[]) => run(path.join(root, "src/cli/backfence.ts"), ...args);
  for (const [args, place] of [
    [["check"], ".cache"],
    [["new", "A title"], "content/posts/a-title.md"],
    [["host", "caddy"], "host"],
    [["stats", "--html", "stats.html", "--cache", ".astro/check"], "stats.html"],
    [["rename", "hello", "moin", "--cache", ".astro/check"], "content/posts/hello/index.md"],
  ] as const) {
    const { status, output } = await command(...args);
    expect([args, status]).toEqual([args, 1]);
    expect(output).toMatch(
      new RegExp(
        `^error Can't (?:open|create the folder|write to) ${place.replaceAll(".", String.raw`\.`)}[^\\n]*: permission is denied\\.\\n$`,
      ),
    );
  }
});
