import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { html } from "hono/html";
import { expect, test } from "vitest";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { findSettings } from "../../lib/site/load-settings.ts";
import { ownThemes } from "../../lib/themes/load-theme.ts";
import { documentOf, pageOf } from "../pages/layout.ts";
import { blogLook } from "./blog-look.ts";

const SITE = "https://me.example/blog/";

/** Fonts are reduced once for all tests. */
const cacheDir = tempFolder("blog-look-cache");

async function lookOf(siteYaml: string, files: Readonly<Record<string, string | Buffer>> = {}) {
  const root = tempFolder("blog-look");
  const contentDir = path.join(root, "content");
  for (const [name, text] of Object.entries({ "site.yaml": siteYaml, ...files })) {
    mkdirSync(path.dirname(path.join(contentDir, name)), { recursive: true });
    writeFileSync(path.join(contentDir, name), text);
  }
  const { settings, issues } = findSettings({ contentDir, root });
  expect(issues).toEqual([]);
  return await blogLook({ settings, contentDir, cacheDir, site: SITE });
}

/** Files that a style sheet loads. */
function loadedBy(css: string): readonly string[] {
  return [...css.matchAll(/url\(\s*["']?([^"')]+)/g)].map(([, address = ""]) => address);
}

test.each(ownThemes())(
  "pages have the colors, the typeface and the header of the theme %s",
  async (theme) => {
    const look = await lookOf(`title: Over the fence\ntheme: ${theme}\n`);
    expect(look.css).toContain(readFileSync(path.resolve(`src/themes/${theme}/theme.css`), "utf8"));
    const isLiterata = theme === "paper" || theme === "fence";
    expect([...look.files.keys()]).toEqual(isLiterata ? ["literata.woff2"] : []);
    // Whatever a page loads, the receiver has.
    expect(loadedBy(look.css)).toEqual(["/look/literata.woff2"]);
    expect(look.header).toMatchObject({
      title: "Over the fence",
      href: SITE,
      links: [
        { label: "Posts", href: `${SITE}posts/` },
        { label: "Subscribe", href: `${SITE}subscribe/` },
      ],
    });
    expect(look.header.mark === null).toBe(theme !== "fence");
  },
);

test("a blog's own menu, logo, typeface and style sheets are those of the pages", async () => {
  const font = createRequire(import.meta.url).resolve(
    "@fontsource-variable/literata/files/literata-latin-wght-normal.woff2",
  );
  const look = await lookOf(
    `title: <Moss> & co
lang: de
menu:
  - { label: Über, url: /about/ }
  - { label: Elsewhere, url: https://other.example/ }
  - { label: Topics, items: [{ label: A, url: /tags/a/ }] }
  - { label: Suche, url: /search/ }
look: { logo: { light: logo.svg, dark: night.svg }, font: mine.woff2, css: extra.css, accent: "#0b6b5d" }
`,
    {
      "logo.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 48"><path d="M0 0h9v9z"/></svg>`,
      "night.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 48"><path d="M0 0h8v8z"/></svg>`,
      "mine.woff2": readFileSync(font),
      "extra.css": ".brand { letter-spacing: 1px; }",
      "style.css": ".brand { color: teal; }",
    },
  );
  expect(look.words.lang).toBe("de");
  expect(look.css).toContain("--accent: light-dark(#0b6b5d,");
  expect(look.css.indexOf("color: teal")).toBeGreaterThan(look.css.indexOf("@layer theme {"));
  expect(look.css).toContain("letter-spacing: 1px");
  const { light, dark } = look.header.logo ?? {};
  const names = [...look.files.keys()];
  expect(names).toEqual([expect.stringMatching(/^own-.+\.woff2$/), light?.name, dark?.name]);
  expect(loadedBy(look.css)).toContain(`/look/${names[0] ?? ""}`);
  expect(names.map((name) => look.files.get(name)?.type)).toEqual([
    "font/woff2",
    "image/svg+xml",
    "image/svg+xml",
  ]);
  expect(look.header.links).toEqual([
    { label: "Über", href: `${SITE}about/` },
    { label: "Elsewhere", href: "https://other.example/" },
  ]);
  const page = String(await documentOf(pageOf("A page", html``), look)).replaceAll(/\s+/g, " ");
  expect(page).toContain(`<header class="masthead" lang="de" dir="ltr">`);
  expect(page).toContain(`alt="&lt;Moss&gt; &amp; co"`);
  expect(page).toContain(`class="logo by-night" src="/look/${dark?.name ?? ""}"`);
});

test("a font that can't be kept is an error for the log", async () => {
  const { settings } = findSettings({ contentDir: "/none", root: "/none" });
  const font = createRequire(import.meta.url).resolve(
    "@fontsource-variable/literata/files/literata-latin-wght-normal.woff2",
  );
  const own = { ...settings, look: { ...settings.look, font: path.basename(font) } };
  // No folder can be made below a file.
  const cacheDir = import.meta.filename;
  const made = blogLook({ settings: own, contentDir: path.dirname(font), cacheDir, site: SITE });
  await expect(made).rejects.toThrow(cacheDir);
});
