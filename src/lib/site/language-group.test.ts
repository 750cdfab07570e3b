import { expect, test } from "vitest";
import { languageGroup, languageName, languageNames } from "./language-group.ts";

test.each([
  ["de", "de"],
  ["de-AT", "de"],
  ["en-GB", "en"],
  ["pt-BR", "pt"],
  ["zh", "zh-hans"],
  ["zh-CN", "zh-hans"],
  ["zh-TW", "zh-hant"],
  ["zh-Hant", "zh-hant"],
  ["sr", "sr"],
  ["sr-Latn", "sr-latn"],
])("%s is listed with %s", (tag, group) => {
  expect(languageGroup(tag)).toBe(group);
});

test("languages have their native names", () => {
  expect(["de", "ja", "fr", "ar", "zh-hant", "tr"].map(languageName)).toEqual([
    "Deutsch",
    "日本語",
    "Français",
    "العربية",
    "繁體中文",
    "Türkçe",
  ]);
});

test("a region is named only to distinguish two versions of a language", () => {
  expect(languageNames(["en-GB", "de-AT"])).toEqual(["English", "Deutsch"]);
  expect(languageNames(["en-GB", "en-US", "ja"])).toEqual(["British English", "American English", "日本語"]);
});
