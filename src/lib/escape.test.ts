import * as fc from "fast-check";
import { parseFragment } from "parse5";
import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { anyCharacter } from "../../tests/support/any-character.ts";
import { cleanXml, commentSafe, escapeHtml, escapeRegExp, escapeXml } from "./escape.ts";

const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.constantFrom("&amp;", "<b>", '"', "]]>", "-->", "--", "\r", "\ud800"),
    ),
  )
  .map((parts) => parts.join(""));

function parsedXml(xml: string): { text: string; attribute: string; comments: number } {
  const found = { text: "", attribute: "", comments: 0 };
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("text", (part) => (found.text += part));
  parser.on("comment", () => (found.comments += 1));
  parser.on("opentag", ({ attributes }) => (found.attribute = String(attributes["a"])));
  parser.write(xml).close();
  return found;
}

test("any text survives in XML, as content and as attribute", () => {
  fc.assert(
    fc.property(text, (value) => {
      const { text: read, attribute } = parsedXml(`<x a="${escapeXml(value)}">${escapeXml(value)}</x>`);
      expect(read).toBe(cleanXml(value));
      expect(attribute.replaceAll(/[\t\n]/g, " ")).toBe(cleanXml(value).replaceAll(/[\t\n]/g, " "));
    }),
  );
});

test("no text becomes an element in HTML or ends its attribute", () => {
  fc.assert(
    fc.property(text, (value) => {
      const { childNodes } = parseFragment(`<p title="${escapeHtml(value)}">${escapeHtml(value)}</p>`);
      expect(childNodes).toHaveLength(1);
      const [paragraph] = childNodes;
      if (paragraph === undefined || !("attrs" in paragraph)) throw new Error("no paragraph");
      expect(paragraph.attrs).toHaveLength(1);
      expect(paragraph.childNodes.every(({ nodeName }) => nodeName === "#text")).toBe(true);
    }),
  );
});

test("no text ends the comment that contains it", () => {
  fc.assert(
    fc.property(text, (value) => {
      expect(parsedXml(`<x><!-- "${commentSafe(escapeXml(value))}" --></x>`)).toMatchObject({
        text: "",
        comments: 1,
      });
    }),
  );
});

test("escaped text in a pattern matches only itself", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.constantFrom("", "u"), (any, flags) => {
      expect(new RegExp(`^${escapeRegExp(any)}$`, flags).test(any)).toBe(true);
    }),
  );
  expect(new RegExp(`^${escapeRegExp("a.b")}$`).test("axb")).toBe(false);
  expect(new RegExp(`^[${escapeRegExp("a-c")}]$`).test("b")).toBe(false);
});
