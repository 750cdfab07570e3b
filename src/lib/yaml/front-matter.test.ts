import { expect, test } from "vitest";
import * as z from "zod";
import { checkYaml } from "./check.ts";
import { divide } from "./front-matter.ts";
import { readFrontMatter } from "./read-front-matter.ts";
import { readYaml } from "./source.ts";

test("errors in the body are reported with their line in the whole file", () => {
  expect(divide("---\ntitle: A\ndate: 2026-03-01\n---\n\nBody\n")).toEqual({
    format: "yaml",
    head: "title: A\ndate: 2026-03-01\n",
    headOffset: 1,
    body: "\nBody\n",
    bodyOffset: 4,
    closesAt: null,
  });
});

test("Windows line endings and a byte order mark are accepted", () => {
  expect(divide("\uFEFF---\r\ntitle: A\r\n---\r\nBody\r\n")).toMatchObject({
    head: "title: A\n",
    body: "Body\n",
  });
});

test.each([
  [" ---\ntitle: A\n ---\nBody\n", "yaml", "title: A\n", 3],
  ["<!-- markdownlint-disable -->\n\n---\ntitle: A\n---\nBody\n", "yaml", "title: A\n", 5],
  ["+++\ntitle: A\n+++\nBody\n", "yaml", "title: A\n", 3],
  [';;;\n"title": "A"\n;;;\nBody\n', "json", '{"title": "A"\n}', 3],
])("front matter between another program's delimiters is read: %j", (text, format, head, bodyOffset) => {
  expect(divide(text)).toMatchObject({ format, head, body: "Body\n", bodyOffset });
});

test("invisible characters, a comment and a YAML directive are accepted at the opening line", () => {
  for (const first of ["\u200B---", "\u00A0---", "\uFEFF\u2060---", "--- # head", "%YAML 1.2\n---"])
    expect(divide(`${first}\ntitle: A\n---\nText.\n`), JSON.stringify(first)).toMatchObject({
      head: "title: A\n",
      body: "Text.\n",
    });
});

test("a line of hyphens in the text isn't front matter", () => {
  expect(divide("Text\n\n---\nx: 1\n---\n")).toMatchObject({ head: null, bodyOffset: 0 });
  expect(divide("---\ntitle: A\n---\nText\n\n---\n\nMore\n").body).toBe("Text\n\n---\n\nMore\n");
  expect(divide("---\n---\nText\n")).toMatchObject({ head: "", body: "Text\n", bodyOffset: 2 });
});

test("a date stays as written, and is never interpreted in the machine's time zone", () => {
  expect(readYaml("date: 2011-11-10\nat: 2011-11-10T09:30:00Z\nanswer: no\n", "x.yaml").data).toEqual({
    date: "2011-11-10",
    at: "2011-11-10T09:30:00Z",
    answer: "no",
  });
});

test("each key has its line, in block and flow groups and lists", () => {
  const source = readYaml(
    "title: A\n# note\ncover:\n  src: ./a.svg\n  alt: A\ntags:\n  - one\n  - two\nlinks: [{ url: x }]\n",
    "x.yaml",
    10,
  );
  const lines = [
    ["title"],
    ["cover"],
    ["cover", "alt"],
    ["cover", "credit"],
    ["tags", 1],
    ["links", 0, "url"],
    ["none"],
    [],
  ].map((path) => source.lineOf(path));
  expect(lines).toEqual([11, 13, 15, 13, 18, 19, 11, 11]);
});

test.each([
  ["----", "----"],
  ["---", "----"],
  ["–––", "–––"],
  ["———", "———"],
  ["—", "---"],
])("front matter between %s and %s is read, and a line in the text stays one", (open, close) => {
  expect(divide(`${open}\ntitle: A\n${close}\nText\n\n---\n\nMore\n`)).toMatchObject({
    head: "title: A\n",
    body: "Text\n\n---\n\nMore\n",
    bodyOffset: 3,
    closesAt: null,
  });
});

test.each([
  ["an object", '---js\n{\n  title: "A",\n  date:\n    "2026-13-01",\n}\n---\nText.\n'],
  ["constants", '---js\nconst title = "A";\n\nconst\n  date =\n    "2026-13-01";\n---\nText.\n'],
  ["an export", '---js\nexport default {\n  title: "A",\n\n  date:\n    now(),\n};\n---\nText.\n'],
])("an error in front matter in JavaScript is at the line of its key: %s", (_form, text) => {
  const source = readFrontMatter(divide(text), "x.md");
  const line = text.split("\n").findIndex((one) => one.includes("date")) + 1;
  expect(source.lineOf(["date"])).toBe(line);
  for (const issue of source.issues) expect(issue.line).toBe(line);
});

test("a value that is too short or too long is reported with the limit and its unit", () => {
  const schema = z.object({
    tags: z
      .array(z.string())
      .min(1)
      .meta({ examples: [["a"]] }),
    links: z
      .array(z.string())
      .max(2)
      .meta({ examples: [["a"]] }),
    code: z
      .string()
      .min(3)
      .meta({ examples: ["abc"] }),
    year: z
      .number()
      .min(1970)
      .meta({ examples: [2000] }),
  });
  const source = readYaml("tags: []\nlinks: [a, b, c]\ncode: ab\nyear: 7\n", "x.yaml");
  expect(checkYaml(schema, source, { owner: "x.yaml" }).issues.map(({ message }) => message)).toEqual([
    "`tags` should be at least 1 entry, but is an empty list",
    "`links` should be at most 2 entries, but is a list",
    '`code` should be at least 3 characters, but is "ab"',
    "`year` should be at least 1970, but is 7",
  ]);
});
