import { expect, test } from "vitest";
import { TypeCase } from "./fonts/type-case.ts";
import { setText, shapeLine, type TextStyle, tidyText } from "./set-text.ts";
import { temporaryCache } from "./test-tools.ts";

const typeCase = new TypeCase(temporaryCache());

async function packagesOf(text: string, lang = "en"): Promise<string[]> {
  const { types } = await setText(text, { cut: "title", lang, dir: "ltr" }, typeCase);
  return [...new Set(types.map(({ family }) => family.package.replace(/^.*\//, "")))];
}

async function xOf(text: string, dir: TextStyle["dir"], family: RegExp): Promise<number> {
  const line = shapeLine(await setText(text, { cut: "title", lang: "en", dir }, typeCase));
  return line.glyphs.find(({ type }) => family.test(type.family.package))?.x ?? Number.NaN;
}

test("a title in the site's own script is set in the site's own face", async () => {
  expect(await packagesOf("A chat – “over” the fence, 2024! Größe, связь, σχέση")).toEqual(["literata"]);
});

test("ideographs have the shapes of the post's language", async () => {
  expect(await packagesOf("直骨", "ja")).toEqual(["noto-serif-jp"]);
  expect(await packagesOf("直骨", "zh-Hans")).toEqual(["noto-serif-sc"]);
  expect(await packagesOf("直骨", "zh-TW")).toEqual(["noto-serif-tc"]);
  expect(await packagesOf("直骨", "ko")).toEqual(["noto-serif-kr"]);
});

test("punctuation belongs to the letters around it", async () => {
  expect(await packagesOf("“你好。”", "zh-Hans")).toEqual(["noto-serif-sc"]);
});

test("emoji come whole: people of several parts, flags, skin tones and keycaps are one picture each", async () => {
  for (const emoji of ["👩‍🚀", "🇩🇪", "👍🏽", "1️⃣", "🏳️‍🌈", "👨‍👩‍👧"]) {
    const set = await setText(emoji, { cut: "title", lang: "en", dir: "ltr" }, typeCase);
    const visible = shapeLine(set).glyphs.filter(({ type, glyph }) => type.outline(glyph).length > 0);
    expect(visible, emoji).toHaveLength(1);
  }
});

test("words of the other direction stand where a reader of both expects them", async () => {
  expect(await xOf("abc שלום", "ltr", /hebrew/)).toBeGreaterThan(await xOf("abc שלום", "ltr", /literata/));
  expect(await xOf("abc שלום", "rtl", /hebrew/)).toBeLessThan(await xOf("abc שלום", "rtl", /literata/));
});

test("Arabic letters are joined", async () => {
  const style: TextStyle = { cut: "title", lang: "ar", dir: "rtl" };
  const joined = shapeLine(await setText("سسس", style, typeCase)).glyphs.map(({ glyph }) => glyph);
  expect(new Set(joined).size).toBe(3);
});

test("a letter with a mark that no font joins keeps the letter", async () => {
  const style: TextStyle = { cut: "title", lang: "en", dir: "ltr" };
  const { text, undrawn } = await setText("a\u{1E8D0}b", style, typeCase);
  expect(text).toBe("ab");
  expect(undrawn).toEqual([]);
});

test("stray spaces, controls and broken surrogates leave no trace", () => {
  expect(tidyText("  a\n\tb\u0007\u00ADc \uD800 d ")).toBe("a bc d");
});

test("a typewriter's apostrophe becomes a real one", () => {
  expect(tidyText("at arm's length, 'so' 5'")).toBe("at arm’s length, 'so' 5'");
});
