/** What happens to a build (killed, two at once, a damaged cache) never shows in what readers get. */
import { spawn, type ChildProcess } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { takeBuildLock } from "../../src/build/build-lock.ts";
import { root, tryBuild, type BuiltSite } from "../support/build.ts";
import { firstState, writeBlog, type BlogState } from "../support/changing-blog.ts";
import { differences } from "../support/same-files.ts";
import { tempFolder } from "../support/temp-folder.ts";

const folder = tempFolder("trouble");
const blog = path.join(folder, "blog");
const state: BlogState = { ...firstState(), now: "2030-01-01T00:00:00Z" };

/** A place for a build of the blog: its own output and cache. */
function place(name: string): BuiltSite {
  const own = path.join(folder, name);
  return { folder: own, contentDir: path.join(blog, "content"), outDir: path.join(own, "dist"), base: "/" };
}

const dates = ["--public", path.join(blog, "public"), "--now", state.now];

/** Builds, and hands back what was said. */
async function build(site: BuiltSite, ...args: readonly string[]): Promise<string> {
  const { status, output } = await tryBuild(site, [...dates, ...args]);
  expect(output.replace(/^Built[^]*/, ""), output).not.toContain("Error");
  expect(status, output).toBe(0);
  return output;
}

const settled = place("settled");

/** A fresh place that begins with the cache and output of the settled build. */
function copyOfSettled(name: string): BuiltSite {
  const copy = place(name);
  rmSync(copy.folder, { recursive: true, force: true });
  cpSync(settled.folder, copy.folder, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  return copy;
}

/** The blog as it is, built with nothing but the bundled engine to begin with, once for all tests that leave it so. */
async function cleanBuild(): Promise<BuiltSite> {
  const site = place(`clean-${state.siteTitle}`);
  if (existsSync(site.outDir)) return site;
  for (const engine of ["engine", "module-engine"]) {
    const kept = path.join(settled.folder, "cache/build", engine);
    cpSync(kept, path.join(site.folder, "cache/build", engine), { recursive: true, verbatimSymlinks: true });
  }
  await build(site);
  return site;
}

beforeAll(async () => {
  await writeBlog(blog, state);
  await build(settled);
}, 300_000);

/** Changes the title of the blog and with it every page. */
async function retitle(title: string): Promise<void> {
  state.siteTitle = title;
  await writeBlog(blog, state);
}

function startBuild(site: BuiltSite, stdio: "ignore" | "pipe" = "ignore"): ChildProcess {
  const { contentDir, outDir } = site;
  const folders = ["--content", contentDir, "--out", outDir, "--cache", path.join(site.folder, "cache")];
  const args = [path.join(root, "src/cli/build.ts"), ...folders, ...dates];
  return spawn(process.execPath, args, {
    cwd: root,
    stdio,
    env: { ...process.env, NODE_ENV: "", VITEST: "" },
  });
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once("exit", resolve));
}

/** Resolves when a build has said that it waits for another one; rejects when it ends without. */
function toldToWait({ stdout }: ChildProcess): Promise<void> {
  let said = "";
  return new Promise((resolve, reject) => {
    stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("waiting for it to end")) resolve();
    });
    stdout?.once("end", () => reject(new Error(`This build waited for nobody: ${said}`)));
  });
}

describe("a build that was killed", () => {
  test("leaves nothing that the next one would trust", async () => {
    const site = copyOfSettled("killed");
    const start = performance.now();
    await retitle("Timed");
    await build(site);
    const whole = performance.now() - start;
    for (let round = 0; round < 8; round += 1) {
      await retitle(`Killed ${round}`);
      const child = startBuild(site);
      const exit = ended(child);
      await Promise.race([exit, pause(whole * (0.3 + 0.09 * round))]);
      child.kill("SIGKILL");
      await exit;
    }
    await build(site);
    expect(differences(site.outDir, (await cleanBuild()).outDir)).toEqual([]);
  }, 300_000);

  test("loses the output folder at most until the next build", async () => {
    const site = copyOfSettled("halfway");
    const tree = path.join(site.folder, "cache/build/site");
    cpSync(site.outDir, `${tree}.retired`, { recursive: true });
    rmSync(site.outDir, { recursive: true });
    await build(site);
    expect(differences(site.outDir, (await cleanBuild()).outDir)).toEqual([]);
  }, 120_000);
});

describe("a mistake in a post's own component", () => {
  test.each([
    {
      code: '---\nthrow new Error("no fish today");\n---\n',
      told: /content\/posts\/post-8\/index\.mdx[^]*own code failed: no fish today/,
    },
    {
      code: "---\nconst a = ;\n---\n<p>hi</p>\n",
      told: /content\/posts\/post-8\/own\.astro:2[^]*can't be compiled: Unexpected token/,
    },
    {
      code: '---\nimport a from "./gone.ts";\n---\n<p>{a}</p>\n',
      told: /content\/posts\/post-8\/own\.astro:2[^]*a file that isn't there: \.\/gone\.ts/,
    },
    {
      code: '---\nimport { gone } from "./part.ts";\n---\n<p>{gone}</p>\n',
      part: "export const here = 1;\n",
      told: /content\/posts\/post-8\/own\.astro:2[^]*compiled: "gone" is not exported by "content\/posts\/post-8\/part\.ts"/,
    },
    {
      code: '---\nimport { here } from "./part.ts";\n---\n<p>{here}</p>\n',
      part: "export const here: = 1;\n",
      told: /content\/posts\/post-8\/part\.ts:1[^]*compiled: Unexpected token/,
    },
  ])(
    "is told with its file, and the site stays as it was: $code",
    async ({ code, part, told }: { code: string; part?: string; told: RegExp }) => {
      const component = path.join(blog, "content/posts/post-8/own.astro");
      const beside = path.join(path.dirname(component), "part.ts");
      const site = copyOfSettled("mistaken");
      const before = readFileSync(path.join(site.outDir, "index.html"), "utf8");
      const right = readFileSync(component, "utf8");
      await retitle("Mistaken");
      writeFileSync(component, code);
      if (part !== undefined) writeFileSync(beside, part);
      const { status, output } = await tryBuild(site, dates).finally(() => {
        writeFileSync(component, right);
        rmSync(beside, { force: true });
      });
      expect(status).not.toBe(0);
      expect(output).toMatch(told);
      expect(output).not.toContain(" at ");
      expect(readFileSync(path.join(site.outDir, "index.html"), "utf8")).toBe(before);
      expect(await build(site)).not.toContain("Threw away");
      expect(differences(site.outDir, (await cleanBuild()).outDir)).toEqual([]);
    },
    120_000,
  );
});

test("two builds at once take turns, and both are right", async () => {
  const site = copyOfSettled("twins");
  await retitle("Twins");
  const release = await takeBuildLock(path.join(site.folder, "cache"), () => {});
  const builds = [startBuild(site, "pipe"), startBuild(site, "pipe")];
  const exits = builds.map(ended);
  await Promise.all(builds.map(toldToWait)).finally(release);
  expect(await Promise.all(exits)).toEqual([0, 0]);
  expect(differences(site.outDir, (await cleanBuild()).outDir)).toEqual([]);
}, 120_000);

describe("a damaged cache is thrown away with a word", () => {
  const kinds = [
    ["flipped", (file: string) => flipByte(file)],
    ["cut off", (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2))],
    ["emptied", (file: string) => truncateSync(file)],
    ["overwritten", (file: string) => writeFileSync(file, '{"not": JSON')],
  ] as const;

  test.each(kinds)(
    "when each of its files is %s",
    async (kind, damage) => {
      const site = copyOfSettled(`damage-${kind}`);
      const files = filesOf(path.join(site.folder, "cache"));
      expect(files.length).toBeGreaterThan(50);
      files.filter((file) => !file.endsWith("build.lock")).forEach(damage);
      const said = await build(site);
      expect(said).toContain("Threw away a damaged");
      expect(differences(site.outDir, (await cleanBuild()).outDir)).toEqual([]);
    },
    120_000,
  );

  const parts = ["bodies", "content", "pictures", "engine", "module-engine", "site.json", "site"];
  test.each(parts)(
    "when only this part of it is: %s",
    async (part) => {
      const site = copyOfSettled(`part-${part}`);
      filesOf(path.join(site.folder, "cache/build", part)).forEach(flipByte);
      // Other pages than the last time, so that all that is stored is asked for.
      await retitle("Damaged");
      const said = await build(site);
      if (part !== "pictures") expect(said).toContain("Threw away");
      expect(differences(site.outDir, (await cleanBuild()).outDir)).toEqual([]);
    },
    120_000,
  );

  test("when an engine was left half written", async () => {
    const site = copyOfSettled("half-engine");
    const engines = path.join(site.folder, "cache/build/engine");
    const [engine = ""] = readdirSync(engines).filter((name) => name !== "node_modules");
    rmSync(path.join(engines, engine, "engine.json"));
    const said = await build(site);
    expect(said).toContain("Threw away a damaged");
    expect(differences(site.outDir, (await cleanBuild()).outDir)).toEqual([]);
  }, 120_000);
});

test("files that somebody put into the output or changed there don't stay", async () => {
  const site = copyOfSettled("meddled");
  for (let round = 0; round < 3; round += 1) {
    writeFileSync(path.join(site.outDir, `alien-${round}.html`), "from elsewhere");
    writeFileSync(path.join(site.outDir, "about-to-go.txt"), "x");
    writeFileSync(path.join(site.outDir, "index.html"), "edited");
    await build(site);
  }
  expect(differences(site.outDir, (await cleanBuild()).outDir)).toEqual([]);
}, 120_000);

test("--clean starts over", async () => {
  const site = copyOfSettled("clean");
  const said = await build(site, "--clean");
  expect(said).not.toContain("Threw away");
  expect(Number(/Made anew: (\d+)/.exec(said)?.[1])).toBeGreaterThan(50);
  expect(differences(site.outDir, (await cleanBuild()).outDir)).toEqual([]);
}, 120_000);

test("a folder that holds something else is never replaced", async () => {
  const site = place("precious");
  mkdirSync(site.outDir, { recursive: true });
  writeFileSync(path.join(site.outDir, "thesis.doc"), "the only copy");
  const { status, output } = await tryBuild(site, dates);
  expect(status).toBe(1);
  expect(output).toContain("It holds files, but no site.");
  expect(readFileSync(path.join(site.outDir, "thesis.doc"), "utf8")).toBe("the only copy");
  const around = await tryBuild({ ...site, outDir: folder }, dates);
  expect(around.output).toContain("which a build would delete");
}, 60_000);

test("a reader never meets half a site while it's replaced", async () => {
  const site = copyOfSettled("swapped");
  const titles = ["Alpha", "Beta", "Gamma", "Delta"];
  const pages = ["index.html", "tags/index.html", "posts/post-3/index.html", "404.html"];
  const titleIn = (page: string): string | null => {
    const file = path.join(site.outDir, page);
    if (!existsSync(file)) return null;
    return (
      /<title>[^<]*?(Alpha|Beta|Gamma|Delta|A changing blog|Meddled|Damaged)/.exec(
        readFileSync(file, "utf8"),
      )?.[1] ?? "none"
    );
  };
  let looks = 0;
  const halves: string[] = [];
  for (const title of titles) {
    await retitle(title);
    let isBuilding = true;
    const building = build(site).finally(() => (isBuilding = false));
    while (isBuilding) {
      const before = tryRead(() => titleIn("index.html"));
      const seen = pages.map((page) => tryRead(() => titleIn(page)));
      const after = tryRead(() => titleIn("index.html"));
      looks += 1;
      if (before !== null && before === after && seen.some((one) => one !== before))
        halves.push(`${before}: ${seen.join(", ")}`);
      await pause(1);
    }
    await building;
    expect(titleIn("index.html")).toBe(title);
  }
  expect(halves).toEqual([]);
  expect(looks).toBeGreaterThan(100);
}, 120_000);

function tryRead(read: () => string | null): string | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

function flipByte(file: string): void {
  const bytes = readFileSync(file);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 0x55;
  writeFileSync(file, bytes);
}

function filesOf(place: string): string[] {
  if (statSync(place).isFile()) return [place];
  return readdirSync(place, { withFileTypes: true })
    .filter((item) => item.isFile() || item.isDirectory())
    .flatMap(({ name }) => filesOf(path.join(place, name)));
}
