import { expect, test } from "vitest";
import { outcomeOf } from "../../../tests/support/load-outcome.ts";

const A = "content/posts/a.md";
const post = (head: string): string => `---\n${head}\n---\nText.\n`;
const last = (hint: string): string => hint.split("\n").at(-1) ?? "";

/** Front matter, and line and start of each message. With the hints' lines in place, it must load without errors. */
test.each([
  ["title: A\n date: 2026-01-02", "3 The line is indented"],
  ["title: A\n\tdate: 2026-01-02", "3 The line is indented"],
  ['title = "A"\ndate: 2026-01-02', "2 A key is followed by a colon"],
  ["title\uFF1A A\ndate: 2026-01-02", "2 The colon is a full-width character"],
  ["title:\u00A0A\ndate:\u30002026-01-02", "2 The space after the colon", "3 The space after the colon"],
  [
    "- title: A\n- date: 2026-01-02",
    "2 The dash turns the keys into a list",
    "3 The dash turns the keys into a list",
  ],
  ["title: A\ndate: 2026-01-02\ntags:\n- one\n-two\n- three", "6 A space is missing after the dash"],
  ["title: A\ndate: 2026-01-02\ndescription: Text\ngoes on", "5 The line has no key"],
  ['title: "unclosed\ndate: 2026-01-02', "2 A quote isn't closed"],
  ["title: 'Tis the season\ndate: 2026-01-02", "2 A quote isn't closed"],
  ["title: *star*\ndate: 2026-01-02", "2 The YAML can't be read: a `*` alias"],
  ["title: !important thing\ndate: 2026-01-02", "2 YAML reads a text that begins with ! as a tag"],
  ["title: &amp thing\ndate: 2026-01-02", "2 YAML reads a text that begins with & as an anchor"],
  ["title: A\ndate: 2026-01-02\ntags:\n- Book: Dune", "5 A colon makes keys with values"],
  ["title: A\ndate: 2026-01-02\ntags: [#one, #two]", "4 The YAML can't be read: a `#`"],
  ["title: A\ndate: 2026-01-02\ntags:\n- #one\n- two", "5 A `#` after a space"],
  ["title: A\ndate: 2026-01-02\ntags:\n  * one\n  * two", "5 A list in YAML", "6 A list in YAML"],
  ["title: A\ndate: 2026-01-02\ntags: 'one', 'two'", "4 The YAML can't be read: unexpected text follows"],
  ["title: A\ndate: 2026-01-02\ntags:\n  - one\n  two", "6 A dash is missing"],
  ["title: A\ndate: 2026-01-02\ndescription: >\nText", "5 The text after > has to be indented"],
  ["title: [WIP]\ndate: 2026-01-02", "2 `title` should be text"],
])("the corrected lines of %j work", async (head, ...messages) => {
  const { errors, hints } = await outcomeOf({ [A]: post(head) });
  expect(errors).toEqual(messages.map((message) => expect.stringContaining(`${A}:${message}`)));
  const lines = head.split("\n");
  for (const [index, message] of messages.entries())
    lines[Number.parseInt(message, 10) - 2] = last(hints[index] ?? "");
  expect((await outcomeOf({ [A]: post(lines.join("\n")) })).errors).toEqual([]);
});

test("intended YAML anchors, aliases and tags are read", async () => {
  const head = "title: A\ndate: 2026-01-02\nextra:\n  one: &here yes\n  two: *here\n  three: !!str 4";
  const { loaded, errors } = await outcomeOf({ [A]: post(head) });
  expect(errors).toEqual([]);
  expect(loaded?.blog.posts[0]?.extra).toMatchObject({ two: "yes", three: "4" });
});

test("quoted tags between commas, a picture in Obsidian's brackets and capitalized choices are read", async () => {
  const head =
    'date: 2026-01-02\ntags: one, "two words"\nbanner: [[p.svg]]\nrsvp: Yes\ninReplyTo: https://a.example/';
  const { loaded, errors } = await outcomeOf({
    [A]: post(head),
    "content/posts/p.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 6"/>',
  });
  expect(errors).toEqual([]);
  expect(loaded?.blog.posts[0]?.tags).toEqual(["one", "two words"]);
  expect(loaded?.blog.posts[0]?.cover?.file).toBe("content/posts/p.svg");
});

test("a country code used as a language gets a hint with the language code", async () => {
  const { hints } = await outcomeOf({ [A]: post("title: A\ndate: 2026-01-02\nlang: jp") });
  expect(hints.map(last)).toEqual(["lang: ja"]);
});
