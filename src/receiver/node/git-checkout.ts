/** Content store on a git checkout of the blog on this machine. */
import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { lstat, mkdir, readdir, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import {
  assertContentPath,
  ConflictError,
  ContentStoreError,
  type ContentFile,
  type ContentStore,
  type FileChange,
} from "../content/content-store.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import type { MicropubOptions } from "../options.ts";

const run = promisify(execFile);

const GIT_TIMEOUT_MS = 60_000;
const LOCK_TRIES = 10;
const LOCK_WAIT_MS = 200;

export interface CheckoutOptions {
  /** The content folder, absolute. */
  readonly contentDir: string;
  readonly identity: MicropubOptions["identity"];
  readonly isPushed: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: (line: string) => void;
  /** Called after each commit, before it's pushed, and after pulling other commits. */
  readonly onCommit: () => void;
}

/** Whether a folder is inside a git work tree. */
export function isCheckout(folder: string, env: CheckoutOptions["env"]): boolean {
  if (!existsSync(folder)) return false;
  const { status } = spawnSync("git", ["rev-parse", "--is-inside-work-tree"], {
    cwd: folder,
    env,
    timeout: 5000,
  });
  return status === 0;
}

/** Creates the store. Commits are serialized, since git has a single index. */
export function gitCheckout(options: CheckoutOptions): ContentStore {
  const { contentDir } = options;
  const inTurn = oneAtATime();
  return {
    read: (file) => readFileOf(contentDir, assertContentPath(file, false)),
    list: async (folder) => {
      const absolute = path.join(contentDir, assertContentPath(`${folder}/x`, false), "..");
      if (!existsSync(absolute)) return [];
      const entries = await readdir(absolute, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => slashed(path.relative(contentDir, path.join(entry.parentPath, entry.name))));
    },
    commit: (changes, message) => inTurn(() => commit(changes, message, options)),
  };
}

async function commit(
  changes: readonly FileChange[],
  message: string,
  options: CheckoutOptions,
): Promise<void> {
  const { contentDir, isPushed, log, onCommit } = options;
  const before: (ContentFile | null)[] = [];
  for (const { path: file, replaces } of changes) {
    const current = await readFileOf(contentDir, assertContentPath(file, true));
    if ((current?.version ?? null) !== replaces) throw new ConflictError(`${file} changed meanwhile`);
    before.push(current);
  }
  const changed = changes.filter(({ bytes }, at) => before[at]?.version !== versionOf(bytes));
  if (changed.length === 0) return;
  const files = changed.map(({ path: file }) => file);
  try {
    for (const { path: file, bytes } of changed) await writeInside(contentDir, file, bytes);
    await git(["add", "--", ...files], options);
    await git(["commit", "--quiet", "--message", message, "--", ...files], options);
  } catch (error) {
    await putBack(changes, before, options);
    throw error;
  }
  // Before pushing, since a local build doesn't depend on the push.
  onCommit();
  if (isPushed)
    await push(options).catch((error: unknown) => log(`The commit isn't pushed: ${messageOf(error)}`));
}

/** Pushes, if necessary after rebasing onto new remote commits. If that fails, the commit stays local. */
async function push(options: CheckoutOptions): Promise<void> {
  try {
    await git(["push", "--quiet"], options);
  } catch (error) {
    if (!(error instanceof ContentStoreError)) throw error;
    await git(["pull", "--rebase", "--autostash", "--quiet"], options);
    options.onCommit();
    await git(["push", "--quiet"], options);
  }
}

async function putBack(
  changes: readonly FileChange[],
  before: readonly (ContentFile | null)[],
  options: CheckoutOptions,
): Promise<void> {
  for (const [at, { path: file }] of changes.entries()) {
    const old = before[at];
    if (old === null || old === undefined) await rm(path.join(options.contentDir, file), { force: true });
    else await writeInside(options.contentDir, file, old.bytes);
  }
  const files = changes.map(({ path: file }) => file);
  await git(["reset", "--quiet", "--", ...files], options).catch(() => undefined);
}

/** Runs git, with retries while another program holds the index lock. @throws ContentStoreError */
async function git(args: readonly string[], options: CheckoutOptions): Promise<void> {
  const { contentDir, identity, env } = options;
  const who =
    identity === null ? [] : ["-c", `user.name=${identity.name}`, "-c", `user.email=${identity.email}`];
  for (let left = LOCK_TRIES; ; left--) {
    try {
      await run("git", [...who, ...args], {
        cwd: contentDir,
        env: { ...env, GIT_TERMINAL_PROMPT: "0" },
        timeout: GIT_TIMEOUT_MS,
      });
      return;
    } catch (error) {
      const isLocked = messageOf(error).includes("index.lock");
      if (!isLocked || left === 0) throw new ContentStoreError(messageOf(error), { cause: error });
      await new Promise((resolve) => setTimeout(resolve, LOCK_WAIT_MS));
    }
  }
}

async function readFileOf(contentDir: string, file: string): Promise<ContentFile | null> {
  const absolute = await insideOf(contentDir, file);
  if (!existsSync(absolute)) return null;
  const bytes = await readFile(absolute);
  return { path: file, bytes, version: versionOf(bytes) };
}

async function writeInside(contentDir: string, file: string, bytes: Uint8Array): Promise<void> {
  const absolute = await insideOf(contentDir, file);
  await mkdir(path.dirname(absolute), { recursive: true });
  // Write atomically, so that a concurrent build never reads half a file. Names with a leading dot aren't content.
  const draft = path.join(path.dirname(absolute), `.${path.basename(absolute)}.new`);
  await writeFile(draft, bytes);
  await rename(draft, absolute);
}

/** Absolute path of a file. @throws ContentStoreError when a symbolic link leads elsewhere, or the file is one. */
async function insideOf(contentDir: string, file: string): Promise<string> {
  const absolute = path.join(contentDir, file);
  let nearest = absolute;
  while (!existsSync(nearest) && nearest !== contentDir) nearest = path.dirname(nearest);
  const root = await realpath(contentDir);
  const real = await realpath(nearest);
  const isInside = real === root || real.startsWith(root + path.sep);
  const isLink = existsSync(absolute) && (await lstat(absolute)).isSymbolicLink();
  if (!isInside || isLink) throw new ContentStoreError(`A link leads out of the content folder: ${file}`);
  return absolute;
}

function versionOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function slashed(file: string): string {
  return file.split(path.sep).join("/");
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  const output = "stderr" in error && typeof error.stderr === "string" ? error.stderr.trim() : "";
  return output === "" ? error.message : output;
}
