/**
 * `backfence receive` with a blog, from a response to the rebuilt page and the response's removal: a reader without an
 * account and without JavaScript, a trackback client of 2004, a pingback client and a webmention client.
 */
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { command as receive } from "../src/cli/receive.ts";
import { command as responses } from "../src/cli/responses.ts";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { sendPingback, sendTrackback, sendWebmention } from "./receiver-support/old-clients.ts";
import { TOKEN } from "./receiver-support/receiver.ts";
import { freePort } from "./support/free-port.ts";
import { startReceive, type ReceiveCommand } from "./receiver-support/receive-command.ts";
import { change } from "./support/blog-folder.ts";
import { build, type BuiltSite } from "./support/build.ts";
import { startServer, type TestServer } from "./support/http-server.ts";
import { runCommand } from "./support/run-command.ts";
import { buildNew } from "./support/shared-builds.ts";
import { serveStatic, type StaticServer } from "./support/static-server.ts";
import { tempSiteFolder } from "./support/temp-folder.ts";
import { sharedBrowser } from "./support/use-site.ts";

const folder = tempSiteFolder();
const site: BuiltSite = {
  folder,
  contentDir: path.join(folder, "content"),
  outDir: path.join(folder, "dist"),
  base: "/",
};
/** Pages of other sites by path; null for a deleted page. */
const pages = new Map<string, string | null>();
let others: TestServer;
let browser: Browser;
let served: StaticServer;
let receiver: ReceiveCommand;
/** URL of the blog, with a trailing slash, and origin of the receiver, without one. */
let blog = "";
let origin = "";

beforeAll(async () => {
  const [blogPort, port] = [await freePort(), await freePort()];
  blog = `http://localhost:${blogPort}/`;
  origin = `http://127.0.0.1:${port}`;
  others = await startServer(({ url }, response) => {
    const page = pages.get(url) ?? null;
    response.writeHead(page === null ? 410 : 200, { "content-type": "text/html; charset=utf-8" }).end(page);
  });
  change(folder, {
    "content/site.yaml": `title: Test blog
url: ${blog}
timeZone: UTC
socialPictures: false
moderation: none
theme: fence
webmention:
  endpoint: ${origin}/webmention
  api: ${origin}/api/
  pingback: ${origin}/pingback
  trackback: ${origin}/trackback/{slug}
  comments: ${origin}/comment
`,
    "content/authors/nell.yaml": "name: Nell Hartigan\n",
    "content/posts/hello.md": "---\ntitle: Hello\ndate: 2026-03-01\n---\n\nWords.\n",
    "content/posts/fences.md": "---\ntitle: Fences & gates\ndate: 2026-03-02\n---\n\nWords.\n",
    "content/posts/closed.md": "---\ntitle: Closed\ndate: 2026-03-01\ncomments: closed\n---\n\nWords.\n",
  });
  await buildNew(site);
  browser = await sharedBrowser();
  served = await serveStatic(site.outDir, "/", { port: blogPort });
  receiver = await startReceive(folder, ["--port", String(port)], {
    RECEIVER_SITE: blog,
    RECEIVER_URL: origin,
    RECEIVER_TOKEN: TOKEN,
    BACKFENCE_ALLOW_LOOPBACK: "1",
  });
});
afterAll(async () => {
  expect(await receiver.stop()).toBe(0);
  await served.close();
  await others[Symbol.asyncDispose]();
});

async function withPage<T>(use: (page: Page, context: BrowserContext) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ javaScriptEnabled: false });
  try {
    return await use(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

/** Fills in a page's form, confirms the preview and publishes the comment. @returns its edit link. */
async function comment(page: Page, name: string, text: string): Promise<string> {
  await page.getByLabel("Comment", { exact: true }).fill(text);
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Continue" }).first().click();
  expect(await page.locator("blockquote").innerText()).toBe(text);
  // Confirming within two seconds is treated as a bot.
  await page.waitForTimeout(2100);
  await page.getByRole("button", { name: "Publish the comment" }).click();
  expect(await page.locator("main").innerText()).toContain("once the author has approved it");
  return (await page.locator("a[href*='/edit?key=']").getAttribute("href")) ?? "";
}

/** Signs in as the author and approves pending responses. */
async function approve(...texts: readonly (string | RegExp)[]): Promise<void> {
  await withPage(async (page) => {
    await page.goto(`${origin}/moderate`);
    await page.getByLabel("Token").fill(TOKEN);
    await page.getByRole("button", { name: "Sign in" }).click();
    for (const text of texts) {
      const item = page.locator("article", { hasText: text });
      await item.getByRole("button", { name: "Approve" }).click();
      expect(await item.count()).toBe(0);
    }
  });
}

async function pullAndBuild(): Promise<void> {
  const pulled = await runCommand(responses, folder, "pull", { now: () => new Date() });
  expect(pulled.code, pulled.out).toBe(0);
  await build(site);
}

const conversation = (slug: string) =>
  withPage(async (page) => {
    await page.goto(`${blog}posts/${slug}/`);
    return await page.locator("#responses").innerText();
  });

/** Edit link of the reader's comment. */
let edit = "";
/** Page for which the webmention client sent a notification. */
let reply = "";

test("a reader's comment is on the page after the author approves it", async () => {
  edit = await withPage(async (page) => {
    await page.goto(`${blog}posts/hello/`);
    const paper = () =>
      page.evaluate(() =>
        [document.body, document.documentElement]
          .map((element) => getComputedStyle(element).backgroundColor)
          .find((color) => color !== "rgba(0, 0, 0, 0)"),
      );
    const ofBlog = await paper();
    const link = await comment(page, "Ann", "I had the same with our choir.\n\nAnd with the piano.");
    expect(await paper()).toBe(ofBlog);
    return link;
  });
  await approve("I had the same with our choir.");
  expect(await conversation("hello")).not.toContain("choir");
  await pullAndBuild();
  expect(await conversation("hello")).toMatch(/1 response\n[\s\S]*Ann[\s\S]*I had the same with our choir\./);
});

test("T4, T5, P1, P2: another reader replies, clients of each protocol find the endpoints, and their responses are on the pages", async () => {
  await withPage(async (page) => {
    await page.goto(`${blog}posts/hello/`);
    await page.getByRole("link", { name: "Reply to Ann" }).click();
    await comment(page, "Carl", "What became of the piano?");
  });
  await approve("What became of the piano?");
  const target = `${blog}posts/fences/`;
  const link = `<a href="${target}">Fences</a>`;
  const page = (at: string, html: string) => {
    pages.set(
      at,
      `<!doctype html><html><head><title>${at.slice(1)}</title></head><body>${html}</body></html>`,
    );
    return others.origin + at;
  };
  const trackback = await sendTrackback(target, {
    url: page("/2004/05/fences.html", link),
    title: "Über fences",
    excerpt: "Café talk over the fence",
    blog: "Zoë's weblog",
  });
  expect(trackback).toMatchObject({ endpoint: `${origin}/trackback/fences`, status: 200 });
  const byHeader = await sendPingback(
    target,
    page("/pinged", `<p>Seen at ${link}, and agreed.</p>`),
    "header",
  );
  expect(byHeader.endpoint).toBe(`${origin}/pingback`);
  const byElement = await sendPingback(target, page("/pinged-too", `<p>Also ${link}.</p>`), "element");
  expect(byElement.endpoint).toBe(`${origin}/pingback`);
  reply = page(
    "/reply",
    `<div class="h-entry"><a class="p-author h-card" href="/">Ben Reed</a>
     <a class="u-in-reply-to" href="${target}">re</a><p class="e-content">Gates are for neighbors.</p></div>`,
  );
  expect(await sendWebmention(target, reply)).toMatchObject({
    endpoint: `${origin}/webmention`,
    status: 201,
  });

  const list = async () => (await runCommand(receive, folder, "list")).out;
  await expect.poll(list).toMatch(/Ben Reed[^]*pinged-too[^]*pinged[^]*Zoë/);
  await approve("Über fences", /\/pinged(?!-)/, "/pinged-too", "Gates are for neighbors.");
  await pullAndBuild();
  await withPage(async (opened) => {
    await opened.goto(`${blog}posts/hello/`);
    expect(await opened.locator(".threads > li .replies > li").innerText()).toContain(
      "What became of the piano?",
    );
  });
  const shown = await conversation("fences");
  expect(shown).toContain("4 responses");
  for (const words of [
    "Über fences",
    "Café talk over the fence",
    "Zoë's weblog",
    "Ben Reed",
    "Gates are for neighbors.",
  ])
    expect(shown).toContain(words);
  await withPage(async (opened) => {
    await opened.goto(target);
    for (const source of ["/2004/05/fences.html", "/pinged", "/pinged-too", "/reply"])
      expect(await opened.locator(`#responses a[href="${others.origin}${source}"]`).count()).toBeGreaterThan(
        0,
      );
  });
});

test("a withdrawn comment and a response whose page is gone are removed from the pages", async () => {
  await withPage(async (page) => {
    await page.goto(edit);
    await page.getByRole("button", { name: "Withdraw the comment" }).click();
    expect(await page.locator("main").innerText()).toContain("It has been deleted.");
  });
  pages.set("/reply", null);
  await sendWebmention(`${blog}posts/fences/`, reply);
  await expect
    .poll(async () => (await (await fetch(`${origin}/api/deleted.jf2`)).text()).includes(reply))
    .toBe(true);
  await pullAndBuild();
  const left = await conversation("hello");
  expect(left).toMatch(/1 response\n/);
  expect(left).not.toMatch(/Ann|choir/);
  const leftOfFences = await conversation("fences");
  expect(leftOfFences).toContain("3 responses");
  expect(leftOfFences).not.toMatch(/Ben Reed|neighbors/);
});

test("a closed post has no comment form and no link to one", async () => {
  await withPage(async (page) => {
    await page.goto(`${blog}posts/closed/`);
    expect(await page.locator(`[action^="${origin}"], [href*="/comment"]`).count()).toBe(0);
  });
});
