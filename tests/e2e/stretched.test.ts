import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { PAGE_KINDS } from "../support/pages.ts";
import { useSite } from "../support/use-site.ts";

const site = inject("demo");
const server = useSite(site);

/** Text spacing according to WCAG 2.2, 1.4.12. */
const SPACED = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-block-end: 2em !important }`;

async function withPage(options: BrowserContextOptions, look: (page: Page) => Promise<void>): Promise<void> {
  const plain = { bypassCSP: true, reducedMotion: "reduce", serviceWorkers: "block" } as const;
  const context = await server.browser.newContext({ ...options, ...plain });
  try {
    await look(await context.newPage());
  } finally {
    await context.close();
  }
}

/** Returns texts that are clipped by their box or the window, or whose lines overlap. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const name = (element: Element) =>
      `${element.tagName} .${element.className} ${element.textContent?.slice(0, 40)}`;
    const isShown = (element: Element) => {
      const style = getComputedStyle(element);
      return element.checkVisibility() && style.clipPath === "none" && style.position !== "fixed";
    };
    const cut = [...document.querySelectorAll("body *")].filter((element) => {
      const { overflowX, overflowY } = getComputedStyle(element);
      if (
        element.closest("svg, .said-long, .second .front-lead, .visually-hidden") !== null ||
        !isShown(element)
      )
        return false;
      const isCutBelow = overflowY === "hidden" && element.scrollHeight > element.clientHeight + 2;
      const isCutBeside = overflowX === "hidden" && element.scrollWidth > element.clientWidth + 2;
      return isCutBelow || isCutBeside;
    });
    const texts = [
      ...document.querySelectorAll("h1, h2, h3, p, li > a, .meta > *, dt, dd, th, td, figcaption"),
    ];
    const wide = texts.filter((element) => {
      const box = element.getBoundingClientRect();
      const scrolls = element.closest("pre, .table-scroll, .years-chart, [tabindex='0']") !== null;
      return isShown(element) && !scrolls && box.width > 1 && (box.right > innerWidth + 1 || box.left < -1);
    });
    const blocks = [
      ...document.querySelectorAll(".post > *, .post-head > *, .body > *, .front-text > *, .column > *"),
    ].filter((element) => isShown(element) && getComputedStyle(element).position === "static");
    const covered = blocks.filter((element) => {
      const next = element.nextElementSibling;
      if (next === null || !blocks.includes(next)) return false;
      if (getComputedStyle(element).float !== "none" || getComputedStyle(next).float !== "none") return false;
      const [above, below] = [element.getBoundingClientRect(), next.getBoundingClientRect()];
      const isBeside = above.right <= below.left || below.right <= above.left;
      return (
        above.height > 0 &&
        below.height > 0 &&
        !isBeside &&
        above.bottom > below.top + 2 &&
        below.bottom > above.top + 2
      );
    });
    return [...cut, ...wide, ...covered].map(name);
  });
}

const sticksOut = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe("with more space between lines, words and letters, no text is lost", () => {
  test.each([320, 1280])("at %i px", async (width) => {
    await withPage({ viewport: { width, height: 800 } }, async (page) => {
      for (const [kind, address] of Object.entries(PAGE_KINDS)) {
        await page.goto(server.url + address);
        await page.addStyleTag({ content: SPACED });
        expect(await cutOff(page), kind).toEqual([]);
        expect(await sticksOut(page), kind).toBeLessThanOrEqual(0);
      }
    });
  });
});

test("at 400 % zoom (320 by 256 px), nothing overflows and no fixed element covers the text", async () => {
  await withPage({ viewport: { width: 320, height: 256 } }, async (page) => {
    for (const [kind, address] of Object.entries(PAGE_KINDS)) {
      await page.goto(server.url + address);
      expect(await sticksOut(page), kind).toBeLessThanOrEqual(0);
      expect(await cutOff(page), kind).toEqual([]);
      const covered = await page.evaluate(() =>
        [...document.querySelectorAll("body *")]
          .filter(
            (element) => /fixed|sticky/.test(getComputedStyle(element).position) && element.checkVisibility(),
          )
          .reduce((sum, element) => sum + element.getBoundingClientRect().height, 0),
      );
      expect(covered, kind).toBeLessThan(80);
    }
  });
});

const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  "by day": { colorScheme: "light" },
  "by night": { colorScheme: "dark" },
  "in forced colours": { forcedColors: "active" },
  "at 400 %": { viewport: { width: 320, height: 256 } },
};

describe.each(Object.entries(LOOKS))("axe finds nothing %s", (_look, options) => {
  test("in the display panel, the keyboard help, an enlarged picture and the search dialog", async () => {
    await withPage(options, async (page) => {
      await page.goto(`${server.url}posts/the-party-you-arrive-at/`);
      await page.locator("button[data-act=display]").click();
      await page.getByRole("radio").first().waitFor();
      expect(await axeFaults(page)).toEqual([]);
      expect(await sticksOut(page)).toBeLessThanOrEqual(0);
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      await page.locator("dialog.sheet[open]").waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.locator("a.zoom").first().press("Enter");
      await page.locator("dialog.zoom-box[open]").waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.keyboard.press("/");
      await page.getByRole("dialog").getByRole("searchbox").waitFor();
      expect(await axeFaults(page)).toEqual([]);
      expect(await sticksOut(page)).toBeLessThanOrEqual(0);
    });
  });
});

describe.each(["light", "dark"] as const)(
  "prefers-contrast: more increases the contrast, %s",
  (colorScheme) => {
    test.each(["", "posts/one-more-story/"])("on /%s", async (address) => {
      await withPage({ colorScheme, contrast: "more" }, async (page) => {
        await page.goto(server.url + address);
        expect(await axeFaults(page, { within: "main", also: ["color-contrast-enhanced"] })).toEqual([]);
      });
    });
  },
);

describe("on paper", () => {
  test("a post prints as its article: no navigation, links with their URLs, responses included", async () => {
    await withPage({}, async (page) => {
      await page.goto(`${server.url}posts/one-more-story/`);
      await page.emulateMedia({ media: "print" });
      for (const gone of [
        ".masthead nav",
        ".tools",
        ".contents",
        ".footer",
        ".onward",
        ".ways",
        ".share",
        ".quick-exit",
      ]) {
        expect(await page.locator(gone).filter({ visible: true }).count(), gone).toBe(0);
      }
      for (const kept of ["h1", ".byline", ".cover img", ".body", ".response-own", "figure.survey"]) {
        expect(await page.locator(kept).first().isVisible(), kept).toBe(true);
      }
      const printed = await page
        .locator(".body figcaption a[href^=http]")
        .first()
        .evaluate((link: HTMLAnchorElement) => ({
          said: getComputedStyle(link, "::after").content,
          wanted: link.getAttribute("href") ?? "",
        }));
      expect(printed.said).toContain(printed.wanted);
      const breaks = await page
        .locator(".body figure, .body table, .body blockquote")
        .evaluateAll((parts) => parts.map((part) => getComputedStyle(part).breakInside));
      expect(new Set(breaks)).toEqual(new Set(["avoid"]));
      expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe("rgb(0, 0, 0)");
    });
  });

  test("dark mode prints as light, and side notes are printed at the end", async () => {
    await withPage({ colorScheme: "dark", viewport: { width: 1280, height: 900 } }, async (page) => {
      await page.goto(`${server.url}posts/weekly-with-five-people/`);
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(
        "rgb(255, 255, 255)",
      );
      expect(await page.locator(".footnotes").isVisible()).toBe(true);
      const pdf = await page.pdf({ format: "A4" });
      expect(pdf.byteLength).toBeGreaterThan(20_000);
      expect([...pdf.toString("latin1").matchAll(/\/Type\s*\/Page\b/g)].length).toBeLessThan(16);
    });
  });
});
