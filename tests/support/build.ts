import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

/** A built site and its source. */
export interface BuiltSite {
  /** Temporary Astro project with `content`, `dist` and `cache`. */
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

/** Runs a script in a separate process. */
export function runNode(
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<CommandResult> {
  return resultOf(spawn(process.execPath, args, { cwd, env: commandEnv(env) }));
}

/** Resolves to the exit code and output of a process when it has ended. */
export function resultOf(child: ChildProcessWithoutNullStreams): Promise<CommandResult> {
  let output = "";
  const add = (chunk: Buffer) => void (output += chunk.toString("utf8"));
  child.stdout.on("data", add);
  child.stderr.on("data", add);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, output }));
  });
}

/** Parent of test sites: inside the project's root, because Astro compiles components only there. */
export const testFolders = path.join(root, ".cache/test");

/** Creates a folder for a site; the caller removes it. Tests use `tempSiteFolder`. */
export function temporaryFolder(): string {
  mkdirSync(testFolders, { recursive: true });
  return mkdtempSync(path.join(testFolders, "site-"));
}

/** Creates a temporary site with a copy of the demo blog's content. @param options.url replaces the blog's URL. */
export function demoSite(options: { readonly url?: string; readonly folder?: string } = {}): BuiltSite {
  const folder = options.folder ?? temporaryFolder();
  const contentDir = path.join(folder, "content");
  cpSync(path.join(root, "content"), contentDir, { recursive: true });
  copyDocumentation(folder);
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

/** Copies the docs, which custom pages of the demo blog show below `/docs/`. */
function copyDocumentation(folder: string): void {
  const pages = path.join(folder, "src/pages/docs");
  for (const part of ["docs", "src/pages/docs"])
    cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  for (const name of readdirSync(pages)) {
    const file = path.join(pages, name);
    const text = readFileSync(file, "utf8");
    // Point imports of the package to this repository's source.
    writeFileSync(file, text.replaceAll('"backfence/', `"${path.join(root, "src")}/`));
  }
}

const keep = { recursive: true, preserveTimestamps: true, verbatimSymlinks: true };

/** Copies the caches of one site to another. */
export function copyCache(from: BuiltSite, to: BuiltSite): void {
  cpSync(path.join(from.folder, "cache"), path.join(to.folder, "cache"), keep);
}

/** Copies a built site's content, output and cache to another folder. */
export function copySite(site: BuiltSite, folder: string): BuiltSite {
  for (const part of ["content", "dist", "cache", "docs", "src"].filter((name) =>
    existsSync(path.join(site.folder, name)),
  ))
    cpSync(path.join(site.folder, part), path.join(folder, part), keep);
  return { ...site, folder, contentDir: path.join(folder, "content"), outDir: path.join(folder, "dist") };
}

/** Replaces the blog's URL in the authors' own replies. */
function moveResponses(folder: string, url: string): void {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".json"))) {
    const file = path.join(folder, name);
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("https://backfence.example/", url));
  }
}

/** Astro configuration of a test's project, controlled by environment variables. */
const CONFIG = `import { defineConfig } from "astro/config";
import backfence from "${path.join(root, "src/index.ts")}";

const { TEST_NOW: now, TEST_KILL_AT: last } = process.env;
const onStep = (step) => step === last && process.kill(process.pid, "SIGKILL");

export default defineConfig({
  cacheDir: "./cache",
  integrations: [backfence({ ...(now === undefined ? {} : { now }), onStep })],
});
`;

/** Turns a folder with `content/` into an Astro project, unless it is one. */
export function writeProject(folder: string): void {
  const files = { "astro.config.mjs": CONFIG, "package.json": '{ "type": "module", "private": true }\n' };
  for (const [name, text] of Object.entries(files))
    if (!existsSync(path.join(folder, name))) writeFileSync(path.join(folder, name), text);
}

/** Returns the environment of a command, without Vitest's variables, which Astro would read. */
export function commandEnv(env: Readonly<Record<string, string>> = {}): Record<string, string | undefined> {
  return {
    ...process.env,
    ASTRO_TELEMETRY_DISABLED: "1",
    ASTRO_DEV_BACKGROUND: "0",
    ASTRO_PREVIEW_BACKGROUND: "0",
    NODE_ENV: undefined,
    VITEST: undefined,
    ...env,
  };
}

/** Path of Astro's CLI. */
export const ASTRO = path.join(root, "node_modules/astro/bin/astro.mjs");

/** Builds a site with `astro build`. @throws Error with the build's output when it fails. */
export async function build(
  site: Pick<BuiltSite, "folder">,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const result = await tryBuild(site, args, env);
  if (result.status !== 0) throw new Error(`The build failed:\n${result.output}`);
  return result.output;
}

/** Builds a site and returns exit code and output, whether it succeeded or not. */
export function tryBuild(
  site: Pick<BuiltSite, "folder">,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  writeProject(site.folder);
  return runNode([ASTRO, "build", ...args], { cwd: site.folder, env });
}
