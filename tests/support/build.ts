import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

/** A built site and what it was built from. */
export interface BuiltSite {
  /** Temporary folder with `content`, `dist` and `cache`. */
  readonly folder: string;
  readonly contentDir: string;
  readonly outDir: string;
  /** `/` or `/blog/`. */
  readonly base: string;
}

export interface CommandResult {
  readonly status: number | null;
  readonly output: string;
}

/** Runs one of the author's commands as npm does, in a process of its own. */
export function runCli(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const child = spawn(process.execPath, [path.join(root, "src/cli", `${command}.ts`), ...args], {
    cwd: root,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: "1", NODE_ENV: "", VITEST: "", ...env },
  });
  let output = "";
  const add = (chunk: Buffer) => void (output += chunk.toString("utf8"));
  child.stdout.on("data", add);
  child.stderr.on("data", add);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, output }));
  });
}

/** A new folder for a test; below the project's root, since Astro compiles components only there. */
export function temporaryFolder(): string {
  const parent = path.join(root, ".cache/test");
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(path.join(parent, "site-"));
}

/** A temporary site with a copy of the demo blog's content, published at `url` when one is given. */
export function demoSite(options: { readonly url?: string } = {}): BuiltSite {
  const folder = temporaryFolder();
  const contentDir = path.join(folder, "content");
  cpSync(path.join(root, "content"), contentDir, { recursive: true });
  if (options.url !== undefined) {
    const file = path.join(contentDir, "site.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace(/^url:.*$/m, `url: ${options.url}`));
    moveResponses(path.join(contentDir, "responses"), options.url);
  }
  return {
    folder,
    contentDir,
    outDir: path.join(folder, "dist"),
    base: new URL(options.url ?? "http://x/").pathname,
  };
}

/** Authors' own answers name the blog's address: it moves with the blog. */
function moveResponses(folder: string, url: string): void {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".json"))) {
    const file = path.join(folder, name);
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("https://backfence.example/", url));
  }
}

/** Builds a site. @throws Error with the build's output when it fails. */
export async function build(
  site: BuiltSite,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const result = await tryBuild(site, args, env);
  if (result.status !== 0) throw new Error(`The build failed:\n${result.output}`);
  return result.output;
}

/** Builds a site and hands back what it said, whether it succeeded or not. */
export function tryBuild(
  site: BuiltSite,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const folders = [
    "--content",
    site.contentDir,
    "--out",
    site.outDir,
    "--cache",
    path.join(site.folder, "cache"),
  ];
  return runCli("build", [...folders, ...args], env);
}
