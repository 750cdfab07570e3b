import { expect, test } from "vitest";
import { withMovedFrontMatter, withRenamedTranslation } from "./front-matter-edit.ts";

const MOVED = { alias: "/posts/hello/", id: "hello", slug: "moin", day: null };

test("CRLF line endings and the byte order mark are kept", () => {
  const text = "\uFEFF---\r\ntitle: Hello\r\naliases:\r\n  - /old/\r\n---\r\nWords.\r\n";
  expect(withMovedFrontMatter(text, MOVED)).toBe(
    '\uFEFF---\r\ntitle: Hello\r\naliases:\r\n  - /old/\r\n  - /posts/hello/\r\nid: "hello"\r\n---\r\nWords.\r\n',
  );
});

test("comments, order and an id are kept; an existing alias isn't added again", () => {
  const text = "---\n# mine\ntitle: Hello # here\nid: x\naliases: [/posts/hello/]\n---\nWords.\n";
  expect(withMovedFrontMatter(text, MOVED)).toBe(text);
});

test("a text without front matter gets one, with the date from its file name", () => {
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

test("references of translations are renamed; other values with the same word aren't", () => {
  const text = "---\ntitle: hello\ntranslationOf: hello\ntranslations: [hello, other]\n---\nhello\n";
  expect(withRenamedTranslation(text, "hello", "moin")).toBe(
    "---\ntitle: hello\ntranslationOf: moin\ntranslations: [moin, other]\n---\nhello\n",
  );
  expect(withRenamedTranslation(text, "hell", "moin")).toBe(text);
});
