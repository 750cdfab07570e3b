/**
 * From an empty folder to a blog with a custom look: except for one line, nothing that readers see shows or mentions
 * Backfence.
 */
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { axeFaults, COLOR_RULES } from "./support/axe.ts";
import { root, runNode, type BuiltSite } from "./support/build.ts";
import { htmlFiles, readOutput } from "./support/pages.ts";
import { buildNew } from "./support/shared-builds.ts";
import { tempSiteFolder } from "./support/temp-folder.ts";
import { useSite, type OpenSite } from "./support/use-site.ts";

/** Settings that the author adds to those written by `init`. */
const SITE = `description: Letters from a small garden.
theme: paper
look:
  accent: "#0b6b5d"
  logo: { light: logo.svg, dark: logo-dark.svg }
  icon: icon.svg
  css: extra.css
  home: front
  footer:
    text: Printed on recycled bits.
    links: [{ label: Imprint, url: /imprint/ }]
  share: [email]
menu:
  - { label: Posts, url: /posts/ }
  - { label: Garden, items: [{ label: Imprint, url: /imprint/ }, { label: Archive, url: /archive/ }] }
newsletter: { provider: buttondown, id: rowan, title: Letters, text: One email a month. }
`;
const svg = (fill: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 32"><path fill="${fill}" d="M0 0h120v32H0z"/></svg>`;
const LONG = "Nachbarschaftsversammlungsprotokoll".repeat(15);
const FILES: Readonly<Record<string, string>> = {
  "logo.svg": svg("#123456"),
  "logo-dark.svg": svg("#abcdef"),
  "icon.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#c0ffee" d="M0 0h16v16H0z"/></svg>`,
  "style.css": ".tagline { letter-spacing: 0.25px; }",
  "extra.css": ".brand { outline: 0 solid rgb(1 2 3); }",
  "pages/home.md": "---\ntitle: Home\n---\n\nWelcome to the garden.\n",
  "pages/imprint.md": "---\ntitle: Imprint\n---\n\nRowan, 1 Garden Lane.\n",
  "posts/pinned.md":
    "---\ntitle: Start with soil\ndate: 2020-01-02T10:00:00Z\npinned: true\n---\n\nEverything begins there.\n",
  "posts/link.md":
    "---\ntitle: A map of moss\nlink: https://moss.example/map\ndate: 2024-01-03T10:00:00Z\n---\n\nWorth a look.\n",
  "posts/long.md": `---\ntitle: ${LONG}\ndescription: ${LONG}\ndate: 2023-01-03T10:00:00Z\ntags: [${LONG.slice(0, 60)}]\nkicker: ${LONG}\n---\n\n${LONG}\n\n## ${LONG}\n\n| ${LONG} | b |\n|---|---|\n| ${LONG} | c |\n`,
};

const machine = tempSiteFolder();
const folder = path.join(machine, "garden");
const site: BuiltSite = {
  folder,
  contentDir: path.join(folder, "content"),
  outDir: path.join(folder, "dist"),
  base: "/",
};

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(site.contentDir, name)), { recursive: true });
    writeFileSync(path.join(site.contentDir, name), text);
  }
}

/** Returns a page's text, including alternative texts and titles. */
function said(html: string): string {
  const texts = [...html.matchAll(/\s(?:alt|title|aria-label|content)="([^"]*)"/g)].map(([, text]) => text);
  const shown = html.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, "").replace(/<[^>]+>/g, " ");
  return `${shown} ${texts.join(" ")}`;
}

/** Expects a page to have no overflow on a narrow screen and no axe faults, light and dark. */
async function expectSound(server: OpenSite, address: string): Promise<void> {
  const context = await server.browser.newContext({
    bypassCSP: true,
    colorScheme: "light",
    viewport: { width: 320, height: 700 },
    serviceWorkers: "block",
  });
  const page = await context.newPage();
  await page.goto(server.url + address);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  expect(await axeFaults(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await axeFaults(page, { only: COLOR_RULES })).toEqual([]);
  await context.close();
}

/** Runs the command line as the author does. @returns its output. */
async function backfence(cwd: string, ...args: readonly string[]): Promise<string> {
  const { status, output } = await runNode([path.join(root, "src/cli/backfence.ts"), ...args], {
    cwd,
    env: {},
  });
  expect(status, output).toBe(0);
  return output;
}

beforeAll(async () => {
  const answers = ["--title", "Rowan & Moss", "--author", "Rowan", "--url", "https://rowan.example/"];
  await backfence(machine, "init", "garden", "--yes", ...answers);
  // As `npm install` does.
  mkdirSync(path.join(folder, "node_modules"));
  symlinkSync(root, path.join(folder, "node_modules/backfence"), "junction");
  // The example post.
  rmSync(path.join(site.contentDir, "posts/hello"), { recursive: true });
  const made = await backfence(folder, "new", "The first bed", "--no-draft", "--md");
  const file = path.join(folder, /content\/posts\/\S+/.exec(made)?.[0] ?? "");
  const text = readFileSync(file, "utf8").replace(/^tags:.*$/m, "tags: [soil]");
  writeFileSync(file, `${text}\nWe dug it on Sunday.\n`);
  const initialSettings = readFileSync(path.join(site.contentDir, "site.yaml"), "utf8");
  write({ ...FILES, "site.yaml": initialSettings + SITE });
  await backfence(folder, "check");
  await buildNew(site);
});

describe("a blog with a custom look", () => {
  const server = useSite(site);

  test("doesn't mention Backfence, except for one line in the footer", () => {
    for (const file of htmlFiles(site)) {
      const html = readOutput(site, file);
      const [line = ""] = /<a rel="generator"[^>]*>[^<]*<\/a>/.exec(html) ?? [];
      expect(line).toContain("Backfence");
      expect(said(html.replace(line, "")), file).not.toMatch(/backfence|fence|robin|picket|brick/i);
    }
  });

  test("has its own icons and colors in everything outside CSS", async () => {
    expect(readOutput(site, "favicon.svg")).toContain("#c0ffee");
    for (const icon of ["favicon.png", "apple-touch-icon.png", "icon-192.png", "icon-512.png"]) {
      const { data, info } = await sharp(path.join(site.outDir, icon))
        .raw()
        .toBuffer({ resolveWithObject: true });
      const middle = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * info.channels;
      expect([...data.subarray(middle, middle + 3)], icon).toEqual([0xc0, 0xff, 0xee]);
    }
    const manifest: unknown = JSON.parse(readOutput(site, "manifest.webmanifest"));
    expect(manifest).toMatchObject({ name: "Rowan & Moss", theme_color: "#fdfcfa" });
    const card =
      readOutput(site, "posts/the-first-bed/index.html").match(
        /og:image" content="https:\/\/rowan.example([^"]+)"/,
      )?.[1] ?? "";
    const { data, info } = await sharp(readFileSync(path.join(site.outDir, card)))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const isRed = (at: number) => (data[at] ?? 0) > Math.max(data[at + 1] ?? 0, data[at + 2] ?? 0) + 40;
    const pixels = Array.from({ length: info.width * info.height }, (_, at) => at * info.channels);
    expect(pixels.filter(isRed), "brick of the product's own theme").toEqual([]);
    const corner = (info.height - 4) * info.width * info.channels;
    for (const [at, value] of [0x0b, 0x6b, 0x5d].entries())
      expect(Math.abs((data[corner + at] ?? 0) - value)).toBeLessThan(4);
  });

  test("has its logo, style sheets, introduction, menu, footer and form, and the pinned post first", async () => {
    const context = await server.browser.newContext({ colorScheme: "dark", serviceWorkers: "block" });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    await page.goto(server.url);
    const logos = page.locator(".brand img");
    expect(await logos.nth(0).isVisible()).toBe(false);
    expect(await logos.nth(1).isVisible()).toBe(true);
    expect(await page.locator("h1 img").nth(1).getAttribute("alt")).toBe("Rowan & Moss");
    expect(await page.locator(".brand").evaluate((one) => getComputedStyle(one).outlineColor)).toBe(
      "rgb(1, 2, 3)",
    );
    expect(await page.locator(".home-intro").innerText()).toBe("Welcome to the garden.");
    expect(await page.locator(".lead h2").innerText()).toBe("Start with soil");
    expect(await page.locator("footer").innerText()).toContain("Printed on recycled bits.");
    await page.getByText("Garden", { exact: true }).click();
    await page.locator(".submenu").getByRole("link", { name: "Imprint" }).click();
    await page.waitForURL("**/imprint/");
    await page.goto(`${server.url}posts/the-first-bed/`);
    const form = page.locator("form[action='https://buttondown.com/api/emails/embed-subscribe/rowan']");
    expect(await form.getByLabel("Email").count()).toBe(1);
    await page.goto(`${server.url}subscribe/`);
    expect(await form.count()).toBe(1);
    await page.goto(`${server.url}posts/`);
    expect(await page.locator(".entry-link a.u-bookmark-of").getAttribute("href")).toBe(
      "https://moss.example/map",
    );
    expect(faults).toEqual([]);
    await context.close();
  });

  test.each([
    "",
    "posts/",
    "posts/the-first-bed/",
    "posts/long/",
    "tags/",
    "archive/",
    "subscribe/",
    "404.html",
  ])("/%s has no overflow at 320 px and no axe faults, light and dark", async (address) => {
    await expectSound(server, address);
  });
});
