import { expect, test } from "vitest";
import { formatsOf } from "../../i18n/formats.ts";
import { LANGUAGES } from "../../i18n/languages.ts";
import { formatDate } from "./format.ts";

test.each([...Object.values(LANGUAGES).map(({ lang }) => lang), "de-AT", "en-AU", "ar-EG", "th"])(
  "a date in a quoted post is written as every other date of the page: %s",
  (lang) => {
    expect(formatDate("2011-11-26", lang)).toBe(formatsOf(lang, "UTC").date("2011-11-26T12:00:00Z"));
  },
);

test("a date keeps the precision it was written with", () => {
  expect(formatDate("2011", "en")).toBe("2011");
  expect(formatDate("2011-07", "en")).toBe("July 2011");
  expect(formatDate("2011-07-03T23:30:00-08:00", "en-GB")).toBe("3 July 2011");
});
