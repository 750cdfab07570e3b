/** A new blog in a git repository, and its packages for a CI runner without a registry. */
import { execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ASTRO, root, runNode } from "./build.ts";

const GIT = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@a.example",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@a.example",
};

/** Runs git with a separate configuration. @returns its output. */
export function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync("git", args, { cwd, encoding: "utf8", env: { ...process.env, ...GIT } });
}

/** Writes an executable script into `bin`, a folder to put first in PATH. */
export function standIn(bin: string, name: string, script: string): void {
  mkdirSync(bin, { recursive: true });
  writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(bin, name), 0o755);
}

/** Installs a wrapper for npm whose `ci` links this repository's packages; other commands run npm. */
export function standInPackages(bin: string): void {
  const npm = execFileSync("sh", ["-c", "command -v npm"], { encoding: "utf8" }).trim();
  const script = [
    'test "$1" = ci || exec "' + npm + '" "$@"',
    'case "$*" in *--ignore-scripts*) ;; *) exit 9;; esac',
    "test -f package-lock.json || exit 8",
    "mkdir -p node_modules/.bin",
    `ln -sfn "${root}" node_modules/backfence`,
    `ln -sfn "${ASTRO}" node_modules/.bin/astro`,
    `ln -sfn "${root}/src/cli/backfence.ts" node_modules/.bin/backfence`,
  ];
  standIn(bin, "npm", script.join("\n"));
}

/** Returns the environment of a CI runner. */
export function runnerEnv(bin: string): Record<string, string> {
  return { ...GIT, PATH: `${bin}:${path.dirname(process.execPath)}:${process.env["PATH"] ?? ""}` };
}

/**
 * Creates a blog with `backfence init`, without social images, with a lock file as from `npm install`.
 * @param more arguments of `init`.
 */
export async function newBlog(folder: string, ...more: readonly string[]): Promise<void> {
  const answers = ["--yes", "--title", "My blog", "--author", "Ada", "--url", "https://me.example/"];
  const init = [path.join(root, "src/cli/backfence.ts"), "init", path.basename(folder), ...answers, ...more];
  const env = { npm_config_user_agent: "npm/11.19.1" };
  const made = await runNode(init, { cwd: path.dirname(folder), env });
  if (made.status !== 0) throw new Error(made.output);
  appendFileSync(path.join(folder, "content/site.yaml"), "\nsocialPictures: false\n");
  writeFileSync(path.join(folder, "package-lock.json"), "{}\n");
}

/** Commits everything in a folder as `main` and pushes it to a new bare repository. */
export function pushNew(folder: string, bare: string): void {
  git(bare, "init", "-q", "--bare", "-b", "main");
  git(folder, "init", "-q", "-b", "main");
  git(folder, "add", ".");
  git(folder, "commit", "-qm", "Begin");
  git(folder, "remote", "add", "origin", bare);
  git(folder, "push", "-q", "origin", "main");
}
