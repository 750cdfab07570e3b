/** A reader without an account, without JavaScript: from the form under a post to the rebuilt page, and away again. */
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BrowserContext, Page } from "playwright-core";
import { startReceiver, TOKEN, type TestReceiver } from "./receiver-support/receiver.ts";
import { ADAPTERS } from "./receiver-support/databases.ts";
import { freePort } from "./receiver-support/free-port.ts";
import { change } from "./support/blog-folder.ts";
import { build, root, runNode, type BuiltSite } from "./support/build.ts";
import { tempSiteFolder } from "./support/temp-folder.ts";
import { useSite } from "./support/use-site.ts";

const SITE = "https://me.example/";
const folder = tempSiteFolder();
const site: BuiltSite = {
  folder,
  contentDir: path.join(folder, "content"),
  outDir: path.join(folder, "dist"),
  base: "/",
};
let receiver: TestReceiver;

beforeAll(async () => {
  const port = await freePort();
  receiver = await startReceiver(await ADAPTERS.SQLite(), { site: SITE, port });
  change(folder, {
    "content/site.yaml": `title: Test blog
url: ${SITE}
timeZone: UTC
moderation: none
webmention:
  endpoint: ${receiver.origin}/webmention
  api: ${receiver.origin}/api/
  comments: ${receiver.origin}/comment
`,
    "content/authors/nell.yaml": "name: Nell Hartigan\n",
    "content/posts/hello.md": "---\ntitle: Hello\ndate: 2026-03-01\n---\n\nWords.\n",
    "content/posts/closed.md": "---\ntitle: Closed\ndate: 2026-03-01\ncomments: closed\n---\n\nWords.\n",
  });
  await build(site);
});
afterAll(() => receiver[Symbol.asyncDispose]());

const blog = useSite(site);

async function withPage<T>(use: (page: Page, context: BrowserContext) => Promise<T>): Promise<T> {
  const context = await blog.browser.newContext({ javaScriptEnabled: false });
  try {
    return await use(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

/** Fills in the form that a page shows, reads the comment once more, publishes it. @returns the link to change it. */
async function comment(page: Page, name: string, text: string): Promise<string> {
  await page.getByLabel("Comment", { exact: true }).fill(text);
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Continue" }).first().click();
  expect(await page.locator("blockquote").innerText()).toBe(text);
  receiver.pass(3000);
  await page.getByRole("button", { name: "Publish the comment" }).click();
  expect(await page.locator("main").innerText()).toContain("once the author has approved it");
  return (await page.locator("a[href*='/edit?key=']").getAttribute("href")) ?? "";
}

/** The author signs in and approves what waits. */
async function approve(text: string): Promise<void> {
  await withPage(async (page) => {
    await page.goto(`${receiver.origin}/moderate`);
    await page.getByLabel("Token").fill(TOKEN);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.locator("article", { hasText: text }).getByRole("button", { name: "Approve" }).click();
    expect(await page.locator("article", { hasText: text }).count()).toBe(0);
  });
}

async function pullAndBuild(): Promise<void> {
  const env = { BACKFENCE_ALLOW_LOOPBACK: "1" };
  const pulled = await runNode([path.join(root, "src/cli/backfence.ts"), "responses", "pull"], {
    cwd: folder,
    env,
  });
  expect(pulled.status, pulled.output).toBe(0);
  await build(site);
}

const conversation = () =>
  withPage(async (page) => {
    await page.goto(`${blog.url}posts/hello/`);
    return await page.locator("#responses").innerText();
  });

test("a reader comments, the author approves, the page shows it and its reply, and the reader withdraws it", async () => {
  const edit = await withPage(async (page) => {
    await page.goto(`${blog.url}posts/hello/`);
    return await comment(page, "Ann", "I had the same with our choir.");
  });
  await approve("I had the same with our choir.");
  expect(await conversation()).not.toContain("choir");
  await pullAndBuild();
  expect(await conversation()).toMatch(/1 response\n[\s\S]*Ann[\s\S]*I had the same with our choir\./);

  await withPage(async (page) => {
    await page.goto(`${blog.url}posts/hello/`);
    await page.getByRole("link", { name: "Reply to Ann" }).click();
    await comment(page, "Carl", "What became of the piano?");
  });
  await approve("What became of the piano?");
  await pullAndBuild();
  await withPage(async (page) => {
    await page.goto(`${blog.url}posts/hello/`);
    expect(await page.locator(".threads > li .replies > li").innerText()).toContain(
      "What became of the piano?",
    );
    await page.goto(edit);
    await page.getByRole("button", { name: "Withdraw the comment" }).click();
    expect(await page.locator("main").innerText()).toContain("Your comment is deleted");
  });
  await pullAndBuild();
  const left = await conversation();
  expect(left).toMatch(/1 response\n/);
  expect(left).not.toMatch(/Ann|choir/);
});

test("a closed post has no form and no link to one", async () => {
  await withPage(async (page) => {
    await page.goto(`${blog.url}posts/closed/`);
    expect(await page.locator(`[action^="${receiver.origin}"], [href*="/comment"]`).count()).toBe(0);
  });
});
