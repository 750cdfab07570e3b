/**
 * From a phone to the page: an app signs in through the blog's front page, uploads a photo and posts it; the receiver
 * commits it and starts a build, and the built page shows it.
 * `MICROPUB_POSTS=5000 npx vitest run --project commands tests/micropub-build.browser.test.ts` prints how long that takes.
 */
import { existsSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import path from "node:path";
import { JSDOM } from "jsdom";
import { mf2 } from "microformats-parser";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeCorpus } from "../bench/corpus.ts";
import { freePort } from "./support/free-port.ts";
import { git, GIT_SETTINGS, photo } from "./receiver-support/micropub.ts";
import { startReceive, type ReceiveCommand } from "./receiver-support/receive-command.ts";
import { TOKEN } from "./receiver-support/receiver.ts";
import { signInApp } from "./receiver-support/sign-in-app.ts";
import { change } from "./support/blog-folder.ts";
import { ASTRO, type BuiltSite } from "./support/build.ts";
import { buildNew } from "./support/shared-builds.ts";
import { tempSiteFolder } from "./support/temp-folder.ts";
import { useSite } from "./support/use-site.ts";

const COUNT = Number(process.env["MICROPUB_POSTS"] ?? "0");
const AUTHORS = COUNT > 0 ? "authors: [author-0]\n" : "";
const SITE = "https://me.example/";
const folder = tempSiteFolder();
const site: BuiltSite = {
  folder,
  contentDir: path.join(folder, "content"),
  outDir: path.join(folder, "dist"),
  base: "/",
};
let origin = "";
let receiver: ReceiveCommand | null = null;

beforeAll(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  if (COUNT > 0) await writeCorpus(site.contentDir, COUNT);
  change(folder, {
    "content/site.yaml": `title: Test blog\nurl: ${SITE}\ntimeZone: UTC\nsocialPictures: false\nmicropub: ${origin}/\n`,
    ...(COUNT > 0 ? {} : { "content/authors/nell.yaml": "name: Nell Hartigan\n" }),
    "content/posts/hello.md": `---\ntitle: Hello\ndate: 2026-03-01\n${AUTHORS}---\n\nWords.\n`,
    // With an expression, so that Astro compiles it.
    "content/notes/gate/index.mdx": `---\ndate: 2026-03-02\n${AUTHORS}---\n\n![A gate](./gate.svg)\n\n{1 + 1} gates\n`,
    "content/notes/gate/gate.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><path d="M0 0h60v40z"/></svg>`,
    ".gitignore": "/dist/\n/cache/\n*.db*\n",
  });
  await buildNew(site);
  git(folder, "init", "--quiet", "--initial-branch=main");
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "Begin");
  receiver = await startReceive(folder, ["--port", String(port)], {
    ...GIT_SETTINGS,
    RECEIVER_SITE: SITE,
    RECEIVER_URL: origin,
    RECEIVER_TOKEN: TOKEN,
    RECEIVER_MICROPUB: "git",
    ...(COUNT > 0 ? { RECEIVER_MICROPUB_AUTHOR: "author-0" } : {}),
    RECEIVER_MICROPUB_IDENTITY: "Receiver <receiver@me.example>",
    RECEIVER_MICROPUB_RUN: `"${process.execPath}" "${ASTRO}" build`,
  });
});
afterAll(() => receiver?.stop());

const blog = useSite(site);

test("a photo posted by Micropub is on the built page", async () => {
  const home = new JSDOM(readFileSync(path.join(site.outDir, "index.html"), "utf8")).window.document;
  const endpoint = home.querySelector('link[rel="micropub"]')?.getAttribute("href") ?? "";
  expect(endpoint).toBe(`${origin}/micropub`);
  const metadata = home.querySelector('link[rel="indieauth-metadata"]')?.getAttribute("href") ?? "";
  const authorization = `Bearer ${await signInApp(fetch, metadata, "create media")}`;

  // A receiver that has just started is still loading the blog; this request waits until it's loaded.
  const tags = await fetch(`${endpoint}?q=category`, { headers: { authorization } });
  expect(tags.status).toBe(200);

  const begun = performance.now();
  const config = (await (
    await fetch(`${endpoint}?q=config`, { headers: { authorization } })
  ).json()) as Readonly<Record<string, string>>;
  const upload = new FormData();
  upload.set("file", new Blob([await photo()]), "photo.jpg");
  const media = await fetch(config["media-endpoint"] ?? "", {
    method: "POST",
    body: upload,
    headers: { authorization },
  });
  const properties = {
    content: ["Over the fence"],
    photo: [{ value: media.headers.get("location"), alt: "A sunset" }],
    "mp-slug": ["sunset"],
  };
  const posted = await fetch(endpoint, {
    method: "POST",
    body: JSON.stringify({ type: ["h-entry"], properties }),
    headers: { authorization, "content-type": "application/json" },
  });
  expect([posted.status, posted.headers.get("location")]).toEqual([201, `${SITE}notes/sunset/`]);
  const answered = performance.now();
  expect(git(folder, "log", "-1", "--format=%s %an")).toBe("Add notes/sunset Receiver\n");

  const file = path.join(site.outDir, "notes/sunset/index.html");
  await expect.poll(() => existsSync(file), { timeout: 120_000, interval: 50 }).toBe(true);
  const seconds = (performance.now() - begun) / 1000;
  if (COUNT > 0) {
    const answer = ((answered - begun) / 1000).toFixed(2);
    console.log(
      `${COUNT} posts: answered after ${answer} s, on the page after ${seconds.toFixed(2)} s, load ${loadavg()[0]?.toFixed(1)}`,
    );
  }

  expect(photosOf("notes/sunset/")).toEqual([
    { value: expect.stringMatching(/^https:\/\/me\.example\/.+\.jpg$/), alt: "A sunset" },
  ]);

  const page = await blog.browser.newPage();
  try {
    await page.goto(`${blog.url}notes/sunset/`);
    const picture = page.getByRole("img", { name: "A sunset" });
    expect(
      await picture.evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth)),
    ).toBeGreaterThan(0);
    expect(await page.locator(".h-entry .e-content").innerText()).toContain("Over the fence");
  } finally {
    await page.close();
  }
});

/** Returns the photos of the entry on a page according to a microformats parser. */
function photosOf(address: string) {
  const html = readFileSync(path.join(site.outDir, address, "index.html"), "utf8");
  const { items } = mf2(html, { baseUrl: SITE + address });
  return items.find(({ type }) => type?.includes("h-entry"))?.properties["photo"];
}

test("a photo in a note that Astro compiles is the note's photo, too", () => {
  expect(photosOf("notes/gate/")).toEqual([
    { value: expect.stringMatching(/^https:\/\/me\.example\/.+\.svg$/), alt: "A gate" },
  ]);
});

test("only the front page has the endpoints for apps", () => {
  const rels = /rel="(?:micropub|indieauth-metadata|authorization_endpoint|token_endpoint)"/g;
  const relsIn = (file: string) => readFileSync(path.join(site.outDir, file), "utf8").match(rels) ?? [];
  expect(relsIn("index.html")).toHaveLength(4);
  expect(relsIn("posts/hello/index.html")).toEqual([]);
});
