/** An Astro project with custom pages, overrides, islands, Tailwind and plugins, in dev and in the build. */
import {
  appendFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build, root } from "../support/build.ts";
import { startDevServer, type DevServer } from "../support/dev-server.ts";
import { serveStatic, type StaticServer } from "../support/static-server.ts";
import { tempSiteFolder } from "../support/temp-folder.ts";
import { sharedBrowser } from "../support/use-site.ts";

const folder = tempSiteFolder();
const source = path.join(root, "src");

/** Points imports of the package to this repository's source. */
function linkSource(): void {
  for (const file of globSync("**/*.{mjs,ts,astro,mdx}", { cwd: folder, exclude: ["dist", "cache"] })) {
    const text = readFileSync(path.join(folder, file), "utf8");
    const linked = text
      .replaceAll('"backfence-under-test"', JSON.stringify(path.join(source, "index.ts")))
      .replaceAll("backfence-under-test", source);
    writeFileSync(path.join(folder, file), linked);
  }
}

beforeAll(async () => {
  cpSync(path.join(root, "tests/fixtures/astro-project"), folder, { recursive: true });
  linkSource();
  // Like other installed integrations, `stamp` is a package with restricted exports.
  mkdirSync(path.join(folder, "node_modules/stamp"), { recursive: true });
  writeFileSync(path.join(folder, "node_modules/stamp/package.json"), '{ "name": "stamp", "exports": {} }');
  await use("full");
  // The second build rechecks files that were written just before the first, and Tailwind finds the first one's output.
  await build({ folder });
}, 300_000);

/** Builds with one of the fixture's configurations. */
async function use(name: "plain" | "full"): Promise<void> {
  cpSync(path.join(folder, `${name}.config.mjs`), path.join(folder, "astro.config.mjs"));
  await build({ folder });
}

const read = (file: string): string => readFileSync(path.join(folder, "dist", file), "utf8");

/** Text on pages in dev and in the build, by path. */
const SHOWN = [
  ["now/", "Posts: Plain at /posts/plain/, With an island at /posts/island/"],
  ["now/", "Notes: A note without a title. (cheerful)"],
  ["", 'class="own-footer"'],
  ["", 'name="x-own" content="yes"'],
  ["", ">Now</"],
  ["posts/plain/", "A WHISPER in plain text"],
  ["posts/island/", "Here it is, a WHISPER"],
  ["posts/island/", "<astro-island"],
  ["deep/page/", "A deep page"],
  ["deep/page/", "<title>Deep · A project"],
  ["deep/page/", 'name="description" content="Below the surface."'],
  ["", ">Down there</"],
] as const;

describe("in the build", () => {
  test.each(SHOWN)("/%s has %s", (address, text) => {
    expect(read(`${address}index.html`)).toContain(text);
  });

  test("pages of the project are in the sitemap, redirects work, and nothing internal is published", () => {
    expect(read("sitemap.xml")).toContain("https://project.example/now/");
    expect(read("sitemap.xml")).not.toContain("old-place");
    expect(read("old-place/index.html")).toContain("url=/now/");
    expect(existsSync(path.join(folder, "dist/_backfence"))).toBe(false);
  });

  test("pages that another integration modifies are cached unmodified, and modified once in each build", async () => {
    expect(await build({ folder })).toContain("Built 0 files (unchanged");
    const stored = globSync("cache/backfence/outputs/*/*", { cwd: folder });
    expect(stored.length).toBeGreaterThan(20);
    const changed = stored.filter((file) =>
      readFileSync(path.join(folder, file)).includes("<!-- stamped -->"),
    );
    expect(changed).toEqual([]);
    expect(read("posts/plain/index.html").split("<!-- stamped -->").length).toBe(2);
  }, 180_000);

  test("after a style sheet changes, every page links the new one, and no text is parsed again for collections", async () => {
    const kept = (): string[] =>
      globSync("cache/backfence/content/**/*", { cwd: folder, withFileTypes: true })
        .filter((file) => file.isFile())
        .map((file) => path.join(file.parentPath, file.name))
        .map((file) => `${file} ${statSync(file).mtimeMs}`)
        .sort();
    const before = kept();
    appendFileSync(path.join(folder, "src/styles/my.css"), "\n.own-footer { margin: 3px }\n");
    await build({ folder });
    expect(kept()).toEqual(before);
    expect(before.length).toBeGreaterThan(0);
    for (const address of ["", "posts/plain/", "now/"]) {
      const links = [...read(`${address}index.html`).matchAll(/<link rel="stylesheet" href="\/([^"]+)"/g)];
      const sheets = links.map(([, href = ""]) => read(href)).join("\n");
      expect(sheets, address).toContain("margin:3px");
    }
  }, 180_000);

  describe("in a browser", () => {
    let browser: Browser;
    let server: StaticServer;
    beforeAll(async () => {
      [browser, server] = await Promise.all([sharedBrowser(), serveStatic(path.join(folder, "dist"), "/")]);
    });
    afterAll(async () => {
      await server.close();
    });

    test("Tailwind's reset doesn't change the blog's typeface, links and headings", async () => {
      const page = await browser.newPage();
      await page.goto(`${server.url}posts/plain/`);
      const style = (selector: string) =>
        page.locator(selector).evaluate((one) => {
          const { textDecorationLine, fontFamily, fontWeight } = getComputedStyle(one);
          return { textDecorationLine, fontFamily, fontWeight };
        });
      expect((await style("html")).fontFamily).toMatch(/^Literata/);
      expect((await style(".body a")).textDecorationLine).toBe("underline");
      expect((await style("h1")).fontWeight).not.toBe((await style("html")).fontWeight);
      await page.close();
    });

    test("an island in a post is interactive, scripts in the head run, and the project's styles win, with the CSP in force", async () => {
      const page = await browser.newPage();
      const problems: string[] = [];
      page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
      await page.goto(`${server.url}posts/island/`, { waitUntil: "networkidle" });
      await page.locator("button.counter").click();
      await page.getByText("Count 1").waitFor();
      expect(await page.locator("html").getAttribute("data-own")).toBe("ran");
      const color = await page.locator(".own-footer").evaluate((one) => getComputedStyle(one).color);
      expect(color).toBe("rgb(1, 2, 3)");
      await page.goto(`${server.url}now/`);
      const line = await page
        .locator("p.underline")
        .evaluate((one) => getComputedStyle(one).textDecorationLine);
      expect(line).toBe("underline");
      await page.goto(`${server.url}search/?q=island`, { waitUntil: "networkidle" });
      await page.getByRole("link", { name: "What I do now" }).first().waitFor();
      expect(problems).toEqual([]);
      await page.close();
    });
  });
});

describe("in dev", () => {
  let dev: DevServer;
  beforeAll(async () => {
    dev = await startDevServer(folder);
  }, 120_000);
  afterAll(() => dev.stop());

  test.each(SHOWN)("/%s has %s", async (address, text) => {
    const response = await fetch(`${dev.url}${address}`, { headers: { accept: "text/html" } });
    expect(await response.text()).toContain(text);
  });

  test("a post that is written while the server runs is in the collections", async () => {
    const post = path.join(folder, "content/posts/late.md");
    writeFileSync(post, "---\ntitle: Late\ndate: 2026-01-03\n---\n\nWritten while the server runs.\n");
    const now = async () => (await fetch(`${dev.url}now/`, { headers: { accept: "text/html" } })).text();
    // On a busy machine, a page sometimes shows outdated collections. Saving a file again doesn't help, because Astro
    // does nothing if the data is the same, so each try changes another post.
    const other = path.join(folder, "content/posts/other.md");
    let tries = 0;
    const changed = async () => {
      const page = await now();
      writeFileSync(other, `---\ntitle: Other ${++tries}\ndate: 2026-01-02\n---\n\nA text.\n`);
      return page;
    };
    await expect.poll(changed, { interval: 2000 }).toContain("Late at /posts/late/");
    rmSync(post);
    await expect.poll(changed, { interval: 2000 }).not.toContain("Late at /posts/late/");
    rmSync(other);
  }, 60_000);

  test("a feed has the islands of a post, as in the build", async () => {
    const feed = await (await fetch(`${dev.url}feed.json`)).text();
    expect(feed).toContain("<p>Clicks since the page was opened.</p>");
    expect(read("feed.json")).toContain("<p>Clicks since the page was opened.</p>");
  });
});

test("without the project's customizations, nothing of them is left in the build", async () => {
  for (const part of ["src/pages", "content/posts/island.mdx"])
    rmSync(path.join(folder, part), { recursive: true });
  await use("plain");
  for (const file of ["index.html", "posts/plain/index.html", "sitemap.xml"])
    expect(read(file), file).not.toMatch(/own-footer|x-own|>Now<|WHISPER|\/now\//);
  expect(existsSync(path.join(folder, "dist/now"))).toBe(false);
}, 120_000);
