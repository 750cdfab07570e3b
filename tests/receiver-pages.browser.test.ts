/** The receiver's own pages are readable and accessible at every width, light and dark. */
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findSettings } from "../src/lib/site/load-settings.ts";
import { ownThemes } from "../src/lib/themes/load-theme.ts";
import { blogLook } from "../src/receiver/node/blog-look.ts";
import { setRule } from "../src/receiver/store/rules.ts";
import { ADAPTERS } from "./receiver-support/databases.ts";
import { freePort } from "./support/free-port.ts";
import { startMicropub, type MicropubReceiver } from "./receiver-support/micropub.ts";
import { HELLO, SITE, startReceiver, TOKEN } from "./receiver-support/receiver.ts";
import { axeFaults, COLOR_RULES, type AxeOptions } from "./support/axe.ts";
import { change } from "./support/blog-folder.ts";
import { tempFolder } from "./support/temp-folder.ts";
import { sharedBrowser } from "./support/use-site.ts";

const LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(3);

/** Cache, so that fonts are subset only once for all looks. */
const cacheDir = tempFolder("receiver-fonts");

/** Returns the look of a blog with a theme, and the theme's colors. */
async function lookOf(theme: string) {
  const root = tempFolder("receiver-look");
  const contentDir = path.join(root, "content");
  change(root, { "content/site.yaml": `title: Over the fence\ntheme: ${theme}\n` });
  const { settings } = findSettings({ contentDir, root });
  const look = await blogLook({ settings, contentDir, cacheDir, site: SITE });
  return { look, colors: settings.appearance.colors };
}

/**
 * Expects a page to have no axe faults and no overflow.
 * @param rules axe options; null to skip axe when it has checked the page already.
 */
async function look(page: Page, name: string, rules: AxeOptions | null): Promise<void> {
  if (rules !== null) expect([name, await axeFaults(page, rules)]).toEqual([name, []]);
  const { scrollWidth, width } = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth,
    width: window.innerWidth,
  }));
  expect([name, scrollWidth]).toEqual([name, width]);
}

let receiver: MicropubReceiver;
let browser: Browser;
let origin = "";
/** URLs to check by name. */
const pages = new Map<string, string>();

beforeAll(async () => {
  const port = await freePort();
  origin = `http://localhost:${port}`;
  receiver = await startMicropub(await ADAPTERS.SQLite(), {
    port,
    hasWorker: true,
    look: (await lookOf("fence")).look,
    env: { RECEIVER_URL: origin },
  });
  browser = await sharedBrowser();
  const { database } = receiver.running.context;
  for (const [path, text] of [
    ["/short", "Short and good."],
    ["/long", `${LONG} `.repeat(4)],
  ] as const) {
    const answer = await receiver.post("/webmention", {
      source: receiver.page(
        `${path}?${encodeURIComponent(text)}`,
        `<div class="h-entry"><a class="p-author h-card" href="/${LONG}">${path === "/long" ? LONG.slice(0, 70) : "Ann"}</a>
         <a class="u-in-reply-to" href="${HELLO}">re</a><p class="e-content">${text}</p></div>`,
      ),
      target: HELLO,
    });
    const status = answer.headers.get("location") ?? "";
    await receiver.verified(status);
    pages.set("the status of a webmention", new URL(status).pathname);
  }
  await setRule(database, "pills.example", "block");
  await setRule(
    database,
    `${LONG.slice(0, 60)
      .replaceAll(/[^a-z]/gi, "a")
      .toLowerCase()}.example`,
    "approve",
  );
  const fields = { post: "hello", name: "Ann", text: `Text\n\n${LONG}`, url: "", "reply-to": "" };
  const preview = await (await receiver.post("/comment", fields)).text();
  const confirmation = /name="confirmation" value="([^"]+)"/.exec(preview)?.[1] ?? "";
  receiver.pass(3000);
  const stored = await (await receiver.post("/comment", { ...fields, confirmation })).text();
  const edit = /href="[^"]*(\/comment\/([^/"]*)\/edit\?key=[^"]*)"/.exec(stored);
  for (const { id, record } of await receiver.responses())
    if (record["wm-protocol"] === "comment") await receiver.decide(id, "approved");
  pages.set("the start", "/");
  pages.set("the comment form", "/comment?post=hello&reply-to=https://ann.example/1");
  pages.set("a comment", `/comment/${edit?.[2] ?? ""}`);
  pages.set("a comment's edit page", (edit?.[1] ?? "").replaceAll("&amp;", "&"));
  pages.set("an address of nothing", "/none");
  pages.set("sign-in", "/moderate");
});
afterAll(async () => {
  await receiver[Symbol.asyncDispose]();
});

/** A color scheme only changes colors, and at widths between the extremes only overflow can differ. */
const LOOKS = [
  ["light", 320, {}],
  ["light", 360, null],
  ["light", 768, null],
  ["light", 1280, {}],
  ["dark", 1280, { only: COLOR_RULES }],
] as const;

describe("every page is readable", () => {
  test.each(LOOKS)("in the %s color scheme at %d pixels", async (colorScheme, width, rules) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
    try {
      const page = await context.newPage();
      for (const [name, path] of pages) {
        await page.goto(origin + path);
        await look(page, name, rules);
      }
      await page.goto(`${origin}/comment?post=hello`);
      await page.getByRole("button", { name: "Continue" }).waitFor();
      await page.getByLabel("Name").fill("Ann");
      await page.getByLabel("Comment", { exact: true }).fill(`Hello\n\n${LONG}`);
      await page.getByRole("button", { name: "Continue" }).click();
      await look(page, "the confirmation", rules);
      await page.getByText("Change it").click();
      await look(page, "the confirmation, opened", rules);
      await page.goto(`${origin}/moderate`);
      receiver.pass(11 * 60_000);
      await page.getByLabel("Token").fill(TOKEN);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("heading", { name: "Moderation" }).waitFor();
      await page.getByText("Short and good.").waitFor();
      expect(await page.locator("article").count()).toBe(2);
      await look(page, "moderation", rules);
      await page.goto(`${origin}/moderate/access`);
      await look(page, "passkeys and apps", rules);
    } finally {
      await context.close();
    }
  });
});

/** Returns what a page gets from its theme: colors, typeface, and the header with the blog's name. */
async function appearanceOf(page: Page) {
  return await page.evaluate(() => {
    const { backgroundColor, color, fontFamily } = getComputedStyle(document.documentElement);
    const brand = document.querySelector(".masthead .brand");
    const { fontWeight } = getComputedStyle(brand ?? document.body);
    return { backgroundColor, color, fontFamily, brand: brand?.textContent?.trim(), fontWeight };
  });
}

/** Converts a color such as `#fdfcfa` to the format of computed styles. */
function rgb(hex: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return `rgb(${red}, ${green}, ${blue})`;
}

describe.each(ownThemes())("of a blog with the theme %s", (theme) => {
  test.each([
    ["light", 1280],
    ["dark", 360],
  ] as const)("the pages have its look in the %s color scheme at %d pixels", async (colorScheme, width) => {
    const { look: blogsLook, colors } = await lookOf(theme);
    await using themed = await startReceiver(await ADAPTERS.SQLite(), { look: blogsLook, hasWorker: false });
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
    try {
      const page = await context.newPage();
      const foreign: string[] = [];
      const failed: string[] = [];
      page.on("request", (request) => {
        if (new URL(request.url()).origin !== themed.origin) foreign.push(request.url());
      });
      page.on("response", (response) => {
        if (response.status() >= 400) failed.push(response.url());
      });
      await page.goto(`${themed.origin}/comment?post=hello`);
      await page.getByLabel("Name").fill("Ann");
      await page.getByLabel("Comment", { exact: true }).fill("Hello over there.");
      await page.getByRole("button", { name: "Continue" }).click();
      await page.getByRole("button", { name: "Publish the comment" }).waitFor();
      await look(page, "the confirmation", {});
      const appearance = await appearanceOf(page);
      expect(appearance).toMatchObject({
        brand: "Over the fence",
        backgroundColor: rgb(colors.paper[colorScheme]),
        color: rgb(colors.ink[colorScheme]),
      });
      expect(appearance.fontFamily.startsWith("Literata,")).toBe(theme === "paper" || theme === "fence");
      expect(await page.evaluate(() => [...document.fonts].some(({ status }) => status === "loaded"))).toBe(
        theme === "paper" || theme === "fence",
      );
      expect(await page.getByRole("link", { name: "Subscribe" }).getAttribute("href")).toBe(
        `${SITE}subscribe/`,
      );
      await page.goto(`${themed.origin}/moderate`);
      await look(page, "sign-in", {});
      expect(await appearanceOf(page)).toEqual(appearance);
      expect([foreign, failed.filter((address) => !address.endsWith("/moderate"))]).toEqual([[], []]);
    } finally {
      await context.close();
    }
  });
});
