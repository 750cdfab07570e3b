import fc from "fast-check";
import { expect, test } from "vitest";
import { anyCharacter } from "../../../tests/support/any-character.ts";
import { jsonLdText } from "./json-ld.ts";

test("no title, however hostile, ends the script element or starts a comment", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: anyCharacter }), { minLength: 1 }), (texts) => {
      const node = { headline: `</script><script>alert(1)</script><!--${texts.join("<")}\u2028` };
      const text = jsonLdText([node]);
      expect(text).not.toMatch(/[<>&\u2028\u2029]/);
      expect(JSON.parse(text)).toEqual(node);
    }),
  );
});

test("several nodes are in one graph with one context", () => {
  const text = jsonLdText([
    { "@context": "https://schema.org", "@type": "Blog" },
    { "@context": "https://schema.org", "@type": "BreadcrumbList" },
  ]);
  expect(JSON.parse(text)).toEqual({
    "@context": "https://schema.org",
    "@graph": [{ "@type": "Blog" }, { "@type": "BreadcrumbList" }],
  });
});
