import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { isFocused, usePage, useSite } from "../support/use-site.ts";

const site = inject("demo");
const server = useSite(site);
let page: Page;
const WINDOW = { viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" } as const;
usePage(server, WINDOW, (fresh) => void (page = fresh));

/** Focused element and its visibility. */
interface Stop {
  readonly what: string;
  /** Whether it, or its label, has a focus ring. */
  readonly isMarked: boolean;
  /** Whether it's in the viewport and not covered. */
  readonly isSeen: boolean;
}

function stop(): Promise<Stop> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body)
      return { what: "nothing", isMarked: false, isSeen: false };
    const shown = [focused, focused.closest("label"), focused.nextElementSibling].filter(
      (one) => one !== null,
    );
    const isMarked = shown.some((one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
    });
    const boxes = [...(focused.closest("label") ?? focused).getClientRects()];
    const isSeen = boxes.some((box) => {
      const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return over !== null && (focused.contains(over) || over.contains(focused));
    });
    const words = focused.getAttribute("aria-label") ?? focused.textContent ?? "";
    const what = `${focused.tagName.toLowerCase()} ${words.trim().replaceAll(/\s+/g, " ").slice(0, 40)}`;
    return { what, isMarked, isSeen };
  });
}

/** Presses Tab until the focus leaves the page or has moved `most` times. */
async function walk(most: number, key: "Tab" | "Shift+Tab" = "Tab"): Promise<Stop[]> {
  const stops: Stop[] = [];
  while (stops.length < most) {
    await page.keyboard.press(key);
    const here = await stop();
    if (here.what === "nothing") break;
    stops.push(here);
  }
  return stops;
}

const faults = (stops: readonly Stop[]) => stops.filter(({ isMarked, isSeen }) => !isMarked || !isSeen);
const focusIn = (selector: string) =>
  page.evaluate((wanted) => document.activeElement?.closest(wanted) !== null, selector);

describe.each(["light", "dark"] as const)(
  "Tab leads through the whole page, %s, and the focus is always visible",
  (theme) => {
    test.each([
      ["home", ""],
      ["a post", "posts/a-trackback-was-a-promise/"],
      ["a sensitive post", "posts/quitting-the-group-chat/"],
      ["search", "search/?q=fence"],
    ])("on %s", async (_kind, address) => {
      await page.emulateMedia({ colorScheme: theme });
      await page.goto(server.url + address, { waitUntil: "networkidle" });
      const stops = await walk(300);
      expect(stops[0]?.what).toMatch(/^a Skip to/);
      expect(stops.length).toBeGreaterThan(20);
      expect(stops.length).toBeLessThan(300);
      expect(faults(stops)).toEqual([]);
    });
  },
);

test("the skip link leads past the masthead to the text", async () => {
  await page.goto(`${server.url}posts/one-more-story/`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await focusIn("main")).toBe(true);
});

describe("a dialog keeps the focus while it's open and restores it when it closes", () => {
  test.each([
    ["search", "", "[data-search]", "Enter"],
    ["help for keys", "", "[data-search]", "?"],
    ["a picture", "posts/the-party-you-arrive-at/", "a.zoom", "Enter"],
  ])("%s", async (_name, address, opener, key) => {
    await page.goto(server.url + address);
    await page.locator(opener).first().focus();
    await page.keyboard.press(key);
    await page.getByRole("dialog").waitFor();
    const stops: Stop[] = [];
    for (const way of ["Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab"] as const) {
      await page.keyboard.press(way);
      const here = await stop();
      // The browser's own toolbar is between the last and the first stop.
      if (here.what === "nothing") continue;
      stops.push(here);
      expect(await focusIn("dialog[open]")).toBe(true);
    }
    expect(stops.length).toBeGreaterThan(1);
    expect(faults(stops)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
    await expect.poll(() => focusIn(opener)).toBe(true);
  });

  test("also by its own button", async () => {
    await page.goto(server.url);
    await page.locator("[data-search]").focus();
    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("button", { name: "Close" }).press("Enter");
    await sheet.waitFor({ state: "hidden" });
    await expect.poll(() => focusIn("[data-search]")).toBe(true);
  });
});

test("theme and text size can be chosen with arrow keys, and the panel restores the focus", async () => {
  await page.goto(server.url);
  await page.locator("button[data-act=display]").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("radio").first().waitFor();
  await expect.poll(() => focusIn("#display")).toBe(true);
  await page.keyboard.press("ArrowDown");
  expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBe("light");
  await page.keyboard.press("ArrowDown");
  expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBe("dark");
  expect(await stop()).toMatchObject({ isMarked: true, isSeen: true });
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  expect(await page.evaluate(() => document.documentElement.dataset["size"])).toBe("large");
  await page.keyboard.press("Escape");
  await expect.poll(() => focusIn("button[data-act=display]")).toBe(true);
});

test("arrow keys move through results in both directions", async () => {
  await page.goto(server.url);
  await page.keyboard.press("/");
  const dialog = page.getByRole("dialog");
  const box = dialog.getByRole("searchbox");
  await box.waitFor();
  await box.fill("fence");
  await dialog.locator(".hits a").nth(1).waitFor();
  for (const at of [0, 1]) {
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => isFocused(dialog.locator(".hits a").nth(at))).toBe(true);
    expect(await stop()).toMatchObject({ isMarked: true, isSeen: true });
  }
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => isFocused(box)).toBe(true);
});

test("single-key shortcuts are off in text fields", async () => {
  await page.goto(`${server.url}posts/one-more-story/`);
  const field = page.locator("#replySource");
  await field.focus();
  await page.keyboard.type("?/nhprt");
  expect(await field.inputValue()).toBe("?/nhprt");
  expect(await page.locator("dialog[open]").count()).toBe(0);
  expect(page.url()).toBe(`${server.url}posts/one-more-story/`);
  expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBeUndefined();
});

test("the focus moves to the element that replaces a button", async () => {
  await page.route(/youtube|giscus\.app/, (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html><title>elsewhere</title>" }),
  );
  await page.goto(`${server.url}posts/one-more-story/`);
  await page.locator("[data-act=giscus]").press("Enter");
  await page.locator("[data-act=giscus]").waitFor({ state: "hidden" });
  await expect.poll(() => focusIn("[data-giscus]")).toBe(true);
  await page.locator("figure.video a[data-video]").first().press("Enter");
  await page.locator("figure.video iframe").waitFor();
  await expect.poll(() => focusIn("figure.video")).toBe(true);
});

test("the table of contents expands, leads to a section, and the next Tab continues from there", async () => {
  await page.setViewportSize({ width: 768, height: 800 });
  await page.goto(`${server.url}posts/a-trackback-was-a-promise/`);
  await page.locator(".contents summary").press("Enter");
  await page.keyboard.press("Tab");
  expect(await focusIn(".contents a")).toBe(true);
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => location.hash)).not.toBe("");
  await page.keyboard.press("Tab");
  expect(await focusIn(".body")).toBe(true);
  expect(await stop()).toMatchObject({ isMarked: true, isSeen: true });
});

test("a note is shown at its reference while the reference has the focus", async () => {
  await page.setViewportSize({ width: 768, height: 800 });
  await page.goto(`${server.url}posts/weekly-with-five-people/`);
  await page.locator(".note-ref a").first().focus();
  const note = page.getByRole("tooltip");
  await note.waitFor();
  await page.keyboard.press("Tab");
  await note.waitFor({ state: "hidden" });
});

test("Esc hides a note's preview, and the focus stays on the reference", async () => {
  await page.setViewportSize({ width: 768, height: 800 });
  await page.goto(`${server.url}posts/weekly-with-five-people/`);
  await page.locator(".note-ref a").first().focus();
  const note = page.getByRole("tooltip");
  await note.waitFor();
  await page.keyboard.press("Escape");
  await note.waitFor({ state: "hidden" });
  expect(await focusIn(".note-ref")).toBe(true);
});

test("a table of contents that is always open has no button to collapse it", async () => {
  await page.goto(`${server.url}posts/a-trackback-was-a-promise/`);
  const contents = page.getByRole("navigation", { name: "In this post" });
  expect(await contents.getByRole("link").first().isVisible()).toBe(true);
  await contents.getByRole("link").first().focus();
  await page.keyboard.press("Shift+Tab");
  expect(await focusIn(".contents")).toBe(false);
});
