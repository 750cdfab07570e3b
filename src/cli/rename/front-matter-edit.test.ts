import { expect, test } from "vitest";
import { withMovedFrontMatter, withRenamedTranslation } from "./front-matter-edit.ts";

const MOVED = { alias: "/posts/hello/", id: "hello", slug: "moin", day: null };

test("line ends of Windows and the mark at the beginning of a file stay", () => {
  const text = "\uFEFF---\r\ntitle: Hello\r\naliases:\r\n  - /old/\r\n---\r\nWords.\r\n";
  expect(withMovedFrontMatter(text, MOVED)).toBe(
    '\uFEFF---\r\ntitle: Hello\r\naliases:\r\n  - /old/\r\n  - /posts/hello/\r\nid: "hello"\r\n---\r\nWords.\r\n',
  );
});

test("comments, order and an id stay; an alias that is there isn't added again", () => {
  const text = "---\n# mine\ntitle: Hello # here\nid: x\naliases: [/posts/hello/]\n---\nWords.\n";
  expect(withMovedFrontMatter(text, MOVED)).toBe(text);
});

test("a text without front matter gets one, with the day that its name gave it", () => {
  expect(withMovedFrontMatter("Words.\n", { ...MOVED, day: "2026-03-01" })).toBe(
    '---\nid: "hello"\ndate: 2026-03-01\naliases: ["/posts/hello/"]\n---\n\nWords.\n',
  );
});

test.each([
  ["TOML", '+++\ntitle = "x"\n+++\n'],
  ["JSON", '{ "title": "x" }\n'],
  ["YAML with an error", "---\ntitle: [\n---\n"],
  ["YAML without an end", "---\ntitle: x\n"],
])("%s is left alone", (_, text) => {
  expect(withMovedFrontMatter(text, MOVED)).toBeNull();
});

test("translations follow; other values with the same word don't", () => {
  const text = "---\ntitle: hello\ntranslationOf: hello\ntranslations: [hello, other]\n---\nhello\n";
  expect(withRenamedTranslation(text, "hello", "moin")).toBe(
    "---\ntitle: hello\ntranslationOf: moin\ntranslations: [moin, other]\n---\nhello\n",
  );
  expect(withRenamedTranslation(text, "hell", "moin")).toBe(text);
});
