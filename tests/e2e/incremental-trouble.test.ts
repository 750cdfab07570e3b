/** Trouble during builds (killed processes, two builds at once, a damaged cache) never affects the published site. */
import type { ChildProcess } from "node:child_process";
import {
  existsSync,
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
import type { BuildStep } from "../../src/integration/options.ts";
import type { BuiltSite } from "../support/build.ts";
import { differences } from "../support/same-files.ts";
import { SettledBlog } from "../support/settled-blog.ts";

const settled = new SettledBlog();

/** Title of the blog in these builds; it changes all pages. */
const CHANGED = "Changed";

beforeAll(async () => {
  await settled.settle();
  await settled.retitle(CHANGED);
}, 300_000);

/** Expects the output to equal that of a clean build. */
async function expectAsClean(site: BuiltSite): Promise<void> {
  expect(differences(site.outDir, (await settled.cleanBuild()).outDir)).toEqual([]);
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once("exit", resolve));
}

const STEPS: readonly BuildStep[] = [
  "content",
  "bodies",
  "pages listed",
  "rendered",
  "files",
  "saved",
  "published",
];

test("a build that is killed at any step leaves a complete site, and nothing that breaks the next build", async () => {
  const site = settled.copy("killed");
  for (const step of STEPS) {
    await settled.retitle(`Killed at ${step}`);
    const child = settled.start(site, { TEST_KILL_AT: step });
    expect(await ended(child), step).toBe(null);
    const titles = ["index.html", "tags/index.html", "404.html"].map((page) => titleIn(site, page));
    expect(new Set(titles).size, `${step}: ${titles.join()}`).toBe(1);
  }
  await settled.retitle(CHANGED);
  await settled.build(site);
  await expectAsClean(site);
}, 300_000);

/** Returns the blog's title on a page. */
function titleIn(site: BuiltSite, page: string): string {
  const html = readFileSync(path.join(site.outDir, page), "utf8");
  return /property="og:site_name" content="([^"]*)"/.exec(html)?.[1] ?? "none";
}

describe("an error in a post's own component", () => {
  const component = path.join(settled.blog, "content/posts/post-8/own.astro");
  const MISTAKES: readonly { readonly code: string; readonly part?: string; readonly told: RegExp }[] = [
    {
      code: '---\nthrow new Error("no fish today");\n---\n',
      told: /content\/posts\/post-8\/own\.astro:2\n[^]*content\/posts\/post-8\/index\.mdx can't be rendered: no fish today/,
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
  ];
  let site: BuiltSite;
  let right = "";
  beforeAll(() => {
    site = settled.copy("mistaken");
    right = readFileSync(component, "utf8");
  });

  test.each(MISTAKES)(
    "fails the build with its file, and the site is unchanged: $code",
    async ({ code, part, told }) => {
      const beside = path.join(path.dirname(component), "part.ts");
      const before = readFileSync(path.join(site.outDir, "index.html"), "utf8");
      writeFileSync(component, code);
      if (part !== undefined) writeFileSync(beside, part);
      const { status, output } = await settled.tryBuild(site).finally(() => {
        writeFileSync(component, right);
        rmSync(beside, { force: true });
      });
      expect(status).not.toBe(0);
      expect(output).toMatch(told);
      expect(output).not.toContain("Stack trace");
      expect(readFileSync(path.join(site.outDir, "index.html"), "utf8")).toBe(before);
    },
    120_000,
  );

  test("leaves nothing behind once it is fixed", async () => {
    await settled.build(site);
    await expectAsClean(site);
  }, 120_000);
});

describe("a damaged cache or a modified output folder never affects the published site", () => {
  const damages = [
    flipByte,
    (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2)),
    (file: string) => truncateSync(file),
    (file: string) => writeFileSync(file, '{"not": JSON'),
  ];

  test.each([0, 1])(
    "when its files are flipped, cut off, emptied and overwritten in turn (from the %ith on)",
    async (first) => {
      const site = settled.copy(`damage-${first}`);
      const files = filesOf(path.join(site.folder, "cache/backfence"));
      expect(files.length).toBeGreaterThan(20);
      for (const [at, file] of files.entries()) damages[(first * 2 + at) % damages.length]?.(file);
      meddle(site);
      expect(await settled.build(site)).not.toMatch(/^ +at /m);
      await expectAsClean(site);
    },
    120_000,
  );
});

test("a build never replaces a folder that contains the author's own files", async () => {
  const site = settled.copy("around");
  const { status, output } = await settled.tryBuild(site, "--outDir", ".");
  expect(status).toBe(1);
  expect(output).toContain("would be deleted");
  expect(existsSync(path.join(site.folder, "content/site.yaml"))).toBe(true);
}, 60_000);

test("two builds at the same time both succeed, and readers never see a partial site", async () => {
  const site = settled.copy("twins");
  const pages = ["index.html", "tags/index.html", "posts/post-3/index.html", "404.html"];
  let looks = 0;
  const halves: string[] = [];
  let areBuilding = true;
  const first = settled.start(site);
  const log = () => readFileSync(path.join(site.folder, "build.log"), "utf8");
  // Both builds use the same temporary file for Astro's collections and must not write it at the same time.
  await expect.poll(log, { interval: 20 }).toContain("Collecting build info");
  const building = Promise.all([first, settled.startAgain(site)].map(ended)).finally(
    () => (areBuilding = false),
  );
  while (areBuilding) {
    const before = folderOf(site);
    const seen = pages.map((page) => tryRead(() => titleIn(site, page)));
    looks += 1;
    const isOneFolder = before !== null && before === folderOf(site);
    if (isOneFolder && (seen.includes(null) || new Set(seen).size > 1)) halves.push(seen.join(", "));
    await pause(1);
  }
  expect(await building, log()).toEqual([0, 0]);
  expect(titleIn(site, "index.html")).toBe(CHANGED);
  expect(halves).toEqual([]);
  expect(looks).toBeGreaterThan(100);
  await expectAsClean(site);

  // Only the output is modified before the next build.
  meddle(site);
  await settled.build(site);
  await expectAsClean(site);
}, 300_000);

/** Adds and edits files in the output folder. */
function meddle(site: BuiltSite): void {
  writeFileSync(path.join(site.outDir, "alien.html"), "from elsewhere");
  writeFileSync(path.join(site.outDir, "index.html"), "edited");
}

/** Returns the inode of the output folder; null while it's being replaced. */
const folderOf = ({ outDir }: BuiltSite): number | null => tryRead(() => statSync(outDir).ino);

function tryRead<Value>(read: () => Value): Value | null {
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
