/**
 * Runs the workflows of a blog made with `backfence init` from the files in its git repository: a scheduled post is
 * published when its date has come, and new responses become a change to review. Only `npm ci` and `gh` are stand-ins.
 */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { git, newBlog, pushNew, runnerEnv, standIn, standInPackages } from "./support/blog-repository.ts";
import { commandEnv } from "./support/build.ts";
import { startServer } from "./support/http-server.ts";
import { tempFolder, tempSiteFolder } from "./support/temp-folder.ts";
import { isRun, readWorkflow, runJob, type JobResult } from "./support/workflow-runner.ts";

const machine = tempSiteFolder();
const author = path.join(machine, "author");
const runner = path.join(machine, "runner");
const bin = path.join(machine, "bin");
const clock = path.join(machine, "clock.mjs");
const bare = tempFolder("remote");
const work = tempFolder("runner");

/** Sets the clock of Node programs to the time in TEST_CLOCK. */
const CLOCK = `const Real = Date;
const offset = Real.parse(process.env.TEST_CLOCK) - Real.now();
globalThis.Date = class Date extends Real {
  constructor(...args) {
    if (args.length === 0) super(Real.now() + offset);
    else super(...args);
  }
  static now() {
    return Real.now() + offset;
  }
};
`;

const SCHEDULED = `---
title: The gate opens
date: 2026-12-01T09:00:00Z
---

Words about the quincetree.
`;

beforeAll(async () => {
  writeFileSync(clock, CLOCK);
  standInPackages(bin);
  await newBlog(author, "--respond", "webmention");
  writeFileSync(path.join(author, "content/posts/gate.md"), SCHEDULED);
  pushNew(author, bare);
});

/** Clones the repository and restores the results of earlier builds, like the workflow's cache. */
function checkOut(): void {
  const kept = path.join(machine, "kept");
  const parts = [".cache", "dist", "node_modules/.astro"];
  rmSync(kept, { recursive: true, force: true });
  for (const part of parts)
    if (existsSync(path.join(runner, part)))
      cpSync(path.join(runner, part), path.join(kept, part), { recursive: true, preserveTimestamps: true });
  rmSync(runner, { recursive: true, force: true });
  git(machine, "clone", "-q", bare, "runner");
  if (existsSync(kept)) cpSync(kept, runner, { recursive: true, preserveTimestamps: true });
}

/** Runs a job of one of the repository's workflows at a given time. */
function job(
  file: string,
  name: string,
  { at, ...more }: { readonly at: string; readonly [key: string]: string },
): Promise<JobResult> {
  const values = { "github.token": "gh-token", "secrets.WEBMENTION_TOKEN": "wm-token" };
  const env = commandEnv({
    ...runnerEnv(bin),
    NODE_OPTIONS: `--import=file://${clock}`,
    TEST_CLOCK: at,
    CI: "true",
    ...more,
  });
  return runJob(readWorkflow(path.join(runner, ".github/workflows", file)), name, {
    cwd: runner,
    env,
    values,
    work,
  });
}

/** Returns files of the site that mention the scheduled post. */
function filesWithPost(): readonly string[] {
  const dist = path.join(runner, "dist");
  return readdirSync(dist, { recursive: true, encoding: "utf8" }).filter(
    (file) =>
      /\.(?:html|xml|json|txt)$/.test(file) &&
      readFileSync(path.join(dist, file), "utf8").includes("The gate opens"),
  );
}

test("a scheduled post isn't in the site before its time, and only the hourly run after it publishes the post", async () => {
  const schedule = path.join(author, ".github/workflows/scheduled-publish.yml");
  const due = async (at: string, last: string) => {
    standIn(bin, "gh", `test "$1 $2" = "run list" && echo "${last}"`);
    const { outputs, log } = await job("scheduled-publish.yml", "due", { at });
    expect(log).not.toContain("gate");
    return isRun(readWorkflow(schedule), "publish", { due: outputs });
  };
  checkOut();
  const first = await job("publish.yml", "build", { at: "2026-12-01T07:10:00Z" });
  expect(first.log).toContain("2026-12-01");
  expect(filesWithPost()).toEqual([]);
  expect(existsSync(path.join(runner, "dist/index.html"))).toBe(true);

  checkOut();
  expect(await due("2026-12-01T08:23:00Z", "2026-12-01T07:23:00Z")).toBe(false);
  expect(await due("2026-12-01T09:23:00Z", "2026-12-01T08:23:00Z")).toBe(true);
  expect(readWorkflow(schedule).jobs["publish"]?.uses).toBe("./.github/workflows/publish.yml");
  await job("publish.yml", "build", { at: "2026-12-01T09:24:00Z" });
  expect(filesWithPost()).toEqual(
    expect.arrayContaining(["index.html", "rss.xml", "feed.json", "posts/gate/index.html"]),
  );

  checkOut();
  expect(await due("2026-12-01T10:23:00Z", "2026-12-01T09:23:00Z")).toBe(false);
  // Without information about earlier runs, it builds to be safe.
  expect(await due("2026-12-01T10:23:00Z", "")).toBe(true);
}, 600_000);

test("new responses become a branch with a diff to review, and their content isn't in the log", async () => {
  const mention = {
    ...{ type: "entry", "wm-id": 1901, url: "https://neighbour.example/1" },
    author: { type: "card", name: "Mallory ##[group]", photo: "", url: "https://neighbour.example/" },
    content: { text: "I saw it from my window." },
    ...{ published: "2026-11-30T10:00:00Z", "wm-received": "2026-11-30T10:00:00Z" },
    ...{ "wm-source": "https://neighbour.example/1", "wm-target": "https://me.example/posts/hello/" },
    ...{ "wm-protocol": "webmention", "wm-property": "in-reply-to", "wm-private": false },
  };
  await using service = await startServer(({ url }, response) => {
    const { pathname, searchParams } = new URL(url, "http://x");
    if (!pathname.endsWith("/mentions.jf2")) return void response.writeHead(404).end("{}");
    const isNew =
      Number(searchParams.get("since_id") ?? 0) < 1901 && Number(searchParams.get("page") ?? 0) === 0;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ type: "feed", name: "Webmentions", children: isNew ? [mention] : [] }));
  });
  const settings = path.join(author, "content/site.yaml");
  const text = readFileSync(settings, "utf8").replace("https://webmention.io/api/", `${service.origin}/api/`);
  writeFileSync(settings, text);
  git(author, "commit", "-qam", "Another service");
  git(author, "push", "-q", "origin", "main");
  const pull = async (open: string) => {
    checkOut();
    const calls = path.join(work, "calls");
    standIn(bin, "gh", `echo "$*" >> "${calls}"; case "$1 $2" in "pr list") echo ${open};; esac`);
    const { log } = await job("pull-responses.yml", "pull", {
      at: "2026-12-02T05:17:00Z",
      BACKFENCE_ALLOW_LOOPBACK: "1",
    });
    expect(log).not.toMatch(/Mallory|window|##\[|gh-token|wm-token/);
    return { log, calls: readFileSync(calls, "utf8") };
  };
  const { log, calls } = await pull("0");
  expect(log).toContain("1 new");
  expect(calls).toContain("pr create --head responses --title Responses to review");
  expect(service.seen.some(({ url }) => url.includes("token=wm-token"))).toBe(true);
  expect(git(bare, "diff", "--name-only", "main", "responses").trim().split("\n")).toEqual(
    expect.arrayContaining(["content/responses/hello.json"]),
  );
  expect(git(bare, "diff", "main", "responses", "--", "content/responses/hello.json")).toContain(
    '+        "text": "I saw it from my window."',
  );
  expect(git(bare, "log", "--format=%s", "main")).toBe("Another service\nBegin\n");
  const before = git(bare, "rev-parse", "responses");
  expect((await pull("1")).log).toContain("Nothing to review.");
  expect(git(bare, "rev-parse", "responses")).toBe(before);

  // The author approves it on the branch and merges; the next build shows it.
  git(author, "fetch", "-q", "origin", "responses");
  git(author, "merge", "-q", "--no-edit", "FETCH_HEAD");
  const file = path.join(author, "content/responses/hello.json");
  writeFileSync(file, readFileSync(file, "utf8").replace('"status": "pending"', '"status": "approved"'));
  git(author, "commit", "-qam", "Approve");
  git(author, "push", "-q", "origin", "main");
  checkOut();
  await job("publish.yml", "build", { at: "2026-12-02T06:00:00Z" });
  expect(readFileSync(path.join(runner, "dist/posts/hello/index.html"), "utf8")).toContain(
    "I saw it from my window.",
  );
}, 600_000);
