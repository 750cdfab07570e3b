import fc from "fast-check";
import type { ElementContent, Properties } from "hast";
import { toHtml } from "hast-util-to-html";
import { expect, test } from "vitest";
import { htmlWriter } from "./to-html.ts";

const tags =
  "p em ul li a pre code span img br svg g path template script style textarea title math td blockquote";

const PROPERTIES: readonly Properties[] = [
  {},
  {},
  { className: ["x"] },
  { href: 'a&b"c' },
  { viewBox: "0 0 1 1" },
  { alt: "" },
  { hidden: false },
];

const { node } = fc.letrec<{ node: ElementContent }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc
      .array(fc.constantFrom("a", "<", "&", "&amp;", '"', "\u00a0", "é", "\n", ">"))
      .map((parts): ElementContent => ({ type: "text", value: parts.join("") })),
    fc.constant<ElementContent>({ type: "comment", value: "x" }),
    fc.record({
      type: fc.constant("element" as const),
      tagName: fc.constantFrom(...tags.split(" ")),
      properties: fc.constantFrom(...PROPERTIES),
      children: fc.array(tie("node"), { maxLength: 4 }),
    }),
  ),
}));

test.each([
  { characterReferences: { useNamedReferences: true } },
  { closeSelfClosing: true, upperDoctype: true },
])("a body's HTML is what the library makes of its tree: %o", (options) => {
  const write = htmlWriter(options);
  fc.assert(
    fc.property(fc.array(node, { maxLength: 5 }), (children) => {
      expect(write({ type: "root", children })).toBe(toHtml({ type: "root", children }, options));
    }),
    { numRuns: 500 },
  );
});
