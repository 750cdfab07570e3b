/** The editor in the browser: the built page with a repository in the browser's storage, then `check`. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { root, runNode } from "./support/build.ts";
import { buildNew } from "./support/shared-builds.ts";
import { serveStatic, type StaticServer } from "./support/static-server.ts";
import { tempSiteFolder } from "./support/temp-folder.ts";
import { sharedBrowser } from "./support/use-site.ts";

const POST = `---
title: "Over the fence: a start"
tags: [customers, "two words"]
date: 2026-03-01
cover: { src: ./cover.svg, alt: A fence }
extra:
  mood: curious
---

Text with ==mark== and a footnote.[^1]

:::note
Words.
:::

[^1]: Here.
`;
const FILES: Readonly<Record<string, string>> = {
  "content/site.yaml":
    "title: Editor blog\nurl: https://me.example/blog/\ntimeZone: Europe/Berlin\nsocialPictures: false\neditor: { host: test, address: /write/ }\n",
  "content/authors/ada.yaml": "name: Ada Example\n",
  "content/posts/over/index.md": POST,
  "content/posts/over/cover.svg":
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9H0z"/></svg>',
};

const folder = tempSiteFolder();
const outDir = path.join(folder, "dist");
let browser: Browser;
let server: StaticServer;

beforeAll(async () => {
  write(FILES);
  [browser] = await Promise.all([sharedBrowser(), buildNew({ folder })]);
  server = await serveStatic(outDir, "/blog/");
}, 300_000);
afterAll(async () => {
  await server?.close();
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

/** Writes files into the folder in the browser that the editor uses as the repository. */
async function seed(page: Page, files: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate(async (texts) => {
    const storage = await navigator.storage.getDirectory();
    const repository = await storage.getDirectoryHandle("sveltia-cms-test", { create: true });
    for (const [file, text] of Object.entries(texts)) {
      const folders = file.split("/");
      const name = folders.pop() ?? "";
      let place = repository;
      for (const one of folders) place = await place.getDirectoryHandle(one, { create: true });
      const writing = await (await place.getFileHandle(name, { create: true })).createWritable();
      await writing.write(text);
      await writing.close();
    }
  }, files);
}

/** Returns the texts of that repository by path. */
function repository(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const texts: Record<string, string> = {};
    const read = async (place: FileSystemDirectoryHandle, prefix: string): Promise<void> => {
      for await (const [name, handle] of place.entries())
        if (handle instanceof FileSystemDirectoryHandle) await read(handle, `${prefix}${name}/`);
        else if (handle instanceof FileSystemFileHandle)
          texts[prefix + name] = await (await handle.getFile()).text();
    };
    const storage = await navigator.storage.getDirectory();
    await read(await storage.getDirectoryHandle("sveltia-cms-test"), "");
    return texts;
  });
}

function frontMatterOf(text: string | undefined): unknown {
  return parse(/^---\n([^]*?)\n---/.exec(text ?? "")?.[1] ?? "");
}

test("edits a post and writes a new one, preserves unknown keys, and `check` accepts the result", async () => {
  const context = await browser.newContext({ locale: "en", timezoneId: "Europe/Berlin" });
  const page = await context.newPage();
  const elsewhere: string[] = [];
  await context.route("**/*", (route) => {
    if (!route.request().url().startsWith(server.url)) elsewhere.push(route.request().url());
    return route.continue();
  });
  await page.goto(`${server.url}favicon.png`);
  await seed(page, FILES);
  await page.goto(`${server.url}write/`);
  await page.getByRole("button", { name: "Work with Test Repository" }).click();

  await page.getByText("Over the fence: a start").first().click();
  await page.getByRole("textbox", { name: "Title" }).first().fill("Over the fence: an end");
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect.poll(async () => (await repository(page))["content/posts/over/index.md"]).toContain("an end");
  const edited = (await repository(page))["content/posts/over/index.md"];
  expect(frontMatterOf(edited)).toEqual({
    ...{ title: "Over the fence: an end", date: "2026-03-01", tags: ["customers", "two words"] },
    ...{ cover: { src: "./cover.svg", alt: "A fence" }, extra: { mood: "curious" } },
  });
  expect(edited?.split("---\n")[2]?.trim()).toBe(POST.split("---\n")[2]?.trim());

  const file = "content/posts/zäune-10-mehr/index.md";
  // On a busy machine, the editor can render the form again while it is filled in, so a try that fails is repeated with a
  // freshly loaded page.
  const writeNew = async () => {
    await page.goto("about:blank");
    await page.goto(`${server.url}write/#/collections/posts/new`);
    const title = page.getByRole("textbox", { name: "Title" }).first();
    await expect.poll(() => title.inputValue(), { timeout: 10_000 }).toBe("");
    await title.fill("Zäune: 10 % mehr?");
    await page.getByRole("button", { name: "Now" }).first().click();
    await page.getByRole("radio", { name: "Yes" }).first().click();
    await page.getByRole("button", { name: "Save" }).first().click();
    await expect.poll(async () => Object.keys(await repository(page)), { timeout: 10_000 }).toContain(file);
  };
  page.setDefaultTimeout(10_000);
  await vi.waitFor(writeNew, { timeout: 120_000 });
  const after = await repository(page);
  expect(frontMatterOf(after[file])).toEqual({
    ...{ title: "Zäune: 10 % mehr?", draft: true },
    date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00\+0[12]:00$/) as string,
  });
  // The CSP blocks the editor's requests to other hosts; there are no other requests.
  expect(elsewhere.filter((url) => !/^(?:blob|data):/.test(url))).toEqual([]);
  await context.close();

  write(after);
  const check = await runNode([path.join(root, "src/cli/backfence.ts"), "check"], { cwd: folder, env: {} });
  expect(check.output).toContain("No errors in 1 post");
});

test("its page has a separate CSP, and isn't in the sitemap, the search index or robots.txt", () => {
  const page = readFileSync(path.join(outDir, "write/index.html"), "utf8");
  expect(page).toContain("style-src 'self' 'unsafe-inline'");
  expect(page).toContain('<meta name="robots" content="noindex">');
  const post = readFileSync(path.join(outDir, "posts/over/index.html"), "utf8");
  expect(post).toContain("content-security-policy");
  expect(post).not.toContain("unsafe-inline");
  expect(readFileSync(path.join(outDir, "_headers"), "utf8")).toContain(
    "Content-Security-Policy: frame-ancestors 'self'\n",
  );
  for (const name of readdirSync(outDir).filter((file) => /\.(?:xml|txt|webmanifest|html)$/.test(file)))
    expect(readFileSync(path.join(outDir, name), "utf8"), name).not.toContain("/write/");
  expect(readFileSync(path.join(outDir, "write/licence.txt"), "utf8")).toContain("Kohei Yoshino");
});
