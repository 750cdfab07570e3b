import { expect, test } from "vitest";
import { didYouMean } from "./did-you-mean.ts";

const keys = ["title", "description", "date", "draft", "tags", "authors"];

test("a slip of the finger is answered with the word that was meant", () => {
  expect(didYouMean("titel", keys)).toBe("title");
  expect(didYouMean("descripton", keys)).toBe("description");
  expect(didYouMean("Date", keys)).toBe("date");
  expect(didYouMean("author", keys)).toBe("authors");
  expect(didYouMean("tgas", keys)).toBe("tags");
});

test("a word that nobody could have meant gets no guess", () => {
  expect(didYouMean("banana", keys)).toBeNull();
  expect(didYouMean("x", ["y-long-word"])).toBeNull();
  expect(didYouMean("", keys)).toBeNull();
  expect(didYouMean("title", [])).toBeNull();
});
