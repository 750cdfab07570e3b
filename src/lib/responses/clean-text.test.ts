import { expect, test } from "vitest";
import { cpuClock } from "../../../tests/support/cpu-clock.ts";
import { cleanLine, cleanLines, cleanName, stripInvisible, truncateAtWord } from "./clean-text.ts";

const FLAG = "\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}";

test("flags keep their tag characters, other text loses them", () => {
  expect(cleanName(`Ada ${FLAG}`)).toBe(`Ada ${FLAG}`);
  expect(cleanName("Ada\u{E0061}\u{E0062} Lovell")).toBe("Ada Lovell");
});

test.each(["🌻🌿", "🇩🇪", "1️⃣", "👨🏽‍🦰", "★彡"])("a name that is only %s stays as it is", (name) => {
  expect(cleanName(name)).toBe(name);
});

test.each([
  ["tag characters", "\u{E0061}"],
  ["a flag and tag characters", "\u{1F3F4}\u{E0061}\u{E0062}"],
  ["joiners", "\u200D"],
  ["marks", "e\u0301"],
  ["white space", " \u2028\t"],
  ["brackets", "(<[ "],
  ["addresses", "http://"],
  ["signs of an e-mail address", "a@b."],
])("a megabyte of %s is cleaned in less than a second", (_name, piece) => {
  const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
  for (const clean of [
    cleanName,
    stripInvisible,
    (raw: string) => cleanLine(raw, 300),
    (raw: string) => cleanLines(raw, 5000),
  ]) {
    const spentMs = cpuClock();
    clean(text);
    expect(spentMs()).toBeLessThan(1000);
  }
});

test.each([
  ["what we lost wasn't the place", 20, "what we lost wasn't…"],
  ["what we lost, wasn't it the place", 22, "what we lost, wasn't…"],
  ["what we really lost — the place", 25, "what we really lost…"],
  ["short", 20, "short"],
  ["a-word-that-is-longer-than-the-excerpt", 10, "a-word-th…"],
  ["see a-word-that-is-longer", 12, "see a-word-…"],
  ["失われたのは場所ではなく習慣だった", 8, "失われたのは場…"],
])("an excerpt of %j ends behind a word", (text, maxLength, expected) => {
  expect(truncateAtWord(text, maxLength)).toBe(expected);
});
