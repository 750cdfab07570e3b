import { expect, test } from "vitest";
import { isLanguage, languageMeant } from "./language-tag.ts";
import { isTimeZone } from "./values.ts";
import { timeZoneMeant } from "./time-zone.ts";

test.each(["en", "de-AT", "zh-Hant", "pt-BR", "tlh", "sr-Latn-RS"])("%s is a language tag", (tag) => {
  expect(isLanguage(tag)).toBe(true);
});

test.each([
  ["en_US", "en-US"],
  ["english", "en"],
  ["Deutsch", "de"],
  ["français", "fr"],
  ["pt_BR.UTF-8", "pt-BR"],
  ["german!", null],
  ["xx", null],
  ["", null],
])("%s is none; %s was meant", (written, meant) => {
  expect(isLanguage(written)).toBe(false);
  expect(languageMeant(written)).toBe(meant);
});

test.each([
  ["Berlin", "Europe/Berlin"],
  ["new york", "America/New_York"],
  ["Europe/Berlyn", "Europe/Berlin"],
  ["GMT+1", "Etc/GMT-1"],
  ["+02:00", "Etc/GMT-2"],
])("%s is no time zone; %s was meant", (written, meant) => {
  expect(isTimeZone(written)).toBe(false);
  expect(timeZoneMeant(written)).toBe(meant);
  expect(isTimeZone(meant)).toBe(true);
});
