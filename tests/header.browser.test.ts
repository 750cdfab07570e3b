/** The header with long words and a language switcher, in each theme: every label is on one line at every width. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ownThemes } from "../src/lib/themes/load-theme.ts";
import type { BuiltSite } from "./support/build.ts";
import { buildNew } from "./support/shared-builds.ts";
import { tempSiteFolder } from "./support/temp-folder.ts";
import { useSite } from "./support/use-site.ts";

const post = (title: string, more = "") =>
  `---\ntitle: ${title}\ndate: 2024-03-01T10:00:00Z\ntags: [Nachbarschaft]\n${more}---\n\nEin Text.\n`;
const POSTS = {
  "eins.md": post("Nachbarschaftsversammlungsprotokoll", "translations: [one]\n"),
  "zwei.md": post("Was der Zaun von uns weiß"),
  "one.md": post("The minutes", "lang: pt-BR\n"),
};

describe.each(ownThemes())("theme %s", (theme) => {
  const folder = tempSiteFolder();
  const site: BuiltSite = {
    folder,
    contentDir: path.join(folder, "content"),
    outDir: path.join(folder, "dist"),
    base: "/",
  };
  beforeAll(async () => {
    mkdirSync(path.join(site.contentDir, "posts"), { recursive: true });
    for (const [name, text] of Object.entries(POSTS))
      writeFileSync(path.join(site.contentDir, "posts", name), text);
    writeFileSync(
      path.join(site.contentDir, "site.yaml"),
      `title: Nachbarschaftsgeschichten\ndescription: Über Gespräche am Zaun.\nurl: https://zaun.example/\nlang: de\nsocialPictures: false\ntheme: ${theme}\n`,
    );
    await buildNew(site);
  });
  const server = useSite(site);
  let page: Page;
  beforeAll(async () => {
    page = await server.browser.newPage({ serviceWorkers: "block" });
  });
  afterAll(() => page?.close());

  test.each([360, 480, 768, 1024, 1280])(
    "at %d px, no label is broken and the tools are next to the name",
    async (width) => {
      await page.setViewportSize({ width, height: 800 });
      for (const address of ["", "posts/"]) {
        await page.goto(server.url + address);
        const header = await page.evaluate(() => {
          const isBroken = (element: Element): boolean => {
            const range = document.createRange();
            range.selectNodeContents(element);
            const tops = [...range.getClientRects()].map(({ top }) => top);
            return Math.max(...tops) - Math.min(...tops) > 8;
          };
          const box = (selector: string) =>
            document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
          const [brand, tools] = [box(".masthead .brand"), box(".masthead .tools")];
          const menu = [...document.querySelectorAll(".rooms a")].map((one) => one.getBoundingClientRect());
          const isBesideTools = ({ top, bottom }: DOMRect) => tools.top < bottom && top < tools.bottom;
          const labels = [...document.querySelectorAll(".rooms a, .languages a")];
          return {
            labels: labels.length,
            broken: labels.filter(isBroken).map((one) => one.textContent),
            areToolsBesideText: [brand, ...menu].some(isBesideTools),
            menuRows: new Set(menu.map(({ top }) => Math.round(top))).size,
            width: document.documentElement.scrollWidth,
          };
        });
        expect(header.labels).toBeGreaterThanOrEqual(4);
        expect(header).toMatchObject({ broken: [], menuRows: 1, width });
        // This theme's nameplate has its tools below it, on a phone possibly on a separate line.
        if (theme !== "gazette" || address !== "" || width > 480)
          expect(header.areToolsBesideText).toBe(true);
      }
    },
  );
});
