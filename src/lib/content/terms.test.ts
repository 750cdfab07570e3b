import { expect, test } from "vitest";
import { termOf, termsOf, weightOf } from "./terms.ts";

const NONE = { title: "", description: "", tags: [] };
const often = ["fence", "garden", "letter"];

test("a post as long as a book keeps its most frequent words as terms", () => {
  const rare = Array.from({ length: 20_000 }, (_, index) => `w${letters(index)}`);
  const text = [...rare, ...rare.map((_, index) => often[index % often.length])].join(" ");
  const main = [...termsOf({ ...NONE, text })].filter((term) => weightOf(term) === 4);
  expect(new Set(main.map(termOf))).toEqual(
    new Set([...termsOf({ ...NONE, text: often.join(" ") })].map(termOf)),
  );
});

test("terms of one post never appear in the next", () => {
  const text = "A fence, a garden, a garden gate.";
  const alone = termsOf({ ...NONE, text });
  termsOf({ title: "Garden", description: "Letters", tags: ["fence"], text: often.join(" ").repeat(2000) });
  expect(termsOf({ ...NONE, text })).toEqual(alone);
});

/** Four letters that are unique for each number. */
function letters(number: number): string {
  return [17576, 676, 26, 1]
    .map((unit) => String.fromCharCode(97 + (Math.floor(number / unit) % 26)))
    .join("");
}
