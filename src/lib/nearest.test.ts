import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

const keys = ["title", "description", "date", "draft", "tags", "authors"];

test("a slip of the finger is answered with the word that was meant", () => {
  expect(nearest("titel", keys)).toBe("title");
  expect(nearest("descripton", keys)).toBe("description");
  expect(nearest("Date", keys)).toBe("date");
  expect(nearest("author", keys)).toBe("authors");
  expect(nearest("tgas", keys)).toBe("tags");
});

test("a word that nobody could have meant gets no guess", () => {
  expect(nearest("banana", keys)).toBeNull();
  expect(nearest("x", ["y-long-word"])).toBeNull();
  expect(nearest("", keys)).toBeNull();
  expect(nearest("title", [])).toBeNull();
});
