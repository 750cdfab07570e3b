/** Runs every command in the docs as written, in a blog made with `backfence init`. */
import { spawn, spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runBackfence } from "../src/cli/run-backfence.ts";
import { openSqlite } from "../src/receiver/store/sqlite.ts";
import { ASTRO, commandEnv, root } from "./support/build.ts";
import { blockLinesIn, commandsIn, docsCommands, otherCommands, wordsOf } from "./support/docs-commands.ts";
import { answer, docsBlog, docsSettings } from "./support/docs-blog.ts";
import { startServer, type TestServer } from "./support/http-server.ts";
import { tempFolder, tempSiteFolder } from "./support/temp-folder.ts";
import { zipOf } from "./support/zip.ts";

/** Commands that aren't run here, with the reason. The first match counts. */
const NOT_RUN: readonly (readonly [commands: RegExp, reason: string])[] = [
  [/[<[…]/, "the form of a command, not one"],
  [
    /^npm run (?:bench|package|package-managers|schemas)\b/,
    "a tool of this repository, with tests of its own",
  ],
  [
    /^(?:npx )?backfence (?:import|rename|new|export|responses|init)$/,
    "a name alone; the command wants more",
  ],
  [/embed https:/, "asks a server on the web; src/cli/embed.test.ts"],
  [/responses discover https:/, "asks a server on the web; src/cli/responses/discover.test.ts"],
  [/receive$|receive --data/, "a server that runs on; tests/receiver-*.test.ts"],
  [/^npx backfence init my-blog$/, "asks questions; tests/cli/init-terminal.test.ts"],
];

/** Commands with a nonzero exit code in this blog, with the reason. */
const OTHERWISE: readonly (readonly [commands: RegExp, code: number, reason: string])[] = [
  [/\bping$/, 7, "the blog has no hub; src/cli/websub.test.ts"],
  [/^npm run responses -- pull$/, 7, "a new blog has no source; tests/support/docs-blog.ts gives others one"],
  [/responses verify-accounts$/, 7, "its author has no account; src/cli/responses/verify-accounts.test.ts"],
  [/receive approve 12 13$/, 4, "the database is empty; tests/receiver-comment.test.ts"],
];

/** Pages whose commands have separate tests: import-guides.test.ts and coming-from.test.ts. */
const OTHER_TESTS = /^docs\/(?:coming-from|import\/(?!comments)[\w-]+)\.md$/;

/**
 * Commands of other programs, with the test that runs them, or the reason why there is none. The first match counts.
 */
const OTHERS: readonly (readonly [commands: RegExp, reason: string])[] = [
  [/^rm -r content$/, "removes the example texts of a new blog"],
  [/^cd /, "goes to the folder in which the tests run the next command"],
  [/^git (?!clone|pull)/, "below, as they are written"],
  [/^git pull --quiet$/, "fetches the author's last push before a build on a schedule; git's own"],
  [/^git clone https:|^gh /, "asks GitHub; tests/import/comments has what gh prints"],
  [
    /^p?npm (?:add|install|update|outdated|start|test)\b/,
    "npm run package-managers; tests/bootstrap.test.ts",
  ],
  [/^node src\/cli\/bootstrap\.mjs backfence init /, "tests/e2e/package.test.ts"],
  [/^npx astro check$/, "Astro's; tests/e2e/astro-project.test.ts"],
  [/^export RECEIVER_/, "settings; tests/receiver-docs.test.ts"],
  [/^sh host\/publish\.sh$/, "tests/hosts-scripts.test.ts"],
  [/^caddy run |^nginx -t$|^ln -s \/srv/, "tests/hosts.test.ts starts both with these files"],
  [/^docker /, "needs images of a registry; tests/hosts-builds.test.ts follows the Dockerfile"],
  [/^systemctl |^apt install /, "changes the machine"],
];

const commands = docsCommands(root).filter(
  ({ line, pages }) =>
    !pages.every((page) => OTHER_TESTS.test(page)) && !NOT_RUN.some(([pattern]) => pattern.test(line)),
);
const ours = commands.filter(({ line }) => !line.startsWith("npm run"));
const scripts = commands.filter(({ line }) => line.startsWith("npm run"));
const NOW = new Date("2026-06-01T12:00:00Z");
/** A new blog, and one with the files that examples refer to. */
let fresh = "";
let blog = "";
let server: TestServer | undefined;

function expectedOf(line: string): number {
  return OTHERWISE.find(([pattern]) => pattern.test(line))?.[1] ?? 0;
}

/** Runs `backfence` in a folder. */
async function backfence(folder: string, args: readonly string[]): Promise<{ code: number; said: string }> {
  let said = "";
  const code = await runBackfence(args, {
    root: folder,
    env: {
      BACKFENCE_ALLOW_LOOPBACK: "1",
      RECEIVER_SITE: "https://me.example/",
      RECEIVER_URL: "https://receiver.me.example/",
      RECEIVER_TOKEN: "0123456789abcdef0123",
      PATH: process.env["PATH"] ?? "",
      HOME: folder,
      GIT_CEILING_DIRECTORIES: path.dirname(folder),
      TZ: "UTC",
    },
    now: () => NOW,
    out: (text) => void (said += text),
    err: (text) => void (said += text),
    isInteractive: false,
    sleep: () => Promise.resolve(),
  });
  return { code, said };
}

/** Writes the files that examples refer to into a blog and next to it. */
async function prepare(folder: string, standIn: string): Promise<void> {
  const samples = path.join(root, "tests/import");
  const takeout = readdirSync(path.join(samples, "takeout"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const named = (file: string) => path.relative(samples, file).split(path.sep).join("/");
  const files: Readonly<Record<string, string | Uint8Array>> = {
    ...docsBlog(standIn),
    "takeout.zip": zipOf(Object.fromEntries(takeout.map((file) => [named(file), readFileSync(file)]))),
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  appendFileSync(path.join(folder, "content/site.yaml"), docsSettings(standIn));
  for (const name of ["ghost.json", "typepad.txt", "wordpress.xml", "comments/disqus.xml"])
    // Exports are next to the blog or in it.
    for (const place of [path.dirname(folder), folder])
      cpSync(path.join(samples, name), path.join(place, path.basename(name)));
  for (const name of ["images", "media", "uploads"]) mkdirSync(path.join(folder, name));
  cpSync(path.join(samples, "hugo"), path.join(path.dirname(folder), "my-hugo-blog"), { recursive: true });
  openSqlite(path.join(folder, "receiver.db")).close();
  expect(await backfence(folder, ["export", "--format", "wxr", "--out", "blog.xml"])).toMatchObject({
    code: 0,
  });
}

beforeAll(async () => {
  const place = tempFolder("docs");
  const answers = ["--yes", "--title", "My blog", "--author", "Ada Example", "--url", "https://me.example/"];
  const made = await backfence(place, ["init", "blog", ...answers]);
  expect(made.code, made.said).toBe(0);
  fresh = path.join(place, "blog");
  server = await startServer(answer);
  blog = path.join(tempFolder("docs"), "blog");
  cpSync(fresh, blog, { recursive: true });
  await prepare(blog, server.origin);
});
afterAll(() => server?.[Symbol.asyncDispose]());

test("commands are found in code blocks and inline code", () => {
  expect(ours.length).toBeGreaterThan(60);
  expect(scripts.length).toBeGreaterThan(8);
  expect(
    commandsIn(
      "Run `npx backfence check`.\n\n```sh\nnpm run build && npx backfence host --built # then\n```\n",
    ),
  ).toEqual(["npm run build", "npx backfence host --built", "npx backfence check"]);
});

test("each command of another program is tested elsewhere, or has a reason why it can't be", () => {
  const others = otherCommands(root);
  expect(others.length).toBeGreaterThan(30);
  const isKnown = ({ line }: { readonly line: string }) => OTHERS.some(([pattern]) => pattern.test(line));
  expect(others.filter((one) => !isKnown(one))).toEqual([]);
});

test("each exception still matches a command", () => {
  const lines = [...docsCommands(root), ...otherCommands(root)].map(({ line }) => line);
  const all = [...NOT_RUN, ...OTHERWISE, ...OTHERS].map(([pattern]) => pattern);
  expect(all.filter((pattern) => !lines.some((line) => pattern.test(line)))).toEqual([]);
});

test.each(ours)("$line", async ({ line, pages }) => {
  const place = tempFolder("docs");
  const folder = path.join(place, "blog");
  // Examples of `new` create files that other examples refer to.
  if (/backfence new /.test(line)) cpSync(fresh, folder, { recursive: true });
  else cpSync(path.dirname(blog), place, { recursive: true });
  const words = wordsOf(line).filter((word, at) => at > 1 || !["npx", "backfence"].includes(word));
  const { code, said } = await backfence(folder, words);
  expect(code, `${pages.join(", ")}: ${said}`).toBe(expectedOf(line));
});

test("the git commands push a new blog and later changes to the host", () => {
  const place = tempFolder("docs");
  const folder = path.join(place, "my-blog");
  const bare = path.join(place, "remote.git");
  cpSync(fresh, folder, { recursive: true });
  const settings = {
    "user.name": "a",
    "user.email": "a@a.example",
    [`url.${bare}.insteadOf`]: "git@github.com:me/my-blog.git",
  };
  const env: Record<string, string | undefined> = {
    ...process.env,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_COUNT: "3",
  };
  for (const [at, [key, value]] of Object.entries(settings).entries()) {
    env[`GIT_CONFIG_KEY_${at}`] = key;
    env[`GIT_CONFIG_VALUE_${at}`] = value;
  }
  const git = (...words: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync("git", words, { cwd: folder, env, encoding: "utf8" });
    expect(status, `git ${words.join(" ")}: ${stderr}`).toBe(0);
    return stdout;
  };
  git("init", "--quiet", "--bare", bare);
  const linesOf = (page: string) =>
    blockLinesIn(readFileSync(path.join(root, page), "utf8")).filter((line) => /^git (?!clone)/.test(line));
  for (const line of linesOf("docs/start.md")) {
    git(...wordsOf(line).slice(1));
    if (line.startsWith("git push"))
      appendFileSync(path.join(folder, "content/posts/hello/index.md"), "\nMore.\n");
  }
  writeFileSync(path.join(folder, ".gitlab-ci.yml"), "pages: {}\n");
  for (const line of linesOf("docs/publish/gitlab.md")) git(...wordsOf(line).slice(1));
  const log = git("--git-dir", bare, "log", "--format=%s", "main").trim().split("\n");
  expect(log).toEqual(["Publish on GitLab Pages", "My second post", "Begin"]);
});

describe("npm scripts of a new blog", () => {
  let folder = "";
  beforeAll(() => {
    folder = tempSiteFolder();
    cpSync(fresh, folder, { recursive: true });
    const bin = path.join(folder, "node_modules/.bin");
    mkdirSync(bin, { recursive: true });
    // As `npm install` does.
    symlinkSync(root, path.join(folder, "node_modules/backfence"), "junction");
    symlinkSync(ASTRO, path.join(bin, "astro"));
    symlinkSync(path.join(root, "src/cli/backfence.ts"), path.join(bin, "backfence"));
  });

  // The preview needs a build.
  const order = ["check", "build", "preview"];
  const inOrder = scripts.toSorted(
    (a, b) => order.indexOf(wordsOf(a.line)[2] ?? "") - order.indexOf(wordsOf(b.line)[2] ?? ""),
  );

  test.each(inOrder)("$line", async ({ line, pages }) => {
    const [, , script = "", ...rest] = wordsOf(line);
    rmSync(path.join(folder, "content"), { recursive: true });
    cpSync(path.join(fresh, "content"), path.join(folder, "content"), { recursive: true });
    const isServer = script === "dev" || script === "preview";
    // The lock of a server can remain after it was terminated.
    const own = [...(script === "dev" ? ["--ignore-lock"] : []), "--port", "0"];
    const args =
      isServer && !rest.includes("--port") ? [...(rest.length === 0 ? ["--"] : rest), ...own] : rest;
    const { code, said } = await npmRun(folder, [script, ...args], isServer);
    expect(code, `${pages.join(", ")}: ${said}`).toBe(expectedOf(line));
    if (script === "build") expect(readdirSync(path.join(folder, "dist"))).toContain("index.html");
  });
});

/** Runs a script as npm does. @param isServer ends it once it has printed its URL; the exit code is then 0. */
function npmRun(
  folder: string,
  args: readonly string[],
  isServer: boolean,
): Promise<{ code: number | null; said: string }> {
  const env = commandEnv({
    PATH: `${path.dirname(process.execPath)}:${process.env["PATH"] ?? ""}`,
    NO_COLOR: "1",
  });
  const child = spawn("npm", ["run", ...args], { cwd: folder, env, detached: true });
  let said = "";
  let isUp = false;
  const read = (chunk: Buffer): void => {
    said += chunk.toString("utf8");
    if (!isServer || isUp || !/Local\s+http:\S+/.test(said)) return;
    isUp = true;
    if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
  };
  child.stdout.on("data", read);
  child.stderr.on("data", read);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: isUp ? 0 : code, said }));
  });
}
