/**
 * `npm run package-managers [names]`: makes a blog from the packed package, then runs the commands of its workflow with
 * each package manager, installed from the npm registry. Not part of the tests, which use no network.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import * as z from "zod";

const root = path.resolve(import.meta.dirname, "..");
const place = mkdtempSync(path.join(tmpdir(), "backfence-managers-"));
/** `--with vite@8.3.8` pins a dependency, for when its newest version in the registry can't be installed. */
const { positionals, values } = parseArgs({ allowPositionals: true, options: { with: { type: "string" } } });

/** The npm package that contains each package manager, and the name of its command. */
const MANAGERS: Readonly<Record<string, readonly [spec: string | null, program: string]>> = {
  npm: [null, "npm"],
  pnpm: ["pnpm", "pnpm"],
  yarn: ["yarn", "yarn"],
  "yarn-berry": ["@yarnpkg/cli-dist", "yarn"],
  bun: ["bun", "bun"],
};

const manifestSchema = z.looseObject({ dependencies: z.record(z.string(), z.string()) });

const workflowSchema = z.object({
  jobs: z.record(
    z.string(),
    z.object({ steps: z.array(z.object({ run: z.string().optional() })).default([]) }),
  ),
});

try {
  const names = positionals.length > 0 ? positionals : Object.keys(MANAGERS);
  run([process.execPath, path.join(root, "scripts/package.ts"), "--out", place], root, []);
  const tarball = readdirSync(place).find((name) => name.endsWith(".tgz")) ?? "";
  const failed = names.filter((name) => !works(name, path.join(place, tarball)));
  if (failed.length > 0) process.exitCode = 1;
} finally {
  rmSync(place, { recursive: true, force: true });
}

/** Whether the workflow of a new blog runs with a package manager. */
function works(name: string, tarball: string): boolean {
  const [spec, program] = MANAGERS[name] ?? [name, name];
  const tools = path.join(place, `${name}-tools`);
  const blog = path.join(place, name);
  const bin = [path.join(tools, "node_modules/.bin"), path.dirname(process.execPath)];
  try {
    if (spec !== null) run(["npm", "install", "--prefix", tools, spec], place, []);
    const version = run([program, "--version"], place, bin).trim();
    const answers = ["--yes", "--title", "A blog", "--author", "Ada Example", "--url", "https://me.example/"];
    const init = [path.join(root, "src/cli/backfence.ts"), "init", blog, ...answers, "--backfence", tarball];
    run([process.execPath, ...init], place, bin, { npm_config_user_agent: `${program}/${version}` });
    if (values.with !== undefined) addDependency(blog, values.with);
    // As on the author's machine, which isn't a CI service.
    run([program, "install", ...(name === "yarn-berry" ? [] : ["--ignore-scripts"])], blog, bin, { CI: "" });
    rmSync(path.join(blog, "node_modules"), { recursive: true });
    for (const script of buildScripts(blog)) run(["bash", "-e", "-c", script], blog, bin);
    run([program, "run", "check"], blog, bin);
    // The workflow depends on exit codes; 7 means that the blog has no hub.
    const call = /^ *(\S.*) backfence ping/m.exec(workflowText(blog))?.[1] ?? "";
    run(
      ["bash", "-c", `${call} backfence ping > printed.txt; test $? = 7 && test ! -s printed.txt`],
      blog,
      bin,
    );
    if (!existsSync(path.join(blog, "dist/index.html"))) throw new Error("There is no dist/");
    console.log(`${name} ${version}: works`);
    return true;
  } catch (error) {
    console.log(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

/** Adds a dependency; Yarn applies the version to transitive dependencies only through `resolutions`. */
function addDependency(blog: string, spec: string): void {
  const file = path.join(blog, "package.json");
  const [name = "", version = ""] = spec.split("@");
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  const dependencies = { ...manifest.dependencies, [name]: version };
  writeFileSync(
    file,
    JSON.stringify({ ...manifest, dependencies, resolutions: { [name]: version } }, null, 2),
  );
}

function workflowText(blog: string): string {
  return readFileSync(path.join(blog, ".github/workflows/publish.yml"), "utf8");
}

/** Returns the scripts of the build job, except those that install the package manager itself. */
function buildScripts(blog: string): readonly string[] {
  const { jobs } = workflowSchema.parse(parse(workflowText(blog)));
  const scripts = (jobs["build"]?.steps ?? []).flatMap(({ run: script }) =>
    script === undefined ? [] : [script],
  );
  return scripts.filter((script) => !/^npm install --global |^corepack enable$/.test(script));
}

function run(
  [command = "", ...args]: readonly string[],
  cwd: string,
  bin: readonly string[],
  more: Readonly<Record<string, string>> = {},
): string {
  const PATH = [...bin, process.env["PATH"]].join(path.delimiter);
  // With `npm run -s`, this variable would silence npm in the blog, too.
  const { npm_config_loglevel: _, ...own } = process.env;
  const env = { ...own, PATH, ASTRO_TELEMETRY_DISABLED: "1", CI: "true", ...more };
  const isWindows = process.platform === "win32";
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env,
    encoding: "utf8",
    shell: isWindows,
  });
  if (status !== 0) throw new Error(`${[command, ...args].join(" ")} failed:\n${stdout}${stderr}`);
  return stdout;
}
