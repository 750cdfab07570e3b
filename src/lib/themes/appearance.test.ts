import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { findSettings } from "../site/load-settings.ts";
import { contrast } from "./color.ts";

function blog(siteYaml: string, files: Readonly<Record<string, string | Buffer>> = {}) {
  const root = tempFolder("look");
  const contentDir = path.join(root, "content");
  for (const [name, text] of Object.entries({ "site.yaml": siteYaml, ...files })) {
    mkdirSync(path.dirname(path.join(contentDir, name)), { recursive: true });
    writeFileSync(path.join(contentDir, name), text);
  }
  return findSettings({ contentDir, root });
}

test("by default, a blog has the default theme with its initial as the mark", () => {
  const { settings, issues } = blog("title: Rowan\n");
  expect(issues).toEqual([]);
  expect(settings.theme).toBe("paper");
  expect(settings.appearance.isMarkInHeader).toBe(false);
  expect(settings.appearance.mark).not.toBe(blog("title: Moss\n").settings.appearance.mark);
});

test("a title in any script has a mark", () => {
  for (const title of ["庭", "حديقة", "!", "Éclair", "🌱"])
    expect(blog(`title: "${title}"\n`).settings.appearance.mark).toMatch(/^<path/);
});

test("an accent gets readable shades in the light and dark appearance", () => {
  const { settings, issues } = blog('look: { accent: "#0b6b5d" }\n');
  const { accent, accentSoft, paper, ink } = settings.appearance.colors;
  expect(issues).toEqual([]);
  expect(accent.light).toBe("#0b6b5d");
  for (const side of ["light", "dark"] as const) {
    expect(contrast(accent[side], paper[side])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(accent[side], accentSoft[side])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(ink[side], accentSoft[side])).toBeGreaterThanOrEqual(7);
  }
});

test("an accent that is too pale is reported with a fix that works", () => {
  const { issues } = blog('title: Rowan\nlook:\n  accent: "#ffd400"\n');
  expect(issues).toMatchObject([{ file: "content/site.yaml", line: 3 }]);
  const fix = /accent: "#[\da-f]{6}"/.exec(issues[0]?.hint ?? "")?.[0] ?? "";
  expect(blog(`look:\n  ${fix}\n`).issues).toEqual([]);
});

test("a paper color without enough contrast is reported with a fix that works", () => {
  const { issues } = blog('look:\n  paper: "#777777"\n');
  const fix = /paper: \{.*\}/.exec(issues[0]?.hint ?? "")?.[0] ?? "";
  expect(issues).toHaveLength(1);
  expect(blog(`look:\n  ${fix}\n`).issues).toEqual([]);
});

test("with a custom paper color, all colors are readable", () => {
  const { settings, issues } = blog('look: { paper: { light: "#f1ead8", dark: "#0d1b2a" } }\n');
  const { paper, inkSoft, accent, railStrong } = settings.appearance.colors;
  expect(issues).toEqual([]);
  expect(paper).toEqual({ light: "#f1ead8", dark: "#0d1b2a" });
  for (const side of ["light", "dark"] as const) {
    expect(contrast(inkSoft[side], paper[side])).toBeGreaterThanOrEqual(7);
    expect(contrast(accent[side], paper[side])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(railStrong[side], paper[side])).toBeGreaterThanOrEqual(3);
  }
});

test("an unknown theme is reported with a suggestion", () => {
  const { issues } = blog("theme: fense\n");
  expect(issues).toMatchObject([{ line: 1, hint: expect.stringContaining("theme: fence") }]);
});

test("a custom theme is a folder in content/themes/, and its errors have a line", () => {
  const theme = `colors: { paper: { light: "#fff", dark: "white" } }\n`;
  const { issues } = blog("theme: mine\n", { "themes/mine/theme.yaml": theme });
  expect(issues[0]).toMatchObject({ file: "content/themes/mine/theme.yaml", line: 1 });
});

test("a missing font or style sheet is reported when settings are loaded", () => {
  expect(blog("look: { font: mine.woff2 }\n").issues).toMatchObject([{ file: "content/site.yaml", line: 1 }]);
  expect(blog("look: { css: extra.css }\n").issues).toHaveLength(1);
  expect(blog("look: { css: extra.css }\n", { "extra.css": "" }).issues).toEqual([]);
});

test("the size of a logo is read from its file, and a missing logo is reported", () => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 48"><path d="M0 0h9v9z"/></svg>`;
  const { settings, issues } = blog("look: { logo: logo.svg }\n", { "logo.svg": svg });
  expect(issues).toEqual([]);
  expect(settings.appearance.logo?.light).toMatchObject({ file: "logo.svg", width: 200, height: 48 });
  expect(blog("look: { logo: logo.svg }\n").issues).toMatchObject([{ file: "content/site.yaml", line: 1 }]);
  expect(blog("look: { logo: ../secret.svg }\n").issues).toHaveLength(1);
});

test("a dark logo with the same content as the light one is ignored", () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>';
  const look = (dark: string) =>
    blog("look:\n  logo: { light: logo.svg, dark: dark.svg, alt: Rowan }\n", {
      "logo.svg": svg,
      "dark.svg": dark,
    }).settings.appearance.logo;
  expect(look(svg)?.dark).toBeNull();
  expect(look(svg.replace("9z", "8z"))?.dark).not.toBeNull();
});
