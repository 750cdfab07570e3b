/**
 * Builds blogs with every example in `docs/look.md`, `docs/themes.md` and `docs/languages.md`, and checks the pages.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { NEWSLETTER_PROVIDERS } from "../src/lib/site/newsletter.ts";
import { axeFaults } from "./support/axe.ts";
import { root, type BuiltSite } from "./support/build.ts";
import { readOutput } from "./support/pages.ts";
import { buildNew } from "./support/shared-builds.ts";
import { tempSiteFolder } from "./support/temp-folder.ts";
import { isFocused, useSite, type OpenSite } from "./support/use-site.ts";

const look = readFileSync(path.join(root, "docs/look.md"), "utf8");
const themes = readFileSync(path.join(root, "docs/themes.md"), "utf8");
const languages = readFileSync(path.join(root, "docs/languages.md"), "utf8");

/** Returns a page's code blocks in one language. */
function blocks(markdown: string, lang: "yaml" | "css" | "svg"): readonly string[] {
  const found = markdown.matchAll(/^```(\w+)\n([^]*?)^```$/gm);
  return [...found].flatMap(([, name, text = ""]) => (name === lang ? [text] : []));
}

function theOne(texts: readonly string[], beginning: string): string {
  const found = texts.find((text) => text.startsWith(beginning));
  if (found === undefined) throw new Error(`No example begins with ${beginning}`);
  return found;
}

/** Merges the settings of several examples; `look` is merged by key, and the last value counts. */
function merged(texts: readonly string[]): Record<string, unknown> {
  const all = texts.map((text): Record<string, unknown> => Object(parse(text)));
  const looks = all.map((one) => Object(one["look"] ?? {}));
  return Object.assign({}, ...all, { look: Object.assign({}, ...looks) });
}

const svg = (fill: string, box = "0 0 120 32") =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="120" height="32"><path fill="${fill}" d="M0 0h120v32H0z"/></svg>`;

const post = (front: string, text = "The text of the post.") =>
  `---\n${front.trim()}\ndate: 2024-03-01T10:00:00Z\n---\n\n${text}\n`;
const page = (title: string, text = "The text of the page.") => `---\ntitle: ${title}\n---\n\n${text}\n`;

function newSite(): BuiltSite {
  const folder = tempSiteFolder();
  return { folder, contentDir: path.join(folder, "content"), outDir: path.join(folder, "dist"), base: "/" };
}

function write(site: BuiltSite, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(site.contentDir, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** Opens a page that can't reach other hosts, for each test. */
function pageOf(server: OpenSite): { readonly get: () => Page } {
  let open: Page;
  beforeAll(async () => {
    const context = await server.browser.newContext({
      colorScheme: "light",
      reducedMotion: "reduce",
      serviceWorkers: "block",
    });
    await context.route(
      (url) => !url.href.startsWith(server.url),
      (route) => route.abort(),
    );
    open = await context.newPage();
  });
  afterAll(() => open?.context().close());
  return { get: () => open };
}

const token = (page: Page, name: string): Promise<string> =>
  page.evaluate((one) => getComputedStyle(document.documentElement).getPropertyValue(one).trim(), name);
const ground = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

describe("docs/look.md", () => {
  const site = newSite();
  const cover = /`(cover: \{[^`]*dark:[^`]*\})`/.exec(look)?.[1] ?? "";
  beforeAll(async () => {
    const settings = { title: "Rowan", url: "https://rowan.example/", ...merged(blocks(look, "yaml")) };
    write(site, {
      "site.yaml": stringify(settings),
      "logo.svg": svg("#123456"),
      "logo-dark.svg": svg("#abcdef"),
      "icon.svg": svg("#c0ffee", "0 0 32 32"),
      "style.css": ":root { --own: plain; }",
      "colors.css": ":root { --own-colors: yes; }",
      "tables.css": ":root { --own-tables: yes; }",
      "pages/home.md": page("Home", "Welcome to the garden."),
      "pages/about.md": page("About"),
      "pages/imprint.md": page("Imprint"),
      "posts/drawn/index.md": post(`title: Drawn\ntags: [recipes]\n${cover}`),
      "posts/drawn/cover.svg": svg("#ff0000"),
      "posts/drawn/cover.dark.svg": svg("#880000"),
      "posts/themed/index.md": post(
        "title: Themed\ntags: [travel]\ncover: { src: ./cover.svg, alt: A wall }",
      ),
      "posts/themed/cover.svg": theOne(blocks(look, "svg"), "<svg"),
      "posts/long/index.mdx": post(
        "title: Long",
        `${"Everything about the wall, and then some. ".repeat(90)}In 1847 it was painted.[^1]\n\n<Figure src="./wall.svg" alt="A wall" caption="The wall" margin />\n\n${"It stands. ".repeat(60)}\n\n[^1]: By hand.`,
      ),
      "posts/long/wall.svg": svg("#336699"),
      "posts/seen/index.md": post("title: Seen\ntags: [travel]\ncover: { src: ./seen.jpg, alt: A wall }"),
    });
    await sharp({ create: { width: 1200, height: 800, channels: 3, background: "#446688" } })
      .jpeg()
      .toFile(path.join(site.contentDir, "posts/seen/seen.jpg"));
    mkdirSync(path.join(site.contentDir, "fonts"), { recursive: true });
    const { resolve } = createRequire(import.meta.url);
    const font = resolve("@fontsource-variable/literata/files/literata-latin-wght-normal.woff2");
    copyFileSync(font, path.join(site.contentDir, "fonts/my-font.woff2"));
    await buildNew(site);
  });
  const server = useSite(site);
  const open = pageOf(server);

  test("colors, typeface, style sheets and density match the examples", async () => {
    const page = open.get();
    await page.goto(server.url);
    expect(await token(page, "--accent")).toContain("#0b6b5d");
    expect(await ground(page)).toBe("rgb(255, 250, 240)");
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await ground(page)).toBe("rgb(18, 22, 28)");
    await page.emulateMedia({ colorScheme: "light" });
    const used = await page.evaluate(async () => {
      await document.fonts.ready;
      const families = getComputedStyle(document.body).fontFamily.split(",");
      const loaded = [...document.fonts].filter(({ status }) => status === "loaded");
      return { first: families[0]?.trim().replaceAll('"', ""), loaded: loaded.map(({ family }) => family) };
    });
    expect(used.loaded.map((name) => name.replaceAll('"', ""))).toContain(used.first);
    expect(await token(page, "--own")).toBe("plain");
    expect(await token(page, "--own-colors")).toBe("yes");
    expect(await token(page, "--own-tables")).toBe("yes");
    const compact = Number.parseFloat(await token(page, "--leading"));
    expect(compact).toBeLessThan(1.6);
  });

  test("logo, icon, home page, menu and footer match the examples", async () => {
    const page = open.get();
    await page.goto(server.url);
    expect(await page.locator("h1 img").first().getAttribute("alt")).toBe("Rowan & Moss");
    expect(readOutput(site, "favicon.svg")).toContain("#c0ffee");
    expect(await page.locator(".home-list .entry").count()).toBe(4);
    expect(await page.locator(".home-intro").innerText()).toBe("Welcome to the garden.");
    expect(existsSync(path.join(site.outDir, "home/index.html"))).toBe(false);
    const menu = page.locator(".submenu");
    const button = menu.locator("summary");
    await button.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    await menu.getByRole("link", { name: "Recipes" }).waitFor({ state: "hidden" });
    expect(await isFocused(button)).toBe(true);
    await button.click();
    await page.locator("main").click({ position: { x: 1, y: 1 } });
    await menu.getByRole("link", { name: "Recipes" }).waitFor({ state: "hidden" });
    await button.click();
    await menu.getByRole("link", { name: "Recipes" }).click();
    await page.waitForURL("**/tags/recipes/");
    expect(await page.locator("footer").innerText()).toContain("Printed on recycled bits.");
    expect(await page.locator("footer").getByRole("link", { name: "Imprint" }).count()).toBe(1);
    expect(await page.locator("[rel=generator]").count()).toBe(0);
  });

  test("a post has share links, no reading time, its cover as social image, and the newsletter form", async () => {
    const page = open.get();
    await page.goto(`${server.url}posts/seen/`);
    expect(await page.locator(".share a").allInnerTexts()).toEqual(["Email"]);
    expect(await page.locator(".share button").count()).toBe(1);
    expect(await page.locator("main").innerText()).not.toContain("min read");
    expect(await page.locator("meta[property='og:image']").getAttribute("content")).not.toContain("/social/");
    expect(await page.locator(".newsletter").innerText()).toContain("One email a month.");
    expect(await page.locator("script[data-goatcounter]").count()).toBe(1);
    await page.goto(`${server.url}posts/drawn/`);
    const shown = () => page.locator(".cover img").evaluate((one: HTMLImageElement) => one.currentSrc);
    const byDay = await shown();
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(shown).not.toBe(byDay);
    await page.emulateMedia({ colorScheme: "light" });
  });

  test("a long article starts in small caps, a short one doesn't", async () => {
    const page = open.get();
    const opening = () =>
      page
        .locator(".body > p")
        .first()
        .evaluate((one) => getComputedStyle(one, "::first-line").fontVariantCaps);
    await page.goto(`${server.url}posts/long/`);
    expect(await opening()).toBe("small-caps");
    await page.goto(`${server.url}posts/seen/`);
    expect(await opening()).toBe("normal");
  });

  test("a small picture is in the margin with the notes on wide screens, otherwise in the text", async () => {
    const page = open.get();
    const boxes = async (width: number) => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${server.url}posts/long/`, { waitUntil: "networkidle" });
      return page.evaluate(() => {
        const box = (selector: string) =>
          document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
        const [text, figure, note] = [box(".body > p"), box(".figure.margin"), box(".side-note")];
        return {
          isBeside: figure.left >= text.right,
          isNoteClear: note.height > 0 && (note.bottom <= figure.top || figure.bottom <= note.top),
          width: document.documentElement.scrollWidth,
        };
      });
    };
    expect(await boxes(1280)).toEqual({ isBeside: true, isNoteClear: true, width: 1280 });
    expect(await boxes(800)).toMatchObject({ isBeside: false, width: 800 });
    await page.setViewportSize({ width: 1280, height: 720 });
  });

  test("custom head elements are on pages, and the CSP allows only their host", () => {
    const html = readOutput(site, "posts/seen/index.html");
    expect(html).toContain('<meta name="fediverse:creator" content="@me@social.example"');
    expect(html).toMatch(/<script src="https:\/\/widgets\.example\/clock\.js" defer/);
    const [policy = ""] = /<meta http-equiv="content-security-policy"[^>]*>/i.exec(html) ?? [];
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? "";
    const hosts = scripts.split(" ").filter((source) => source.startsWith("http"));
    expect(hosts).toEqual(["https://gc.zgo.at", "https://widgets.example"]);
  });

  test("a drawn cover has the colors of the theme and the color scheme", async () => {
    const page = open.get();
    await page.goto(`${server.url}posts/themed/`);
    const drawing = () =>
      page
        .locator(".cover img")
        .evaluate(async (one: HTMLImageElement) => (await fetch(one.currentSrc)).text());
    expect(await drawing()).toContain('fill="#f6eddc"');
    expect(await drawing()).toContain('fill="#0b6b5d"');
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(drawing).toContain('fill="#1d2733"');
    expect(await drawing()).not.toContain("var(");
    await page.emulateMedia({ colorScheme: "light" });
  });

  test("every newsletter service is in the table", () => {
    const rows = [...look.matchAll(/^\| `([a-z]+)` +\| `/gm)].map(([, name]) => name);
    expect(rows.toSorted()).toEqual(NEWSLETTER_PROVIDERS.toSorted());
  });
});

describe("docs/themes.md", () => {
  const site = newSite();
  const drawing = (name: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" class="art${name === "not-found" ? " gap" : ""}" viewBox="0 0 100 100" aria-hidden="true"><path class="board-fill ink-line" d="M10 10h80v80H10z"/><path class="accent-fill" d="M30 30h40v40H30z"/></svg>`;
  beforeAll(async () => {
    const examples = blocks(themes, "yaml");
    write(site, {
      "site.yaml": "title: Dusk\nurl: https://dusk.example/\ntheme: dusk\n",
      "themes/dusk/theme.yaml": theOne(examples, "colors:"),
      "themes/dusk/theme.css": theOne(blocks(themes, "css"), "@layer theme"),
      "themes/dusk/mark.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path class="accent" d="M4 4h24v24H4z"/><path class="paper" d="M12 12h8v8h-8z"/></svg>`,
      "themes/dusk/social.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630"><path class="accent" d="M0 600h1200v30H0z"/><path class="ink-line" stroke-width="4" d="M80 560h400"/></svg>`,
      ...Object.fromEntries(
        ["footer", "empty", "not-found"].map((name) => [`themes/dusk/${name}.svg`, drawing(name)]),
      ),
      "posts/first.md": post("title: The first evening\ntags: [evenings]"),
    });
    await buildNew(site);
  });
  const server = useSite(site);
  const open = pageOf(server);

  test("a theme made as described applies to the blog, light and dark", async () => {
    const page = open.get();
    await page.goto(server.url);
    expect(await ground(page)).toBe("rgb(253, 246, 240)");
    const line = await page
      .locator(".masthead")
      .evaluate((one) => getComputedStyle(one, "::after").borderTopColor);
    expect(line).toBe("rgb(122, 42, 107)");
    expect(await page.locator(".brand svg.mark").count()).toBe(1);
    expect(await page.locator(".footer svg.art").count()).toBe(1);
    await page.goto(`${server.url}404.html`);
    expect(await page.locator("svg.art.gap").count()).toBe(1);
    const card = await page.locator("meta[property='og:image']").count();
    expect(card).toBeLessThanOrEqual(1);
  });

  test.each(["", "posts/first/", "404.html", "subscribe/"])(
    "/%s is readable, light and dark, and fits a phone",
    async (address) => {
      const context = await server.browser.newContext({
        bypassCSP: true,
        viewport: { width: 360, height: 700 },
        serviceWorkers: "block",
      });
      const page = await context.newPage();
      await page.goto(server.url + address);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await axeFaults(page)).toEqual([]);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      await context.close();
    },
  );

  test("every built-in theme is described, with a picture", () => {
    for (const name of ["paper", "quiet", "gazette", "fence"]) {
      expect(themes).toContain(`| \`${name}\``);
      expect(themes).toContain(`pictures/theme-${name}.webp`);
    }
  });
});

describe("docs/languages.md", () => {
  const site = newSite();
  beforeAll(async () => {
    const examples = blocks(languages, "yaml");
    write(site, {
      "site.yaml": `title: Fence\ndescription: Notes.\nurl: https://fence.example/\nsocialPictures: false\nnewsletter: { provider: buttondown, id: me }\n${theOne(examples, "languages:")}`,
      "words.yaml": theOne(examples, "conversation:"),
      "posts/planting-garlic.md": post("title: Planting garlic\ntags: [fences]"),
      "posts/knoblauch.md": post(`${theOne(examples, "title: Knoblauch")}tags: [Zäune]`),
      "posts/hello.md": post("title: Hello\ntags: [fences]"),
      "posts/hello.de.md": post("title: Hallo\ntags: [Zäune]"),
      "pages/about.md": page("About"),
      "pages/about.de.md": page("Über uns"),
      "pages/imprint.md": page("Imprint"),
      "pages/imprint.de.md": page("Impressum"),
      "pages/home.de.md": page("Start", "Willkommen am Zaun."),
    });
    await buildNew(site);
  });
  const server = useSite(site);
  const open = pageOf(server);

  test("translations are linked by a switcher and in the head", async () => {
    const page = open.get();
    await page.goto(`${server.url}posts/planting-garlic/`);
    await page.locator(".also-in").getByRole("link", { name: "Deutsch" }).click();
    await page.waitForURL("**/posts/knoblauch/");
    const versions = await page
      .locator("link[rel=alternate][hreflang]")
      .evaluateAll((links) => links.map((link) => link.getAttribute("hreflang")));
    expect(versions).toEqual(["de", "en", "x-default"]);
    await page.goto(`${server.url}de/posts/hello/`);
    expect(await page.locator("h1").innerText()).toBe("Hallo");
    await page.goto(`${server.url}de/about/`);
    expect(await page.locator("h1").innerText()).toBe("Über uns");
  });

  test("the German home page has its own name, introduction, menu, footer and form", async () => {
    const page = open.get();
    await page.goto(`${server.url}de/`);
    expect(await page.locator("h1").innerText()).toBe("Gartenzaun");
    expect(await page.locator(".home-intro").innerText()).toBe("Willkommen am Zaun.");
    expect(await page.locator(".rooms a").allInnerTexts()).toEqual(["Beiträge", "Über uns"]);
    const footer = page.locator("footer.footer");
    expect(await footer.innerText()).toContain("Von Hand gesetzt.");
    expect(await footer.getByRole("link", { name: "Impressum" }).first().getAttribute("href")).toBe(
      "/de/imprint/",
    );
    await page.goto(`${server.url}de/subscribe/`);
    expect(await page.locator(".newsletter").innerText()).toContain("Eine E-Mail im Monat.");
  });

  test("a tag that only German posts have redirects from its old URL", async () => {
    const page = open.get();
    await page.goto(`${server.url}tags/zäune/`);
    await page.waitForURL("**/de/tags/**");
    expect(await page.locator("h1").innerText()).toContain("Zäune");
  });

  test("custom interface texts are on the pages of their language", () => {
    const said = (file: string) => readOutput(site, file);
    expect(said("posts/hello/index.html")).toContain("Letters");
    expect(said("de/posts/hello/index.html")).toContain("Briefe");
    expect(said("de/posts/hello/index.html")).not.toContain("Letters");
  });
});
