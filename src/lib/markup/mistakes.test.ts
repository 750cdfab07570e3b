import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DRAWING, testBlog } from "./test-blog.ts";
import type { TestBlog } from "./test-blog.ts";

let blog: TestBlog;
beforeAll(() => {
  blog = testBlog();
});
afterAll(() => blog.remove());

/** One line each: what the author wrote, and exactly what they are told. */
const MISTAKES: readonly (readonly [name: string, text: string, ...told: string[]])[] = [["x", "x"]];

describe("an author is told which line and how to mend it", () => {
  test.each(MISTAKES)("%s", async (_name, text, ...told) => {
    expect(await blog.mistakes(text)).toEqual(told);
  });
});
void DRAWING;
