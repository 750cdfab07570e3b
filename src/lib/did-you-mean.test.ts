import { expect, test } from "vitest";
import { didYouMean } from "./did-you-mean.ts";

const keys = ["title", "description", "date", "draft", "tags", "authors"];

test("a typo gets the intended word as a suggestion", () => {
  expect(didYouMean("titel", keys)).toBe("title");
  expect(didYouMean("descripton", keys)).toBe("description");
  expect(didYouMean("Date", keys)).toBe("date");
  expect(didYouMean("author", keys)).toBe("authors");
  expect(didYouMean("tgas", keys)).toBe("tags");
});

test("a word unlike all known words gets no suggestion", () => {
  expect(didYouMean("banana", keys)).toBeNull();
  expect(didYouMean("x", ["y-long-word"])).toBeNull();
  expect(didYouMean("", keys)).toBeNull();
  expect(didYouMean("title", [])).toBeNull();
});
