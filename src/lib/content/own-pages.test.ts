import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { loadBlog } from "./load-blog.ts";
import { ownPages } from "./own-pages.ts";

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

test("an author can link to the project's own pages, but not to missing ones", async () => {
  const root = tempFolder("own-pages");
  const post = (links: string) => `---\ntitle: A\ndate: 2026-03-01\n---\n\n${links}\n`;
  write(root, {
    "content/site.yaml": "title: T\ntimeZone: UTC\n",
    "src/pages/now.astro": "<p>now</p>",
    "src/pages/docs/[...slug].astro": "<p>a page</p>",
  });
  const load = (folders: { readonly pagesDir?: string } = {}) =>
    loadBlog({
      root,
      ...folders,
      contentDir: path.join(root, "content"),
      mode: "build",
      now: new Date("2026-11-30"),
      cacheDir: path.join(root, "cache"),
    });
  write(root, { "content/posts/a.md": post("[now](/now/) and [docs](/docs/start/#here)") });
  await expect(load()).resolves.toBeDefined();
  write(root, { "content/posts/a.md": post("[then](/then/)") });
  await expect(load()).rejects.toThrow("This link leads nowhere: /then/");
  write(root, { "site/pages/then.astro": "<p>then</p>" });
  await expect(load({ pagesDir: path.join(root, "site/pages") })).resolves.toBeDefined();
});

test("every kind of page file in src/pages has an address", () => {
  const root = tempFolder("own-pages");
  write(root, { "index.astro": "", "deep/index.mdx": "", "data.json.ts": "", "_part.astro": "", "[year]/[day].md": "" });
  const isOwn = ownPages(root);
  expect(["/", "/deep/", "/data.json", "/2026/one/"].filter((address) => !isOwn(address))).toEqual([]);
  expect(["/_part/", "/data.json.ts", "/2026/", "/deep/er/page/"].filter(isOwn)).toEqual([]);
});
