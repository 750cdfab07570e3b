import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { testBlog } from "../../../tests/support/markdown-blog.ts";
import type { TestBlog } from "../../../tests/support/markdown-blog.ts";

let blog: TestBlog;
beforeAll(() => {
  blog = testBlog();
});

/** What authors write, each with its words; dialects of many programs. */
const SAMPLES = [
  "The empty set {} and a tuple {1, 2}",
  "Replace {username} in $\\frac{alpha}{beta}$",
  "One {{ liquid }} {% tag %}",
  "I <3 Markdown, a <= b and <https://auto.example/>",
  "Text <!-- hidden --> here",
  "これは**「強調」**です。",
  "> [!WARNING] Headline\n> Mind the step.",
  ":::tip[Directive]\nInside\n:::",
  "> [!note]- Folded\n> Body",
  "$$\n\\sum_{i=1}^{n} x_i\n$$",
  '```js title="file.js" {1}\nconst one = 1; // [!code highlight]\n```',
  "```mermaid\ngraph TD\n  Start --> End\n```",
  "    indented code",
  "| head | other |\n|---|---|\n| cell | two | surplus |",
  "![picture](./fence.svg)",
  '![missing](./my photo.jpg "caption")',
  "[link](www.example.org) [file](./gone.pdf)",
  "[[wikinote|alias]] ![[embedded.png]]",
  "==highlight== H~2~O x^2^ ^[inline *note*] :smile:",
  "Term\n: Definition",
  "## Heading {#custom-id}",
  "[TOC]",
  '<div align="center">centered <b>bold</b><br>line</div>',
  "<ruby>漢<rt>kan</rt></ruby>",
  "مرحبا بالعالم",
  "A claim.[^ref]\n\n[^ref]: Footnote text",
  "- [x] done\n- item\n  1. nested",
  'Run git --amend with 5\'10" and "quotes"',
  "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
  "<script>evil</script>",
  "*em* **strong** `code` ~~gone~~ ~struck~",
];

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

/** Samples in any order, one of them cut, doubled or with a sign put in somewhere. */
const anyText = fc
  .array(
    fc
      .tuple(fc.constantFrom(...SAMPLES), fc.nat(80), fc.constantFrom(...CUTS), fc.nat(4))
      .map(([sample, at, sign, cut]) => {
        const place = at % (sample.length + 1);
        return cut === 0
          ? sample
          : sample.slice(0, place) + sign + sample.slice(place + (cut > 2 ? cut - 2 : 0));
      }),
    { minLength: 1, maxLength: 5 },
  )
  .map((samples) => samples.join("\n\n"));

const SWALLOWING =
  /^<(?:script|style|title|textarea|iframe|noembed|noframes|xmp|plaintext)> is never closed$/;

const runs = { numRuns: Number(process.env["FUZZ_RUNS"] ?? 500) };

test.each(["md", "mdx"] as const)(
  "no word of a text is lost: each is in the page or in a message, in .%s",
  async (format) => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const { html, issues, notes, kind } = await blog.render(text, { format });
        // A text that can't be parsed at all isn't shown, and says why.
        if (kind === "module" || (html === "" && issues.length > 0)) return;
        // An open tag whose content isn't HTML takes in what the page adds after it; a message asks to close it.
        if (issues.some(({ message }) => SWALLOWING.test(message))) return;
        const said = [...issues, ...notes].flatMap(({ message, hint, line }) => [
          message,
          hint,
          lineAt(text, line),
        ]);
        const known = `${decoded(html ?? "")} ${said.join(" ")}`.toLowerCase();
        expect(html).not.toMatch(/[\uFDD0-\uFDD5\uFFFD]/);
        for (const word of wordsOf(text)) expect(known, `${word} in ${JSON.stringify(text)}`).toContain(word);
      }),
      runs,
    );
  },
  300_000,
);

/** The author's line that a message names: it stands beside the message in every report. */
function lineAt(text: string, line: number | undefined): string {
  return text
    .split("\n")
    .slice((line ?? 1) - 1, (line ?? 1) + 40)
    .join("\n");
}

function decoded(html: string): string {
  return html
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&(?:lt|gt|amp|quot);/g, " ")
    .replace(/<\/?(?:strong|em|mark|b|i|sub|sup|del|span|code|rt|rp|ruby)(?: [^>]*)?>/g, "");
}

/** Words that a reader should find: not those of private remarks and comments, nor names that marks have. */
function wordsOf(text: string): string[] {
  const visible = text
    .replace(/%%[\s\S]*?(?:%%|$)/g, " ")
    .replace(/<!--[\s\S]*?(?:-->|$)/g, " ")
    .replace(/^.*\[[^\]\n]+\]:.*$/gm, " ")
    .replace(
      /\[!code[^\n]*|\{#[^}\n]*\}?|:[a-z_]+:|^:{3,}.*$|\[![^\n]*|\[\^ref\]?:?|```+[^\n]*|\[_?TOC_?\]?|<[^>\n]*>?/gim,
      " ",
    );
  return (visible.match(/\p{L}{4,}/gu) ?? []).map((word) => word.toLowerCase());
}
