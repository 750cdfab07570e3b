import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import { DIALECTS } from "../../../tests/fixtures/dialects.ts";
import { lostWords, swallowsPage } from "../../../tests/support/lost-words.ts";
import { testBlog } from "../../../tests/support/markdown-blog.ts";
import type { TestBlog } from "../../../tests/support/markdown-blog.ts";

let blog: TestBlog;
beforeAll(() => {
  blog = testBlog();
});

const CUTS = [
  "",
  " ",
  "\n",
  "\n\n",
  "{",
  "}",
  "<",
  ">",
  "*",
  "`",
  "$",
  "=",
  "%",
  "[",
  "]",
  "|",
  "\\",
  "> ",
  "- ",
  ":::",
  "~",
];

/** Samples in random order, in which text is cut or repeated, or characters are inserted. */
const anyText = fc
  .array(
    fc
      .tuple(fc.constantFrom(...DIALECTS), fc.nat(80), fc.constantFrom(...CUTS), fc.nat(4))
      .map(([sample, at, sign, cut]) => {
        const place = at % (sample.length + 1);
        return cut === 0
          ? sample
          : sample.slice(0, place) + sign + sample.slice(place + (cut > 2 ? cut - 2 : 0));
      }),
    { minLength: 1, maxLength: 5 },
  )
  .map((samples) => samples.join("\n\n"));

const runs = propertyRuns(300);

test.each(["md", "mdx"] as const)(
  "no word of a text is lost: each is in the page or in a message, in .%s",
  async (format) => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const { html, issues, notes, kind } = await blog.render(text, { format });
        // A text that can't be parsed isn't shown; an error explains why.
        if (kind === "module" || (html === "" && issues.length > 0)) return;
        if (swallowsPage({ issues })) return;
        expect(html).not.toMatch(/[\uFDD0-\uFDD9\uFFFD]/);
        expect(lostWords(text, { html, issues, notes }), JSON.stringify(text)).toEqual([]);
      }),
      runs,
    );
  },
  300_000,
);
