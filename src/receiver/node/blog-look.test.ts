import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { html } from "hono/html";
import { describe, expect, test } from "vitest";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { findSettings } from "../../lib/site/load-settings.ts";
import { ownThemes } from "../../lib/themes/load-theme.ts";
import { documentOf, pageIn } from "../pages/layout.ts";
import { readLookFile } from "../pages/look-file.ts";
import { blogLook, lookFiles, type BlogLookOptions } from "./blog-look.ts";

const SITE = "https://me.example/blog/";

/** Shared cache, so that fonts are subset only once. */
const cacheDir = tempFolder("blog-look-cache");

/** Options for a blog with files in its content folder. */
function optionsOf(siteYaml: string, files: Readonly<Record<string, string | Buffer>> = {}): BlogLookOptions {
  const root = tempFolder("blog-look");
  const contentDir = path.join(root, "content");
  for (const [name, text] of Object.entries({ "site.yaml": siteYaml, ...files })) {
    mkdirSync(path.dirname(path.join(contentDir, name)), { recursive: true });
    writeFileSync(path.join(contentDir, name), text);
  }
  const { settings, issues } = findSettings({ contentDir, root });
  expect(issues).toEqual([]);
  return { settings, contentDir, cacheDir, site: SITE };
}

const lookOf = (...given: Parameters<typeof optionsOf>) => blogLook(optionsOf(...given));

/** URLs that a style sheet loads. */
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
    // The receiver serves every file that a page loads.
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

test("pages have the blog's menu, logo, typeface and style sheets", async () => {
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
  const page = String(
    await documentOf(pageIn({ lang: "en", dir: "ltr" }, "A page", html``), look),
  ).replaceAll(/\s+/g, " ");
  expect(page).toContain(`<header class="masthead" lang="de" dir="ltr">`);
  expect(page).toContain(`alt="&lt;Moss&gt; &amp; co"`);
  expect(page).toContain(`class="logo by-night" src="/look/${dark?.name ?? ""}"`);
});

describe("the look as a file of the blog", () => {
  const RECEIVER = `webmention: { endpoint: https://receiver.me.example/webmention, comments: https://receiver.me.example/comment }\n`;
  const OWN = {
    "logo.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 48"><path d="M0 0h9v9z"/></svg>`,
    "words.yaml": "conversation: { title: Briefe, count: { one: ein Brief, other: '# Briefe' } }\n",
  };

  test("is published only for a blog with its own receiver", () => {
    const webmentionIo = `webmention: { endpoint: https://webmention.io/me/webmention, api: https://webmention.io/api/ }\n`;
    const paths = (siteYaml: string) => lookFiles(optionsOf(siteYaml)).map(({ path: sitePath }) => sitePath);
    expect(paths("title: Blog\n")).toEqual([]);
    expect(paths(`title: Blog\n${webmentionIo}`)).toEqual([]);
    expect(paths(`title: Blog\n${RECEIVER}`)).toEqual(["/receiver.json"]);
    expect(paths("title: Blog\nmicropub: https://receiver.me.example\n")).toEqual(["/receiver.json"]);
  });

  test.each(["fence", "quiet"])(
    "is read by a receiver elsewhere as it was, with the theme %s",
    async (theme) => {
      const logo = theme === "quiet" ? "look: { logo: logo.svg }\n" : "";
      const options = optionsOf(`title: <Moss>\nlang: de\ntheme: ${theme}\n${logo}${RECEIVER}`, OWN);
      const [file] = lookFiles(options);
      const text = await file?.make();
      expect(readLookFile(String(text))).toEqual(await blogLook(options));
    },
  );

  test("is generated again when the settings or files it depends on change", () => {
    const keyOf = (siteYaml: string, files: Record<string, string> = {}) =>
      lookFiles(optionsOf(`title: Blog\n${RECEIVER}${siteYaml}`, files))[0]?.key;
    const key = keyOf("");
    expect(keyOf("")).toBe(key);
    const changed = [
      keyOf("lang: de\n"),
      keyOf("theme: quiet\n"),
      keyOf("menu: [{ label: A, url: /a/ }]\n"),
      keyOf("", { "style.css": "a { color: red }" }),
      keyOf("", { "words.yaml": "post: { reply: Respond }\n" }),
    ];
    expect(new Set([key, ...changed]).size).toBe(1 + changed.length);
  });

  test.each([
    ["a text", "Not found"],
    ["another file", "{}"],
    ["a font of another kind", { files: [{ name: "x.html", type: "text/html", base64: "" }] }],
    ["a name that is a path", { files: [{ name: "../x.png", type: "image/png", base64: "" }] }],
    ["a menu that runs", { header: { links: [{ label: "x", href: "javascript:alert(1)" }] } }],
    ["a language that isn't one", { lang: "not a language" }],
  ])("is %s: it's left aside", async (_what, change) => {
    const [file] = lookFiles(optionsOf(`title: Blog\n${RECEIVER}`));
    const right = JSON.parse(String(await file?.make())) as Record<string, object>;
    const changed =
      typeof change === "string"
        ? change
        : JSON.stringify(
            Object.fromEntries(
              Object.entries({ ...right, ...change }).map(([key, value]) =>
                key === "header" ? [key, { ...right["header"], ...Object(value) }] : [key, value],
              ),
            ),
          );
    expect(readLookFile(changed)).toBeNull();
  });

  test.each([
    "<script>alert(1)</script>",
    `<path onload="alert(1)"/>`,
    `<path/onload="alert(1)"/>`,
    `<a href="https://evil.example/"><path/></a>`,
    `<path style="position: fixed"/>`,
    `<meta http-equiv="refresh" content="0">`,
    "<path",
  ])("has a mark that is no drawing: %s is left out", async (mark) => {
    const [file] = lookFiles(optionsOf(`title: Blog\ntheme: fence\n${RECEIVER}`));
    const right = JSON.parse(String(await file?.make())) as { header: object };
    const look = readLookFile(JSON.stringify({ ...right, header: { ...right.header, mark } }));
    expect([look?.header.title, look?.header.mark]).toEqual(["Blog", null]);
  });
});

test("an unwritable cache folder is an error that names the folder", async () => {
  const { settings } = findSettings({ contentDir: "/none", root: "/none" });
  const font = createRequire(import.meta.url).resolve(
    "@fontsource-variable/literata/files/literata-latin-wght-normal.woff2",
  );
  const own = { ...settings, look: { ...settings.look, font: path.basename(font) } };
  // A folder can't be created inside a file.
  const cacheDir = import.meta.filename;
  const made = blogLook({ settings: own, contentDir: path.dirname(font), cacheDir, site: SITE });
  await expect(made).rejects.toThrow(cacheDir);
});
