/** Runs the scripts of the workflows and `host/publish.sh` as written; only npx, npm and gh are stand-ins. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { tempFolder } from "./support/temp-folder.ts";

const root = path.resolve(import.meta.dirname, "..");
const jobsSchema = z.object({
  jobs: z.record(
    z.string(),
    z.object({ steps: z.array(z.object({ name: z.string().optional(), run: z.string().optional() })) }),
  ),
});

/** Returns the script of a named step. */
function stepOf(workflow: string, name: string): string {
  const text = readFileSync(path.join(root, "templates/workflows", workflow), "utf8");
  const steps = Object.values(jobsSchema.parse(parse(text)).jobs).flatMap((job) => job.steps);
  const run = steps.find((step) => step.name === name)?.run;
  if (run === undefined) throw new Error(`${workflow} has no step "${name}"`);
  return run;
}

let work = "";
let bin = "";
beforeEach(() => {
  work = tempFolder("scripts");
  bin = path.join(work, "bin");
  mkdirSync(bin);
  standIn("gh", "exit 0");
});

function standIn(name: string, script: string): void {
  writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(bin, name), 0o755);
}

/** Runs a script as GitHub does: `bash -e`. */
function bash(script: string, cwd: string, env: Readonly<Record<string, string>> = {}) {
  const git = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@a.example" };
  const own = { ...git, GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@a.example" };
  const { status, stdout, stderr } = spawnSync("bash", ["-e", "-o", "pipefail", "-c", script], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...own, ...env, PATH: `${bin}:${process.env["PATH"] ?? ""}` },
  });
  return { status, out: `${stdout}${stderr}` };
}

/** Creates a bare repository and two clones of its main branch. */
function repositories() {
  const [bare, runner, author] = ["remote.git", "runner", "author"].map((name) => path.join(work, name));
  const script = `git init -q --bare -b main remote.git && git clone -q remote.git author 2>/dev/null && cd author \
    && git checkout -q -b main && mkdir content && echo 1 > content/a && git add . && git commit -qm one \
    && git push -q origin main && cd .. && git clone -q remote.git runner`;
  const made = bash(script, work);
  expect(made.status, made.out).toBe(0);
  return { bare: bare ?? "", runner: runner ?? "", author: author ?? "" };
}

describe("after a deployment", () => {
  const KEEP = "Keep the list of what was sent";

  test("the list of sent notifications is committed, even if the author has pushed meanwhile", () => {
    const { bare, runner, author } = repositories();
    standIn("npx", 'echo "{}" > content/sent.json; echo "##[add-mask]stranger"');
    const sent = bash(stepOf("publish.yml", "Send"), runner);
    expect(sent).toMatchObject({ status: 0, out: "Done.\n" });
    expect(
      bash("echo 2 > content/b && git add . && git commit -qm two && git push -q origin main", author).status,
    ).toBe(0);
    const kept = bash(stepOf("publish.yml", KEEP), runner, { BRANCH: "main" });
    expect(kept.status, kept.out).toBe(0);
    expect(bash("git log --format=%s main", bare).out).toBe("Note what was sent\ntwo\none\n");
    expect(bash("git show --name-only --format= main", bare).out).toBe("content/sent.json\n");
    const again = bash(stepOf("publish.yml", KEEP), runner, { BRANCH: "main" });
    expect(again.status, again.out).toBe(0);
    expect(bash("git rev-list --count main", bare).out).toBe("3\n");
  });

  test.each([
    [0, 0, "Done."],
    [7, 0, "Done."],
    [5, 0, "::warning::"],
    [3, 1, "::error::"],
    [16, 1, "::error::"],
  ])("exit code %i of send ends the step with %i", (code, status, word) => {
    standIn("npx", `echo "::set-output name=x::stranger" >&2; exit ${code}`);
    const step = bash(stepOf("publish.yml", "Send"), work);
    expect(step.status).toBe(status);
    expect(step.out).toContain(word);
    expect(step.out).not.toContain("stranger");
  });

  test("a hub that is down or missing doesn't fail a deployment", () => {
    for (const [code, word] of [
      [7, "Done."],
      [4, "::warning::"],
    ] as const) {
      standIn("npx", `exit ${code}`);
      expect(bash(stepOf("publish.yml", "Notify the hub"), work)).toMatchObject({
        status: 0,
        out: expect.stringContaining(word),
      });
    }
  });

  test("nothing is committed if nothing was sent", () => {
    const { bare, runner } = repositories();
    expect(bash(stepOf("publish.yml", KEEP), runner, { BRANCH: "main" }).status).toBe(0);
    expect(bash("git rev-list --count main", bare).out).toBe("1\n");
  });
});

test("new responses become a branch with a change to review, which the next run continues", () => {
  const { bare, runner } = repositories();
  const pull = (text: string) => {
    standIn(
      "npx",
      `mkdir -p content/responses; echo '${text}' >> content/responses/a.json; echo '##[group]x'; echo "1 new."`,
    );
    const env = { BRANCH: "responses", GITHUB_OUTPUT: path.join(work, "output") };
    for (const name of ["Continue the open change, or begin one", "Pull", "Open or update the change"]) {
      const step = bash(stepOf("pull-responses.yml", name), runner, env);
      expect(step.status, step.out).toBe(0);
      expect(step.out).not.toContain("##[group]");
    }
  };
  standIn("gh", 'case "$1 $2" in "pr list") echo 0;; esac');
  pull("one");
  standIn("gh", 'case "$1 $2" in "pr list") echo 1;; esac');
  expect(bash("git checkout -q main", runner).status).toBe(0);
  pull("two");
  expect(bash("git show responses:content/responses/a.json", bare).out).toBe("one\ntwo\n");
  expect(bash("git rev-list --count main", bare).out).toBe("1\n");
});

test("on Codeberg, the built site becomes the pages branch, and an hourly run without changes publishes nothing", () => {
  const { bare, runner } = repositories();
  const publish = () => {
    const file = "../hosts/codeberg/_forgejo/workflows/publish.yml";
    const step = bash(stepOf(file, "Publish"), runner, { REPOSITORY: bare, PAGES_TOKEN: "secret" });
    expect(step.status, step.out).toBe(0);
    expect(step.out).not.toContain("secret");
    return { out: step.out, commit: bash("git rev-parse pages", bare).out };
  };
  const build = (text: string) => {
    rmSync(path.join(runner, "dist"), { recursive: true, force: true });
    mkdirSync(path.join(runner, "dist"));
    writeFileSync(path.join(runner, "dist/index.html"), text);
  };
  build("one");
  const first = publish();
  expect(bash("git show pages:index.html", bare).out).toBe("one");
  build("one");
  const second = publish();
  expect(second).toEqual({ out: expect.stringContaining("Nothing new.") as string, commit: first.commit });
  build("two");
  publish();
  expect(bash("git show pages:index.html && git rev-list --count pages", bare).out).toBe("two1\n");
});

test.each([
  ["an hour in which no date has come builds nothing", "schedule", "", "No post is due."],
  ["an hour with a date that has come builds", "schedule", "2026-12-01 09:00  The gate", ""],
  ["a push always builds", "push", "", ""],
])("on Codeberg, %s", (_, event, due, said) => {
  const { bare, runner } = repositories();
  const at = "2026-12-01T08:23:00+00:00";
  const pages = `git checkout -q --orphan pages && git commit -qm site --date=${at} && git push -q origin pages && git checkout -q main`;
  expect(bash(pages, runner, { GIT_COMMITTER_DATE: at }).status).toBe(0);
  const drafts = `"--no-install backfence drafts --since 2026-12-01T08:23:00"*`;
  standIn("npx", `case "$*" in ${drafts}) printf '%s' "${due}";; *) exit 9;; esac`);
  const output = path.join(work, "output");
  const file = "../hosts/codeberg/_forgejo/workflows/publish.yml";
  const step = stepOf(file, "Look for posts whose date has come");
  const { status, out } = bash(step, runner, { REPOSITORY: bare, EVENT: event, GITHUB_OUTPUT: output });
  expect([status, out.trim()]).toEqual([0, said]);
  const outputs = readFileSync(output, "utf8");
  expect(outputs).toMatch(/^began=\d{4}-\d\d-\d\dT[\d:]+Z$/m);
  expect(outputs.includes("build=yes")).toBe(said === "");
});

test("publish.sh copies the built site, and removes old files only with rsync", () => {
  const blog = path.join(work, "blog");
  mkdirSync(path.join(blog, "host"), { recursive: true });
  mkdirSync(path.join(blog, "dist/posts"), { recursive: true });
  const script = path.join(blog, "host/publish.sh");
  writeFileSync(script, readFileSync(path.join(root, "templates/hosts/rsync/host/publish.sh"), "utf8"));
  standIn("npm", 'test "$*" = "run build"');
  standIn("npx", 'test "$*" = "--no-install backfence host --built"');
  const target = path.join(work, "www");
  mkdirSync(target);
  const site = { "dist/index.html": "home", "dist/posts/a.css": "a{}", "dist/.htaccess": "x" };
  for (const [file, text] of Object.entries(site)) writeFileSync(path.join(blog, file), text);
  const run = () => bash(`sh ${script}`, work, { PUBLISH_TO: target });
  expect(run()).toEqual({ status: 0, out: "" });
  expect(readFileSync(path.join(target, "index.html"), "utf8")).toBe("home");
  expect(existsSync(path.join(target, ".htaccess"))).toBe(true);
  rmSync(path.join(blog, "dist/posts/a.css"));
  writeFileSync(path.join(blog, "dist/index.html"), "gone");
  expect(run().status).toBe(0);
  expect(readFileSync(path.join(target, "index.html"), "utf8")).toBe("gone");
  expect(existsSync(path.join(target, "posts/a.css"))).toBe(false);
  writeFileSync(path.join(blog, "dist/index.html"), "later");
  const last = readFileSync(path.join(blog, ".cache/published"), "utf8").trim();
  const due = (posts: string, code = 0) => {
    const drafts = `--no-install backfence drafts --since ${last}`;
    standIn("npx", `if [ "$*" = "${drafts}" ]; then printf '%s' "${posts}"; exit ${code}; fi`);
    return { ...bash(`sh ${script}`, work, { PUBLISH_TO: target, PUBLISH_IF: "due" }), page: page() };
  };
  const page = () => readFileSync(path.join(target, "index.html"), "utf8");
  expect(due("")).toEqual({ status: 0, out: "", page: "gone" });
  expect(due("", 3)).toEqual({ status: 3, out: "", page: "gone" });
  expect(due("2026-12-01 09:00  The gate")).toEqual({ status: 0, out: "", page: "later" });
  standIn("npx", 'test "$*" = "--no-install backfence host --built"');
  const without = bash(`sh ${script}`, work, { PUBLISH_TO: "" });
  expect(without.status).not.toBe(0);
  expect(without.out).toContain("PUBLISH_TO=me@server:/var/www/blog");
  standIn("sftp", 'cat > "$(dirname "$0")/batch"; echo "$@" >> "$(dirname "$0")/batch"');
  expect(bash(`sh ${script}`, work, { PUBLISH_TO: "me@server:/var/www/b", PUBLISH_BY: "sftp" }).status).toBe(
    0,
  );
  expect(readFileSync(path.join(bin, "batch"), "utf8")).toBe('put -r dist/. "/var/www/b"\n-b - me@server\n');
});
