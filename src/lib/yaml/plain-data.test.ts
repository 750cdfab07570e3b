import fc from "fast-check";
import { parseDocument } from "yaml";
import { expect, test } from "vitest";
import { plainData } from "./plain-data.ts";

test("front matter as authors write it is read without the parser of all of YAML", () => {
  const text = `title: What's left, after:all, nothing?
date: 2011-11-10T09:30:00+01:00
tags: [customers, gespräche, "a, b", 'c']
cover: { src: ./cover.svg, alt: "Two cups: one full, one …" }
aliases: [/2011/11/old-name.html, https://example.org/x]
draft: true
`;
  expect(plainData(text)).toEqual(parsed(text));
});

test("what the parser reads in another way is left to it: comments, numbers, nothing, mistakes", () => {
  const lines = [
    ...[
      "a: 1",
      "a: null",
      "a: True",
      "a: ~",
      "a:",
      "a: ",
      "a: x #y",
      "a: x: y",
      "a: x:",
      "a: &x y",
      "a: |",
      "a: -",
    ],
    ...["a: .5", "a: [x,]", "a: [x, [y]]", "a: [null]", "a: [x]]", "a: {x: 1}", "a: {}", "a: {x: y, x: z}"],
    ...[
      'a: "x\\n"',
      "a: 'it''s'",
      'a: "x" y',
      "a: x\n  y",
      "a: x\na: y",
      "null: x",
      "a: x\n\nb: y",
      "- a",
      "# a",
    ],
    ...["a: x\r", "a: x\ty", "a: x ", "a: [x", "a: {x}", "a: *b", "a: !b c", "a: 0x1f", "a: 1e3", "---", ""],
  ];
  expect(lines.filter((line) => plainData(`${line}\n`) !== null)).toEqual([]);
});

test("a value is never read otherwise than by the parser", () => {
  const parts =
    "a b title true null x-y ./p 2011-01-02 : :: ::: , [ ] { } \" ' # & * ! | > - ? . / \\ ~ @ % ` 1 .5 é \u2028 \u00a0 \ufeff \u{1f426} \t \r"
      .split(" ")
      .concat(" ", "  ", ": ", ", ", "\n", "\n", "\nb: ", "\nc: ");
  const value = fc.array(fc.constantFrom(...parts), { maxLength: 8 }).map((chosen) => chosen.join(""));
  const flow = fc.oneof(
    value,
    value.map((inner) => `[${inner}]`),
    value.map((inner) => `{ a: ${inner} }`),
    value.map((inner) => `"${inner}"`),
    value.map((inner) => `'${inner}'`),
  );
  const text = fc.array(flow, { minLength: 1, maxLength: 3 });
  let read = 0;
  fc.assert(
    fc.property(text, (values) => {
      const yaml = values.map((each, index) => `k${index}: ${each}\n`).join("");
      const data = plainData(yaml);
      if (data === null) return;
      read++;
      expect(data).toEqual(parsed(yaml));
    }),
    { numRuns: 5000 },
  );
  expect(read).toBeGreaterThan(500);
});

function parsed(text: string): unknown {
  const document = parseDocument(text, { schema: "core", prettyErrors: false, logLevel: "silent" });
  expect(document.errors).toEqual([]);
  return document.toJS();
}
