import * as fc from "fast-check";
import { expect, test } from "vitest";
import { TokenNumbers } from "./token-ids.ts";

/** Numbers in the order of the first appearance, as a `Map` of strings gives them. */
function expectedNumbers(texts: readonly (readonly string[])[]): { numbers: number[][]; tokens: string[] } {
  const known = new Map<string, number>();
  const numbers = texts.map((text) =>
    text.map((token) => {
      const number = known.get(token) ?? known.size;
      known.set(token, number);
      return number;
    }),
  );
  return { numbers, tokens: [...known.keys()] };
}

function expectRight(texts: readonly (readonly string[])[]): void {
  const numbers = new TokenNumbers();
  const expected = expectedNumbers(texts);
  expect(texts.map((text) => [...numbers.of(Buffer.from(text.join(" ")))])).toEqual(expected.numbers);
  expect(expected.tokens.map((_, number) => numbers.token(number))).toEqual(expected.tokens);
  expect(numbers.count).toBe(expected.tokens.length);
}

test("each token keeps its own number, whatever its letters: no word is found in place of another", () => {
  const token = fc
    .oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 4 }),
      fc.constantFrom("a", "aa", "ab", "é", "字"),
    )
    .map((text) => text.replaceAll(/\s/g, "_"));
  fc.assert(fc.property(fc.array(fc.array(token, { maxLength: 30 })), expectRight));
});

test("a blog with more words than fit at first loses none", () => {
  const words = Array.from({ length: 30_000 }, (_, index) => `${index % 7}-${index}`);
  expectRight([words, words.toReversed(), [...words, "more"]]);
});
