import type { BrowserContext, Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { useFixtureBlog } from "../support/fixture-blog.ts";
import { usePage } from "../support/use-site.ts";

const server = useFixtureBlog("picture-blog");
const WINDOW = { viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" } as const;

/** Compares a part with its snapshot in `tests/aria`; `vitest -u` updates the snapshot, for review. */
async function expectNames(part: Locator, name: string): Promise<void> {
  const tree = (await part.ariaSnapshot()).replaceAll(/\n\s*- \/url: .*/g, "");
  await expect(`${tree}\n`).toMatchFileSnapshot(`../aria/parts/${name}.yml`);
}

describe("what a screen reader says of", () => {
  let context: BrowserContext;
  let page: Page;
  usePage(server, WINDOW, (fresh) => {
    page = fresh;
    context = page.context();
  });

  test("the search dialog, empty, with results and without", async () => {
    await page.goto(server.url);
    await page.keyboard.press("/");
    const dialog = page.getByRole("dialog");
    const box = dialog.getByRole("searchbox");
    await box.waitFor();
    await expectNames(dialog, "search-empty");
    await box.fill("ladder");
    await dialog.locator(".hits a").first().waitFor();
    await expectNames(dialog, "search-found");
    await box.fill("zzzzz");
    await dialog.locator(".hits a").first().waitFor({ state: "detached" });
    await expectNames(dialog, "search-nothing");
  });

  test("the choice of theme and text size, before and after choosing", async () => {
    await page.goto(server.url);
    const button = page.locator("button[data-act=display]");
    await expectNames(page.locator(".tools"), "display-closed");
    await button.click();
    const panel = page.locator("#display");
    await panel.getByRole("radio").first().waitFor();
    await expectNames(panel, "display-open");
    await panel.locator("input[value=dark]").check();
    await panel.locator("input[value=large]").check();
    await expectNames(panel, "display-chosen");
  });

  test("the help for keys", async () => {
    await page.goto(server.url);
    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog");
    await sheet.waitFor();
    await expectNames(sheet, "shortcuts");
  });

  test("a picture opened large, and the next one", async () => {
    await page.goto(`${server.url}posts/everything/`);
    await page.locator("a.zoom").first().press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    await expectNames(dialog, "picture");
    await page.keyboard.press("ArrowRight");
    await expectNames(dialog, "picture-next");
  });

  test("the contents, folded and open", async () => {
    await page.setViewportSize({ width: 768, height: 900 });
    await page.goto(`${server.url}posts/everything/`);
    const contents = page.locator(".contents");
    await expectNames(contents, "contents-folded");
    await contents.locator("summary").press("Enter");
    await expectNames(contents, "contents-open");
  });

  test("a note shown at its number", async () => {
    await page.setViewportSize({ width: 768, height: 900 });
    await page.goto(`${server.url}posts/everything/`);
    await page.locator(".note-ref a").first().focus();
    const note = page.getByRole("tooltip");
    await note.waitFor();
    await expectNames(note, "note");
  });

  test("a film's poster and a survey", async () => {
    await page.goto(`${server.url}posts/everything/`);
    await expectNames(page.locator("figure.video").first(), "video");
    await expectNames(page.locator("figure.survey").first(), "survey");
  });

  test("code and its button, before and after copying", async () => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(`${server.url}posts/everything/`);
    const code = page.locator("figure.code, .code").first();
    const button = code.getByRole("button");
    await button.waitFor();
    await expectNames(code, "code");
    await button.click();
    await expect.poll(() => button.textContent()).not.toBe("Copy");
    await expectNames(button, "code-copied");
  });

  test("the ways to answer, and the wait for GitHub", async () => {
    await context.route("https://giscus.app/**", (route) =>
      route.fulfill({ contentType: "text/html", body: "<!doctype html><title>giscus</title>" }),
    );
    await page.goto(`${server.url}posts/a-long-talk/`);
    const ways = page.locator("#respond");
    await ways.getByRole("button").first().waitFor();
    await expectNames(ways, "ways");
    await ways.locator("[data-act=giscus]").click();
    const status = ways.locator(".giscus-status");
    await expect.poll(() => status.textContent()).not.toBe("");
    await expectNames(status, "ways-waiting");
  });

  test("passing a post on, and the way out of a sensitive one", async () => {
    await page.goto(`${server.url}posts/out-of-order/`);
    await expectNames(page.locator(".post-links"), "share");
    await expectNames(page.locator("[data-exit]"), "quick-exit");
    await expectNames(page.locator(".content-note"), "content-note");
  });
});
