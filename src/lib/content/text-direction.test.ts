import { expect, test } from "vitest";
import { directionOfText, dirWithin } from "./text-direction.ts";

test.each([
  ["An English description.", "rtl", "ltr"],
  ["C++", "rtl", "ltr"],
  ["HTML ليست لغة برمجة.", "rtl", "rtl"],
  ["استخدم React Router DOM", "rtl", "rtl"],
  ["2026", "rtl", "rtl"],
  ["", "ltr", "ltr"],
  ["مرحبا بالعالم!", "ltr", "rtl"],
  ["The word שלום means peace.", "ltr", "ltr"],
  ["日本語のタイトル。", "rtl", "ltr"],
] as const)("%j, expected to run %s, runs %s", (text, own, direction) => {
  expect(directionOfText(text, own)).toBe(direction);
});

test("an element has `dir` only if its direction differs from its parent's", () => {
  expect(dirWithin("rtl", "An English title.")).toBe("ltr");
  expect(dirWithin("rtl", "عنوان")).toBeNull();
  expect(dirWithin("ltr", "HTML ليست لغة.", "rtl")).toBe("rtl");
  expect(dirWithin("ltr", "An English title.", "rtl")).toBeNull();
});
