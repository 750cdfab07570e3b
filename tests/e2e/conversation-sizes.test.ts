/** Conversations of 0 to 1,600 responses, in a left-to-right and a right-to-left language. */
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { SIZES, slugOf, writeConversations } from "../fixtures/conversations.ts";
import { listFiles } from "../../src/integration/list-files.ts";
import { axeFaults, COLOR_RULES } from "../support/axe.ts";
import type { BuiltSite } from "../support/build.ts";
import { pageWeight } from "../support/page-weight.ts";
import { htmlFiles, readOutput } from "../support/pages.ts";
import { buildNew } from "../support/shared-builds.ts";
import { tempSiteFolder } from "../support/temp-folder.ts";
import { useSite } from "../support/use-site.ts";
import { htmlErrors } from "../support/validate-html.ts";

const DESK = { viewport: { width: 1280, height: 900 }, serviceWorkers: "block" } as const;
const WIDTHS = [320, 360, 768, 1280, 1600] as const;
const SAID = /<li class="(?:response|trackback|mention)\b/g;

/** Folders of the blogs, which are built in the tests of each language. */
const folders = { en: tempSiteFolder(), ar: tempSiteFolder() };

describe.each(["en", "ar"] as const)("in the language %s", (lang) => {
  const folder = folders[lang];
  const contentDir = path.join(folder, "content");
  const site: BuiltSite = { folder, contentDir, outDir: path.join(folder, "dist"), base: "/" };
  beforeAll(async () => {
    writeConversations(contentDir, lang);
    await buildNew(site);
  });
  const server = useSite(site);
  const fileOf = (size: number) => `posts/${slugOf(size)}/index.html`;
  const furtherOf = (size: number) =>
    htmlFiles(site).filter((file) => file.startsWith(`posts/${slugOf(size)}/responses/`));

  test.each(SIZES)(
    "with %i responses, the page shows all, or the first hundred and a link to the rest",
    (size) => {
      const html = readOutput(site, fileOf(size));
      const shown = html.match(SAID)?.length ?? 0;
      // Threads aren't split, so the page may end a few responses before the hundredth.
      expect(shown).toBeLessThanOrEqual(Math.min(size, 100));
      expect(shown).toBeGreaterThanOrEqual(Math.min(size, 94));
      if (size <= 100) expect(shown).toBe(size);
      expect(html.includes('<div class="more-responses">')).toBe(size > 100);
      expect(html.includes("pages-by-date")).toBe(furtherOf(size).length >= 3);
      // Further faces may be on a separate page, linked from the facepile.
      if (size < 100) expect(furtherOf(size)).toEqual([]);
      const all = [fileOf(size), ...furtherOf(size)].flatMap(
        (file) => readOutput(site, file).match(SAID) ?? [],
      );
      expect(all).toHaveLength(size);
      // The links to further responses come after the responses on the page.
      const [last = 0, more] = [
        html.search(/(?:<li class="(?:response|trackback|mention)\b[^]*)$/),
        html.indexOf("more-responses"),
      ];
      if (more !== -1) expect(more).toBeGreaterThan(last);
    },
  );

  test.each(SIZES)("below an article with %i responses, all parts are in order", (size) => {
    const html = readOutput(site, fileOf(size));
    const places = [
      'class="post-links"',
      'class="question"',
      'id="responses"',
      'id="respond"',
      'class="bios"',
      'class="onward"',
    ].map((mark) => html.indexOf(mark));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    // The number in the heading matches the responses below it.
    const heading = /id="responsesTitle">([^<]*)</.exec(html)?.[1] ?? "";
    const counted = /\d+/.exec(heading)?.[0];
    if (counted !== undefined) expect(Number(counted)).toBe(html.match(SAID)?.length);
    for (const [kind, title] of [
      ["trackback", "trackbacksTitle"],
      ["mention", "mentionsTitle"],
    ] as const) {
      const number = new RegExp(`id="${title}">[^<\\d]*(\\d+)`).exec(html)?.[1];
      if (number !== undefined)
        expect(html.match(new RegExp(`<li class="${kind}\\b`, "g"))).toHaveLength(Number(number));
    }
  });

  test.each(SIZES)("with %i responses a post stays within its budgets", (size) => {
    const { total, withoutConversation } = pageWeight(site, fileOf(size));
    expect(withoutConversation).toBeLessThanOrEqual(20_000);
    expect(total - withoutConversation).toBeLessThanOrEqual(60_000);
  });

  test("nothing overflows at any width, and axe finds no faults", async () => {
    const context = await server.browser.newContext({ reducedMotion: "reduce", serviceWorkers: "block" });
    const page = await context.newPage();
    for (const size of SIZES) {
      await page.goto(`${server.url}posts/${slugOf(size)}/`);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        const room = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(room, `${size} at ${width} px`).toBeLessThanOrEqual(0);
      }
      // Larger conversations have the same parts; the longest is tested in long-conversation.test.ts.
      if (size > 11) continue;
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        const faults = await axeFaults(page, colorScheme === "light" ? {} : { only: COLOR_RULES });
        expect(faults.slice(0, 5), `${size}, ${colorScheme}`).toEqual([]);
      }
    }
    await context.close();
  });

  // The links are the same in every language.
  if (lang === "en")
    test("without JavaScript, a reader gets from the first response to the last by links", async () => {
      const context = await server.browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(`${server.url}posts/${slugOf(1600)}/`);
      const seen = new Set<string>();
      for (;;) {
        const ids = await page
          .locator(".response, .trackback, .mention")
          .evaluateAll((all) => all.map(({ id }) => id));
        for (const id of ids) seen.add(id);
        const next = page.locator("main a[rel=next], .conversation a[rel=next]").first();
        if ((await next.count()) === 0) break;
        const address = await next.evaluate((link: HTMLAnchorElement) => link.href);
        await next.click();
        await page.waitForURL(address);
      }
      expect(seen.size).toBe(1600);
      await context.close();
    });

  test("each paragraph of a response has the direction of its own script", async () => {
    const page = await server.browser.newPage(DESK);
    await page.goto(`${server.url}posts/${slugOf(53)}/`);
    const wrong = await page.locator(".said p, .said.e-content p").evaluateAll((paragraphs) =>
      paragraphs.flatMap((paragraph) => {
        const range = document.createRange();
        range.selectNodeContents(paragraph);
        const last = [...range.getClientRects()].at(-1);
        const box = paragraph.getBoundingClientRect();
        if (last === undefined || box.width === 0) return [];
        const isArabic = /^[^A-Za-z]*\p{Script=Arabic}/u.test(paragraph.textContent ?? "");
        const isAtItsSide = isArabic ? box.right - last.right < 2 : last.left - box.left < 2;
        return isAtItsSide ? [] : [paragraph.textContent];
      }),
    );
    expect(wrong).toEqual([]);
    await page.close();
  });

  test("no part of a response is below its portrait", async () => {
    const page = await server.browser.newPage(DESK);
    await page.goto(`${server.url}posts/${slugOf(53)}/`);
    const starts = await page.locator(".response-own").evaluateAll((all) =>
      all.map((own) => {
        const isRight = getComputedStyle(own).direction === "rtl";
        const parts = [...own.children].filter((part) => !part.matches(".face, picture"));
        return new Set(
          parts.map((part) => Math.round(part.getBoundingClientRect()[isRight ? "right" : "left"])),
        ).size;
      }),
    );
    expect(starts.every((count) => count === 1)).toBe(true);
    await page.close();
  });

  test("starts at the side where lines of the language start", async () => {
    const page = await server.browser.newPage(DESK);
    await page.goto(`${server.url}posts/${slugOf(11)}/`);
    const isRight = await page.evaluate(() => {
      const box = (selector: string) =>
        document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
      return {
        portrait: box(".response-own .face").left > box(".said").left,
        reply: box(".replies .said").right < box(".threads > .response .said").right,
      };
    });
    expect(isRight).toEqual({ portrait: lang === "ar", reply: lang === "ar" });
    await page.close();
  });
});

test("the Nu validator finds no error on any page", () => {
  const files = Object.values(folders).flatMap((folder) => {
    const posts = path.join(folder, "dist/posts");
    return listFiles(posts).map((file) => path.join(posts, file));
  });
  // The pages with further responses differ only in these, so the first one is enough.
  const pages = files.filter((file) => /\.html$/.test(file) && !/\/responses\/(?!2\/)/.test(file));
  for (const lang of Object.values(folders))
    for (const size of SIZES)
      expect(pages).toContain(path.join(lang, `dist/posts/${slugOf(size)}/index.html`));
  expect(pages.length).toBeLessThan(files.length);
  expect(htmlErrors(...pages)).toEqual([]);
});
