/** Common errors in the settings of the look: each is reported once, with the line and a fix. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { findSettings } from "../site/load-settings.ts";
import { contrast } from "./color.ts";
import { ownThemes } from "./load-theme.ts";

const folder = tempFolder("look-mistakes");
let count = 0;

type Files = Readonly<Record<string, string | Buffer>>;

function settingsOf(yaml: string, files: Files = {}) {
  const root = path.join(folder, String((count += 1)));
  const contentDir = path.join(root, "content");
  for (const [name, text] of Object.entries({ "site.yaml": `title: Rowan\n${yaml}\n`, ...files })) {
    mkdirSync(path.dirname(path.join(contentDir, name)), { recursive: true });
    writeFileSync(path.join(contentDir, name), text);
  }
  return findSettings({ contentDir, root });
}

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M0 0h9v9z"/></svg>`;
const png = (side: number): Promise<Buffer> =>
  sharp({ create: { width: side, height: side, channels: 3, background: "#0b6b5d" } })
    .png()
    .toBuffer();

const ICON = await png(512);

/** Settings, part of the message, part of the fix, and the author's files. */
const MISTAKES: [yaml: string, message: string, fix: string, files?: Files][] = [
  // Colors.
  ["look: { accent: teal }", "should be a color such as #1d4f91", 'accent: "#008080"'],
  ['look: { accent: "#12" }', 'but is "#12"', 'accent: "#0b6b5d"'],
  ["look: { accent: 0b6b5d }", 'but is "0b6b5d"', 'accent: "#0b6b5d"'],
  ['look: { accent: "rgb(1,2,3)" }', "should be a color", 'accent: "#010203"'],
  ["look:\n  accent: #0b6b5d", "`#` after a space begins a comment", 'accent: "#0b6b5d"'],
  ["look:\n  paper:\n    light: #fff", "so `light` is only: nothing", 'light: "#fff"'],
  ["look: { accent: #0b6b5d }", "begins a comment, so a bracket isn't closed", 'look: { accent: "#0b6b5d" }'],
  ["look: { paper: white }", "`look.paper` should be a color", 'paper: "#ffffff"'],
  ['look: { paper: { day: "#fff" } }', "`day` isn't a key of `look.paper`", "are: light, dark."],
  ['look: { paper: { light: "#000" } }', "Text can't be read on the light paper", "paper: { light: "],
  ['look: { paper: { dark: "#fff" } }', "Text can't be read on the dark paper", "paper: { dark: "],
  // Keys in the wrong place or with names from other programs.
  ['accent: "#0b6b5d"', "`accent` isn't a key of the settings", "look:\n  accent: …"],
  ["logo: logo.svg", "`logo` isn't a key of the settings", "look:\n  logo: …"],
  ["favicon: icon.svg", "`favicon` isn't a key of the settings", "look:\n  icon: …"],
  ["footer: { text: Hello }", "`footer` isn't a key of the settings", "look:\n  footer: …"],
  ["home: list", "`home` isn't a key of the settings", "look:\n  home: …"],
  ["customCss: a.css", "`customCss` isn't a key of the settings", "look:\n  css: …"],
  ['look: { acent: "#0b6b5d" }', "`acent` isn't a key of `look`", "Did you mean `accent`?"],
  ["look: { colors: red }", "`colors` isn't a key of `look`", "are: accent, paper, font"],
  ["look: compact", "`look` should be keys with values", "look:\n  accent:"],
  // Files.
  ["look: { font: Georgia }", 'a .woff2, .ttf or .otf file, but is "Georgia"', "font: sans"],
  ["look: { font: my.woff }", 'but is "my.woff"', "font: sans"],
  [
    "look: { font: my.woff2 }",
    "content/my.woff2 can't be read as WOFF2",
    "Export it again",
    { "my.woff2": "?" },
  ],
  [
    "look: { logo: Logo.svg }",
    "There is no file content/Logo.svg",
    "Did you mean logo.svg?",
    { "logo.svg": SVG },
  ],
  ["look: { logo: logo.jpg }", "should be a file of the type svg, png", "logo: logo.svg"],
  ["look: { logo: logo.svg }", "The size of logo.svg is unknown", "viewBox", { "logo.svg": "<svg></svg>" }],
  [
    "look: { logo: logo.svg }",
    "content/logo.svg can't be read as SVG",
    "Export it again",
    { "logo.svg": "?" },
  ],
  ['look: { logo: "https://x.example/logo.svg" }', "but is an address", "Save the file in content/"],
  ["look: { logo: { dark: logo.svg } }", "`look.logo.light` is missing", "light: logo.svg"],
  ["look: { icon: icon.ico }", "should be a file of the type svg, png, jpg", "icon: icon.svg"],
  [
    "look: { icon: icon.png }",
    "content/icon.png can't be read as PNG",
    "Export it again",
    { "icon.png": "?" },
  ],
  [
    "look: { icon: small.png }",
    "too small for an icon: 64 by 64",
    "512 pixels",
    { "small.png": await png(64) },
  ],
  ["look: { css: style.scss }", "should be a file of the type css", "css: colors.css"],
  [
    "look: { css: [colour.css] }",
    "no file content/colour.css",
    "Did you mean colors.css?",
    { "colors.css": "" },
  ],
  [
    "look: { css: ../../secret.css }",
    "There is no file content/secret.css",
    "Put it there, or correct its name",
  ],
  // Choices.
  ["look: { density: dense }", "should be airy, normal or compact", "density: compact"],
  ["look: { home: grid }", "should be front, sections, list or text", "home: list"],
  ["look: { opening: drop-cap }", "should be plain or small-caps", "opening: small-caps"],
  ["look: { share: [twitter] }", "should be email, mastodon, bluesky or copy", "- copy"],
  ["look: { readingTime: 5 }", "should be true or false, but is 5", "readingTime: false"],
  ["look: { socialImage: photo }", "should be card or cover", "socialImage: cover"],
  ["theme: Papr", "There is no theme `Papr`", "theme: paper"],
  ["theme: ../paper", "There is no theme `../paper`", "fence, gazette, paper, quiet"],
  ["colophon: hidden", "`colophon` should be true or false", "colophon: false"],
  // Menu and footer.
  ["menu: [Posts]", "`menu` should be keys with values", "- label: Posts\n    url: /posts/"],
  [
    "menu: [about, { label: Posts, url: /posts/ }, /our-garden/]",
    "`menu` should be keys with values",
    "menu:\n  - label: About\n    url: /about/\n  - label: Posts\n    url: /posts/\n  - label: Our garden\n    url: /our-garden/",
  ],
  [
    "profiles: [https://social.example/@me]",
    "`profiles` should be keys with values",
    "- label: social.example\n    url: https://social.example/@me",
  ],
  [
    "look: { footer: { links: [imprint] } }",
    "`look.footer.links` should be keys",
    "links:\n      - label: Imprint\n        url: /imprint/",
  ],
  ["menu: [{ label: A, url: about }]", "should be a path from the blog's root", "- url: /about/"],
  ["menu: [{ label: A, items: [] }]", "`menu.url` is missing", "url: /about/"],
  [
    "look: { footer: Printed }",
    "`look.footer` should be keys with values",
    "text: Printed on recycled bits.",
  ],
  ["look: { footer: { link: [] } }", "`link` isn't a key of `look.footer`", "Did you mean `links`?"],
  // Services.
  [
    "analytics: goatcounter",
    "`analytics` should be keys with values",
    "provider: goatcounter\n  id: my-blog",
  ],
  ["analytics: { provider: google, id: G-1 }", "should be plausible, goatcounter", "provider: goatcounter"],
  ['analytics: { provider: goatcounter, id: "https://rowan.goatcounter.com/" }', "the id alone", "id: rowan"],
  ['analytics: { provider: plausible, id: "https://rowan.example" }', "the id alone", "id: rowan.example"],
  [
    "analytics: { provider: plausible, host: stats.example }",
    "begins with https://",
    "host: https://stats.me",
  ],
  [
    "analytics: { provider: umami, site: abc }",
    "`site` isn't a key of `analytics`",
    "are: provider, id, host.",
  ],
  ["newsletter: buttondown", "`newsletter` should be keys with values", "provider: buttondown\n  id: me"],
  ['newsletter: { provider: buttondown, id: "https://buttondown.com/me" }', "the id alone", "id: me"],
  ["newsletter: { provider: mailchimp, id: me }", "`newsletter` needs `action`", "action: https://"],
  ['newsletter: { action: "javascript:alert(1)" }', "begins with https://", "action: https://"],
  ['head: "<script>"', "`head` should be keys with values", "- tag: meta"],
  ["head: [{ tag: div }]", "should be link, meta, script", "- tag: meta"],
  // Languages.
  ["lang: de_DE", "`lang` should be a language tag", "lang: de-DE"],
  ["languages: [en, deutsch]", "`languages` should be a language tag", "- de"],
  ["languages: [en, en]", "`languages` should be different languages", "List each language once."],
];

test.each(MISTAKES)("%s", (yaml, message, fix, files) => {
  const { issues } = settingsOf(yaml, files);
  expect(issues).toHaveLength(1);
  expect(issues[0]?.file).toBe("content/site.yaml");
  expect(issues[0]?.line).toBeGreaterThan(1);
  expect(issues[0]?.message).toContain(message);
  expect(issues[0]?.hint).toContain(fix);
});

const THEME = /```yaml\n(colors:[^]*?)```/.exec(readFileSync("docs/themes.md", "utf8"))?.[1] ?? "";

/** Text in the theme of docs/themes.md, its replacement, part of the message, and part of the fix. */
const THEME_MISTAKES: readonly (readonly [from: string, to: string, message: string, fix: string])[] = [
  [
    'inkSoft: { light: "#574a50"',
    'inkSoft: { light: "#aaaaaa"',
    "`inkSoft` can't be read on `paper`",
    'light: "#',
  ],
  [
    'accent: { light: "#7a2a6b"',
    'accent: { light: "#ffdd00"',
    "`accent` can't be read on `paper`",
    'light: "#',
  ],
  ['dark: "#8a7f93"', 'dark: "#26202c"', "`railStrong` can't be read on `paper` in the dark", 'dark: "#'],
  [
    'onGround: { light: "#fbeef7", dark: "#ece6ef"',
    'onGround: { light: "#fbeef7", dark: "#333333"',
    "`onGround` can't be read on `ground` in the dark",
    'dark: "#',
  ],
  ['light: "#fdf6f0"', "light: white", "`colors.paper.light` should be a color", "light:"],
  ["  rail: {", "  rails: {", "`rails` isn't a key of `colors`", "Did you mean `rail`?"],
  ["mark: header", "mark: left", "`mark` should be header or icon", "mark: header"],
  ["font: serif", "font: my.woff2", "`font` should be literata, serif", "font: sans"],
  ["home: front", "home: page", "`home` should be front, sections", "home: front"],
  [
    "opening: small-caps",
    "opening: initial",
    "`opening` should be plain or small-caps",
    "opening: small-caps",
  ],
];

test.each(THEME_MISTAKES)("in a theme: %s → %s", (from, to, message, fix) => {
  expect(settingsOf("theme: mine", { "themes/mine/theme.yaml": THEME }).issues).toEqual([]);
  expect(THEME).toContain(from);
  const { issues } = settingsOf("theme: mine", { "themes/mine/theme.yaml": THEME.replace(from, to) });
  const issue = issues.find((one) => one.message.includes(message));
  expect(issue, JSON.stringify(issues)).toMatchObject({
    file: "content/themes/mine/theme.yaml",
    line: THEME.slice(0, THEME.indexOf(from)).split("\n").length,
  });
  expect(issue?.hint).toContain(fix);
});

test("an invalid SVG file of a theme is reported", () => {
  const files = { "themes/mine/theme.yaml": THEME, "themes/mine/footer.svg": "a fence" };
  expect(settingsOf("theme: mine", files).issues).toMatchObject([
    { file: "content/themes/mine/footer.svg", message: "footer.svg can't be read as SVG" },
  ]);
});

test("at least 60 errors are tested", () => expect(MISTAKES.length).toBeGreaterThanOrEqual(60));

/** Accents that are difficult to find contrast for: pale, without hue, and fully saturated. */
const ACCENTS = ["#ffff00", "#ffffff", "#000000", "#39ff14", "#ff00ff", "#00ffff", "#808080", "#ff6600"];
const PAPERS = ["", 'paper: { light: "#fff8e1", dark: "#001b2e" }', 'paper: { dark: "#000" }'];

describe.each(ownThemes())("theme %s", (theme) => {
  test.each(ACCENTS.flatMap((accent) => PAPERS.map((paper) => [accent, paper] as const)))(
    "%s on paper %s can be read in both appearances, or has a correction that can",
    (accent, paper) => {
      const of = (color: string) => settingsOf(`theme: ${theme}\nlook: { accent: "${color}", ${paper} }`);
      const first = of(accent);
      const fix = /accent: "(#[\da-f]{6})"/.exec(first.issues[0]?.hint ?? "")?.[1];
      const { settings, issues } = first.issues.length === 0 ? first : of(fix ?? "");
      expect(issues).toEqual([]);
      const { colors } = settings.appearance;
      for (const side of ["light", "dark"] as const) {
        const ratio = (text: keyof typeof colors, ground: keyof typeof colors) =>
          contrast(colors[text][side], colors[ground][side]);
        for (const ground of ["paper", "board", "accentSoft"] as const)
          expect(ratio("accent", ground), `accent on ${ground}, ${side}`).toBeGreaterThanOrEqual(4.5);
        expect(ratio("ink", "accentSoft")).toBeGreaterThanOrEqual(7);
        expect(ratio("ink", "paper")).toBeGreaterThanOrEqual(7);
        expect(ratio("inkSoft", "board")).toBeGreaterThanOrEqual(4.5);
        expect(ratio("railStrong", "paper")).toBeGreaterThanOrEqual(3);
      }
    },
  );
});

test("all settings of the look can be omitted, and all can be set", () => {
  expect(settingsOf("look:").issues).toEqual([]);
  const all = settingsOf(
    `theme: quiet
look:
  accent: "#0b6b5d"
  paper: "#ffffff"
  font: slab
  logo: logo.svg
  icon: icon.png
  css: a.css, b.css
  density: airy
  opening: small-caps
  home: text
  footer: { text: Hello }
  share: []
  dates: "no"
  readingTime: off
  socialImage: cover
colophon: no
head: { tag: meta, attrs: { name: theme } }
analytics: { provider: matomo, id: 3, host: "https://stats.example/path" }
newsletter: { provider: kit, id: 123 }
languages: en, de`,
    { "logo.svg": SVG, "icon.png": ICON, "a.css": "", "b.css": "" },
  );
  expect(all.issues).toEqual([]);
  expect(all.settings).toMatchObject({
    colophon: false,
    look: { css: ["a.css", "b.css"], dates: false, readingTime: false, share: [] },
    appearance: { opening: "small-caps", home: "text", icon: "icon.png" },
    analytics: { id: "3", host: "https://stats.example" },
    newsletter: { id: "123" },
  });
});
