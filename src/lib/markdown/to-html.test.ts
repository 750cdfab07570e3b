import fc from "fast-check";
import type { ElementContent, Properties } from "hast";
import { toHtml } from "hast-util-to-html";
import { htmlToHast } from "satteri";
import { expect, test } from "vitest";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import { htmlWriter } from "./to-html.ts";

const tags =
  "p em ul li a pre code span img br hr source section header details svg g path template script style textarea title " +
  "math td blockquote";

const names =
  "alt ariaLabel ariaLabelledBy className dataCode dataZoom decoding dir height href id lang loading role sizes src " +
  "srcSet tabIndex title type width hidden open download viewBox checked";

const value = fc.oneof<fc.Arbitrary<Properties[string]>[]>(
  fc.constantFrom("", "x", "a b", " x ", "/posts/a/", "á ’ \u00a0", "\u{1f600}"),
  fc.string({ unit: fc.constantFrom("a", "&", "&amp;", '"', "'", "`", "<", ">", "=", "/", "\n", "\0") }),
  fc.constantFrom(0, 12, -1, 1.5, NaN, Infinity),
  fc.constantFrom(true, false, null, undefined),
  fc.array(fc.constantFrom<string | number>("x", "a&b", "", 1), { maxLength: 3 }),
);

const properties = fc.dictionary(fc.constantFrom(...names.split(" ")), value, { maxKeys: 3 });

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
      properties,
      children: fc.array(tie("node"), { maxLength: 4 }),
    }),
  ),
}));

/** Doubles the newline after `<pre>`, which HTML parsers drop and the library doesn't double. */
function withFirstNewline(child: ElementContent): ElementContent {
  if (child.type !== "element") return child;
  const children = child.children.map(withFirstNewline);
  const [first] = children;
  const isDropped = child.tagName === "pre" && first?.type === "text" && first.value.startsWith("\n");
  return { ...child, children: isDropped ? [{ type: "text", value: "\n" }, ...children] : children };
}

test("an empty line at the beginning of a `pre` is kept after parsing", () => {
  const write = htmlWriter({ closeSelfClosing: true });
  for (const html of ["<pre>\n\n\na</pre>", "<details><pre>\n\na</pre></details>"]) {
    expect(write(htmlToHast(html, { fragment: true }))).toBe(html);
  }
});

test.each([
  { characterReferences: { useNamedReferences: true } },
  { closeSelfClosing: true, upperDoctype: true },
])("a body's HTML is what the library makes of its tree: %o", (options) => {
  const write = htmlWriter(options);
  fc.assert(
    fc.property(fc.array(node, { maxLength: 5 }), (children) => {
      const kept = children.map(withFirstNewline);
      expect(write({ type: "root", children })).toBe(toHtml({ type: "root", children: kept }, options));
    }),
    propertyRuns(1000),
  );
});
