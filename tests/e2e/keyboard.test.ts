import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { isFocused, usePage, useSite } from "../support/use-site.ts";

const site = inject("demo");
const server = useSite(site);
let page: Page;
const WINDOW = { viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" } as const;
usePage(server, WINDOW, (fresh) => void (page = fresh));

/** Where the focus stands and how it shows. */
interface Stop {
  readonly what: string;
  /** Has a ring around it, or around the label that stands for it. */
  readonly isMarked: boolean;
  /** In the window, and nothing lies over it. */
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

/** Presses Tab until the focus leaves the page or has stood in `most` places. */
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
  "Tab leads through the whole page, %s, and the focus is always seen",
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

test("the way past the masthead leads to the text", async () => {
  await page.goto(`${server.url}posts/one-more-story/`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await focusIn("main")).toBe(true);
});

describe("an open dialog keeps the focus in it and gives it back", () => {
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
      // Between the last and the first stop lies the browser's own bar.
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

  test("by its own button, too", async () => {
    await page.goto(server.url);
    await page.locator("[data-search]").focus();
    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("button", { name: "Close" }).press("Enter");
    await sheet.waitFor({ state: "hidden" });
    await expect.poll(() => focusIn("[data-search]")).toBe(true);
  });
});

test("theme and text size are chosen by arrows, and the panel gives the focus back", async () => {
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

test("results are walked through by arrows, there and back", async () => {
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

test("single keys stay letters where one writes", async () => {
  await page.goto(`${server.url}posts/one-more-story/`);
  const field = page.locator("#replySource");
  await field.focus();
  await page.keyboard.type("?/nhprt");
  expect(await field.inputValue()).toBe("?/nhprt");
  expect(await page.locator("dialog[open]").count()).toBe(0);
  expect(page.url()).toBe(`${server.url}posts/one-more-story/`);
  expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBeUndefined();
});

test("what replaces a button takes the focus over", async () => {
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

test("the contents fold open, lead to a section, and the next Tab goes on from there", async () => {
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

test("a note shows itself at its number while the focus is there", async () => {
  await page.setViewportSize({ width: 768, height: 800 });
  await page.goto(`${server.url}posts/weekly-with-five-people/`);
  await page.locator(".note-ref a").first().focus();
  const note = page.getByRole("tooltip");
  await note.waitFor();
  await page.keyboard.press("Tab");
  await note.waitFor({ state: "hidden" });
});

test("Esc hides a note's preview, and the focus stays at its number", async () => {
  await page.setViewportSize({ width: 768, height: 800 });
  await page.goto(`${server.url}posts/weekly-with-five-people/`);
  await page.locator(".note-ref a").first().focus();
  const note = page.getByRole("tooltip");
  await note.waitFor();
  await page.keyboard.press("Escape");
  await note.waitFor({ state: "hidden" });
  expect(await focusIn(".note-ref")).toBe(true);
});

test("contents that are always open have no button that folds them", async () => {
  await page.goto(`${server.url}posts/a-trackback-was-a-promise/`);
  const contents = page.getByRole("navigation", { name: "In this post" });
  expect(await contents.getByRole("link").first().isVisible()).toBe(true);
  await contents.getByRole("link").first().focus();
  await page.keyboard.press("Shift+Tab");
  expect(await focusIn(".contents")).toBe(false);
});
