/** What happens to a build (killed, two at once, a damaged cache) never shows in what readers get. */
import type { ChildProcess } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { takeBuildLock } from "../../src/integration/build-lock.ts";
import { tryBuild, type BuiltSite } from "../support/build.ts";
import { differences } from "../support/same-files.ts";
import { SettledBlog } from "../support/settled-blog.ts";

const settled = new SettledBlog("trouble");

beforeAll(() => settled.settle(), 300_000);

/** What readers get is what a clean build of the blog as it is makes. */
async function expectAsClean(site: BuiltSite): Promise<void> {
  expect(differences(site.outDir, (await settled.cleanBuild()).outDir)).toEqual([]);
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
    const site = settled.copy("killed");
    const start = performance.now();
    await settled.retitle("Timed");
    await settled.build(site);
    const whole = performance.now() - start;
    for (let round = 0; round < 8; round += 1) {
      await settled.retitle(`Killed ${round}`);
      const child = settled.start(site);
      const exit = ended(child);
      await Promise.race([exit, pause(whole * (0.3 + 0.09 * round))]);
      child.kill("SIGKILL");
      await exit;
    }
    await settled.build(site);
    await expectAsClean(site);
  }, 300_000);

  test("loses the output folder at most until the next build", async () => {
    const site = settled.copy("halfway");
    const tree = path.join(site.folder, "cache/build/site");
    renameSync(site.outDir, `${tree}.retired`);
    await settled.build(site);
    await expectAsClean(site);
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
      const component = path.join(settled.blog, "content/posts/post-8/own.astro");
      const beside = path.join(path.dirname(component), "part.ts");
      const site = settled.copy("mistaken");
      const before = readFileSync(path.join(site.outDir, "index.html"), "utf8");
      const right = readFileSync(component, "utf8");
      await settled.retitle("Mistaken");
      writeFileSync(component, code);
      if (part !== undefined) writeFileSync(beside, part);
      const { status, output } = await tryBuild(site, settled.args).finally(() => {
        writeFileSync(component, right);
        rmSync(beside, { force: true });
      });
      expect(status).not.toBe(0);
      expect(output).toMatch(told);
      expect(output).not.toContain(" at ");
      expect(readFileSync(path.join(site.outDir, "index.html"), "utf8")).toBe(before);
      expect(await settled.build(site)).not.toContain("Threw away");
      await expectAsClean(site);
    },
    120_000,
  );
});

test("two builds at once take turns, and both are right", async () => {
  const site = settled.copy("twins");
  await settled.retitle("Twins");
  const release = await takeBuildLock(path.join(site.folder, "cache"), () => {});
  const builds = [settled.start(site, "pipe"), settled.start(site, "pipe")];
  const exits = builds.map(ended);
  await Promise.all(builds.map(toldToWait)).finally(release);
  expect(await Promise.all(exits)).toEqual([0, 0]);
  await expectAsClean(site);
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
      const site = settled.copy(`damage-${kind}`);
      const files = filesOf(path.join(site.folder, "cache"));
      expect(files.length).toBeGreaterThan(50);
      files.filter((file) => !file.endsWith("build.lock")).forEach(damage);
      const said = await settled.build(site);
      expect(said).toContain("Threw away a damaged");
      await expectAsClean(site);
    },
    120_000,
  );

  const parts = ["bodies", "content", "pictures", "engine", "module-engine", "site.json", "site"];
  test.each(parts)(
    "when only this part of it is: %s",
    async (part) => {
      const site = settled.copy(`part-${part}`);
      filesOf(path.join(site.folder, "cache/build", part)).forEach(flipByte);
      // Other pages than the last time, so that all that is stored is asked for.
      await settled.retitle("Damaged");
      const said = await settled.build(site);
      if (part !== "pictures") expect(said).toContain("Threw away");
      await expectAsClean(site);
    },
    120_000,
  );

  test("when an engine was left half written", async () => {
    const site = settled.copy("half-engine");
    const engines = path.join(site.folder, "cache/build/engine");
    const [engine = ""] = readdirSync(engines).filter((name) => name !== "node_modules");
    rmSync(path.join(engines, engine, "engine.json"));
    const said = await settled.build(site);
    expect(said).toContain("Threw away a damaged");
    await expectAsClean(site);
  }, 120_000);
});

test("files that somebody put into the output or changed there don't stay", async () => {
  const site = settled.copy("meddled");
  for (let round = 0; round < 3; round += 1) {
    writeFileSync(path.join(site.outDir, `alien-${round}.html`), "from elsewhere");
    writeFileSync(path.join(site.outDir, "about-to-go.txt"), "x");
    writeFileSync(path.join(site.outDir, "index.html"), "edited");
    await settled.build(site);
  }
  await expectAsClean(site);
}, 120_000);

test("--clean starts over", async () => {
  const site = settled.copy("clean");
  const said = await settled.build(site, "--clean");
  expect(said).not.toContain("Threw away");
  expect(Number(/Made anew: (\d+)/.exec(said)?.[1])).toBeGreaterThan(50);
  await expectAsClean(site);
}, 120_000);

test("a folder that holds something else is never replaced", async () => {
  const site = settled.place("precious");
  mkdirSync(site.outDir, { recursive: true });
  writeFileSync(path.join(site.outDir, "thesis.doc"), "the only copy");
  const { status, output } = await tryBuild(site, settled.args);
  expect(status).toBe(1);
  expect(output).toContain("It holds files, but no site.");
  expect(readFileSync(path.join(site.outDir, "thesis.doc"), "utf8")).toBe("the only copy");
  const around = await tryBuild({ ...site, outDir: settled.folder }, settled.args);
  expect(around.output).toContain("which a build would delete");
}, 60_000);

test("a reader never meets half a site while it's replaced", async () => {
  const site = settled.copy("swapped");
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
    await settled.retitle(title);
    let isBuilding = true;
    const building = settled.build(site).finally(() => (isBuilding = false));
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
