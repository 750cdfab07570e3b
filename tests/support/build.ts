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

/** A built site and what it was built from. */
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

/** Runs a script in a process of its own. */
export function runNode(
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<CommandResult> {
  return resultOf(spawn(process.execPath, args, { cwd, env: commandEnv(env) }));
}

/** Status and output of a process, once it has ended. */
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

/** Where tests make sites: below the project's root, since Astro compiles components only there. */
export const testFolders = path.join(root, ".cache/test");

/** A new folder for a site; who asks for it removes it. A test asks `tempSiteFolder`. */
export function temporaryFolder(): string {
  mkdirSync(testFolders, { recursive: true });
  return mkdtempSync(path.join(testFolders, "site-"));
}

/** A temporary site with a copy of the demo blog's content, published at `url` when one is given. */
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

/** The documentation, which the demo blog shows below `/docs/` by pages of its own. */
function copyDocumentation(folder: string): void {
  const pages = path.join(folder, "src/pages/docs");
  for (const part of ["docs", "src/pages/docs"])
    cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  for (const name of readdirSync(pages)) {
    const file = path.join(pages, name);
    const text = readFileSync(file, "utf8");
    // Imports of the package name the source of this repository.
    writeFileSync(file, text.replaceAll('"backfence/', `"${path.join(root, "src")}/`));
  }
}

const keep = { recursive: true, preserveTimestamps: true, verbatimSymlinks: true };

/** Begins a site with what another's builds keep between them. */
export function copyCache(from: BuiltSite, to: BuiltSite): void {
  cpSync(path.join(from.folder, "cache"), path.join(to.folder, "cache"), keep);
}

/** A built site's content, output and cache once more, in another folder. */
export function copySite(site: BuiltSite, folder: string): BuiltSite {
  for (const part of ["content", "dist", "cache", "docs", "src"].filter((name) =>
    existsSync(path.join(site.folder, name)),
  ))
    cpSync(path.join(site.folder, part), path.join(folder, part), keep);
  return { ...site, folder, contentDir: path.join(folder, "content"), outDir: path.join(folder, "dist") };
}

/** Authors' own answers name the blog's address: it moves with the blog. */
function moveResponses(folder: string, url: string): void {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".json"))) {
    const file = path.join(folder, name);
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("https://backfence.example/", url));
  }
}

/** Astro's configuration of a test's project; the environment decides the rest. */
const CONFIG = `import { defineConfig } from "astro/config";
import backfence from "${path.join(root, "src/index.ts")}";

const { TEST_NOW: now, TEST_KILL_AT: last } = process.env;
const onStep = (step) => step === last && process.kill(process.pid, "SIGKILL");

export default defineConfig({
  cacheDir: "./cache",
  integrations: [backfence({ ...(now === undefined ? {} : { now }), onStep })],
});
`;

/** Makes a folder with `content/` an Astro project, unless it is one. */
export function writeProject(folder: string): void {
  const files = { "astro.config.mjs": CONFIG, "package.json": '{ "type": "module", "private": true }\n' };
  for (const [name, text] of Object.entries(files))
    if (!existsSync(path.join(folder, name))) writeFileSync(path.join(folder, name), text);
}

/** The environment of a command: none of vitest's variables, which Astro reads. */
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

/** Astro's command line. */
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

/** Builds a site and returns what was printed, whether it succeeded or not. */
export function tryBuild(
  site: Pick<BuiltSite, "folder">,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  writeProject(site.folder);
  return runNode([ASTRO, "build", ...args], { cwd: site.folder, env });
}
