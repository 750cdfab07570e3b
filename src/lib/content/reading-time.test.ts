import { expect, test } from "vitest";
import { readingTime } from "./reading-time.ts";
import { directionOf } from "./scripts.ts";

test("a reader learns how long an article takes, by the speed at which its language is read", () => {
  const text = "word ".repeat(1140);
  expect(readingTime(text, "en")).toEqual({ words: 1140, minutes: 5 });
  expect(readingTime(text, "en-GB").minutes).toBe(5);
  expect(readingTime(text, "fi").minutes).toBe(7);
  expect(readingTime(text, "xx").minutes).toBe(6);
});

test("Chinese and Japanese go by signs, Thai by the words of a dictionary", () => {
  expect(readingTime("語".repeat(1275), "zh").minutes).toBe(5);
  expect(readingTime("語".repeat(1071), "ja").minutes).toBe(3);
  expect(readingTime("隣人との会話", "ja").words).toBeGreaterThan(1);
  expect(readingTime("สวัสดีเพื่อนบ้าน", "th").words).toBeGreaterThan(1);
});

test("signs within words don't make two of them, and signs alone make none", () => {
  expect(readingTime("don't e-mail O’Neill 3.14 – — … !", "en").words).toBe(4);
  expect(readingTime("", "en")).toEqual({ words: 0, minutes: 1 });
});

test("right to left goes by the language's script", () => {
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
