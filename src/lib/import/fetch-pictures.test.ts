import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { startServer } from "../../../tests/support/http-server.ts";
import { imported } from "../../../tests/support/imported.ts";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { createGuardedClient } from "../protocols/guarded-fetch.ts";

const red = { r: 160, g: 60, b: 40 };
const jpeg = await sharp({ create: { width: 600, height: 400, channels: 3, background: red } })
  .jpeg()
  .toBuffer();

const client = createGuardedClient({ siteUrl: "https://new.example/", allowLoopback: true });
const fetch = { client, pauseMs: 0 };

/** An old blog with good and bad pictures, and its export. */
async function oldBlog() {
  let isBusy = false;
  let atOnce = 0;
  let most = 0;
  const server = await startServer(async ({ url }, response) => {
    most = Math.max(most, ++atOnce);
    await new Promise((resolve) => setImmediate(resolve));
    atOnce -= 1;
    if (isBusy) response.writeHead(503, { "retry-after": "60" }).end();
    else if (url.startsWith("/gone")) response.writeHead(404).end();
    else if (url.startsWith("/page"))
      response.writeHead(200, { "content-type": "image/png" }).end("<p>no</p>");
    else if (url.startsWith("/cut")) response.writeHead(200).end(jpeg.subarray(0, 900));
    else if (url.startsWith("/script"))
      response
        .writeHead(200)
        .end('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>');
    else response.writeHead(200, { "content-type": "image/jpeg" }).end(jpeg);
  });
  const at = (name: string): string => `${server.origin}/${name}`;
  const body = [
    `<p><a href="${at("wide-800wi.jpg")}"><img src="${at("small.jpg")}" alt="A fence"></a></p>`,
    `<p><img src="${at("up/gate-300x200.jpg")}" alt="A gate"> <img src="/relative.jpg" alt="Relative"></p>`,
    ...["gone.jpg", "page.jpg", "cut.jpg", "script.svg"].map(
      (name) => `<p><img src="${at(name)}" alt="${name}"></p>`,
    ),
    `<p><img src="http://192.168.0.1/own.jpg" alt="Own network"></p>`,
  ].join("\n");
  const file = path.join(tempFolder("export"), "blog.txt");
  writeFileSync(
    file,
    `TITLE: Pictures\nDATE: 03/17/2008 10:22:00 PM\nUNIQUE URL: ${server.origin}/2008/03/pictures.html\n-----\nBODY:\n${body}\n-----\n--------\n`,
  );
  return {
    ...{ server, file, at },
    most: () => most,
    paths: () => server.seen.map(({ url }) => url).sort(),
    setBusy: (is: boolean) => (isBusy = is),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

test("pictures are fetched once and one at a time; those that fail become links and are reported", async () => {
  await using old = await oldBlog();
  const blog = await imported(old.file, { fetch });
  const post = blog.read("posts/pictures/index.md");
  expect(post).toMatch(/!\[A fence\]\(\.\/wide-800wi-[0-9a-f]{8}\.jpg\)/);
  expect(post).toMatch(
    /!\[A gate\]\(\.\/gate-300x200-[0-9a-f]{8}\.jpg\) !\[Relative\]\(\.\/relative-[0-9a-f]{8}\.jpg\)/,
  );
  expect(post).toContain(`[gone.jpg](${old.at("gone.jpg")})`);
  // The original instead of a smaller copy, and nothing twice.
  expect(old.paths()).toEqual([
    "/cut.jpg",
    "/gone.jpg",
    "/page.jpg",
    "/relative.jpg",
    "/script.svg",
    "/up/gate.jpg",
    "/wide-800wi.jpg",
  ]);
  expect(old.most()).toBe(1);
  const doubts = blog.result.doubts.map(({ where, message }) => `${where}: ${message}`);
  expect(doubts).toContain(`${old.at("gone.jpg")}: the picture wasn't fetched: the server answers 404`);
  expect(doubts.find((doubt) => doubt.includes("/cut.jpg"))).toMatch(/cut off or damaged/);
  expect(doubts.find((doubt) => doubt.includes("/script.svg"))).toMatch(/<script>/);
  expect(doubts.find((doubt) => doubt.includes("192.168"))).toMatch(/wasn't fetched/);
  await blog.load();

  const before = blog.files();
  const again = await blog.again();
  expect(again.files).toMatchObject({ written: 0, removed: 0, kept: [] });
  expect(again.doubts).toEqual(blog.result.doubts);
  expect(blog.files()).toEqual(before);
  expect(old.server.seen).toHaveLength(7);
});

test("a later import keeps the pictures when the old blog and the cache are gone", async () => {
  const old = await oldBlog();
  const contentDir = path.join(tempFolder("import"), "content");
  const blog = await imported(old.file, { fetch, contentDir });
  const before = readFileSync(path.join(contentDir, "posts/pictures/index.md"), "utf8");
  expect(blog.result.counts.remotePictures).toBeLessThan(blog.result.counts.pictures);
  await old[Symbol.asyncDispose]();
  rmSync(path.join(path.dirname(contentDir), ".cache"), { recursive: true });
  const later = await imported(old.file, { contentDir });
  expect(later.result.files).toMatchObject({ written: 0, removed: 0, kept: [] });
  expect(readFileSync(path.join(contentDir, "posts/pictures/index.md"), "utf8")).toBe(before);
});

test("a server that responds with Retry-After gets no more requests, and the next run continues", async () => {
  await using old = await oldBlog();
  old.setBusy(true);
  const blog = await imported(old.file, { fetch });
  expect(old.server.seen.length).toBe(1);
  expect(JSON.stringify(blog.result.doubts)).toContain("the server asks to wait");
  old.setBusy(false);
  const again = await blog.again();
  expect(again.counts.pictures - again.counts.remotePictures).toBe(3);
});

test("a dry run fetches nothing and reports how many pictures it would fetch", async () => {
  await using old = await oldBlog();
  const { result } = await imported(old.file, { fetch, isDryRun: true });
  expect(old.server.seen).toEqual([]);
  expect(JSON.stringify(result.doubts)).toContain("8 pictures would be fetched");
});

test("the total size of fetched pictures is limited", async () => {
  await using old = await oldBlog();
  const { result } = await imported(old.file, { fetch: { ...fetch, maxBytes: 1000 } });
  expect(JSON.stringify(result.doubts)).toContain("all pictures together are too large");
});

test("a damaged picture in a folder becomes a link, so that the blog builds", async () => {
  await using old = await oldBlog();
  const images = tempFolder("images");
  writeFileSync(path.join(images, "small.jpg"), jpeg.subarray(0, 900));
  writeFileSync(path.join(images, "relative.jpg"), jpeg);
  const blog = await imported(old.file, { images });
  expect(blog.read("posts/pictures/index.md")).toContain("![Relative](./relative.jpg)");
  expect(blog.read("posts/pictures/index.md")).not.toContain("./small");
  expect(blog.result.counts.brokenPictures).toEqual([old.at("small.jpg")]);
  await blog.load();
});
