import { expect, test } from "vitest";
import { readingTime } from "./reading-time.ts";
import { directionOf } from "./scripts.ts";

test("reading time depends on the reading speed of the article's language", () => {
  const text = "word ".repeat(1140);
  expect(readingTime(text, "en")).toEqual({ words: 1140, minutes: 5 });
  expect(readingTime(text, "en-GB").minutes).toBe(5);
  expect(readingTime(text, "fi").minutes).toBe(7);
  expect(readingTime(text, "xx").minutes).toBe(6);
});

test("Chinese and Japanese are counted by characters, Thai by dictionary words", () => {
  expect(readingTime("語".repeat(1275), "zh").minutes).toBe(5);
  expect(readingTime("語".repeat(1071), "ja").minutes).toBe(3);
  expect(readingTime("隣人との会話", "ja").words).toBeGreaterThan(1);
  expect(readingTime("สวัสดีเพื่อนบ้าน", "th").words).toBeGreaterThan(1);
});

test("punctuation within a word doesn't split it, and punctuation alone isn't a word", () => {
  expect(readingTime("don't e-mail O’Neill 3.14 – — … !", "en").words).toBe(4);
  expect(readingTime("", "en")).toEqual({ words: 0, minutes: 1 });
});

test("text direction depends on the language's script", () => {
  expect(["ar", "he", "fa-IR", "ur", "az-Arab", "ar-Latn", "en", "de", "ja"].map(directionOf)).toEqual([
    "rtl",
    "rtl",
    "rtl",
    "rtl",
    "rtl",
    "ltr",
    "ltr",
    "ltr",
    "ltr",
  ]);
});
