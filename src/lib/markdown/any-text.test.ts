import fc from "fast-check";
import { SaxesParser } from "saxes";
import { htmlToHast } from "satteri";
import { beforeAll, expect, test } from "vitest";
import { anyCharacter } from "../../../tests/support/any-character.ts";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import { feedHtml, withAddresses } from "./feed-html.ts";
import { htmlOf } from "./render-tree.ts";
import { testBlog } from "../../../tests/support/markdown-blog.ts";
import type { TestBlog } from "../../../tests/support/markdown-blog.ts";

let blog: TestBlog;
beforeAll(() => {
  blog = testBlog();
});

const PIECES = [
  "word",
  "don't",
  '"quoted"',
  "…",
  "--",
  "日本語",
  "مرحبا",
  "שלום",
  "👩‍👩‍👧",
  "\u0000",
  "\u0007",
  "\ud800",
  "&amp;",
  "&#1;",
  "&",
  "<",
  ">",
  "{",
  "}",
  "{1}",
  "{/* c */}",
  '{"x"}',
  "\\{",
  "\\<",
  "<!-- c -->",
  "\n",
  "\n",
  "\n\n",
  "\n\n",
  "\n\n",
  " ",
  "    ",
  "\t",
  "\r\n",
  "# ",
  "## ",
  "### ",
  "- ",
  "1. ",
  "> ",
  "- [ ] ",
  "- [x] ",
  "| a | b |\n|--|:-:|\n| 1 | 2 |",
  "|",
  "```",
  "```js\n",
  "~~~",
  "`code`",
  "**",
  "*",
  "_",
  "~~",
  "[",
  "](",
  ")",
  "[a](/b/)",
  "[a](b)",
  "[a](#c)",
  "<https://a.example>",
  "https://a.example/?b&c",
  "![a](./fence.svg)",
  '![a](./fence.svg "cap")',
  "![](./fence.svg)",
  "![a](nope.png)",
  "[^1]",
  "[^1]: note",
  "[^é]",
  "[^é]: ñ",
  "[r]",
  "[r]: /x/ 'y'",
  "---",
  "import A from './A.astro'",
  "export const a = 1",
  "<A />",
  '<Figure src="./fence.svg" alt="x" />',
  '<Figure src="./fence.svg" alt="x">',
  "</Figure>",
  "<Quote>",
  "</Quote>",
  "<Quote pull>",
  '<Quote who="a" url="/x/">',
  "<Aside>",
  "</Aside>",
  '<Survey question="q">',
  "- A: 1",
  "</Survey>",
  "<Gallery>",
  "</Gallery>",
  '<Video title="t" src="https://youtu.be/dQw4w9WgXcQ" />',
  "<div>",
  "</div>",
  "<p>",
  "</p>",
  "<b>",
  "</b>",
  "<a href='/x/'>",
  "</a>",
  "<span class='x' id='y'>",
  "</span>",
  "<table>",
  "</table>",
  "<tr>",
  "</tr>",
  "<td>",
  "</td>",
  "<ul>",
  "</ul>",
  "<li>",
  "</li>",
  "<br/>",
  "<hr/>",
  "<pre>",
  "</pre>",
  "<details>",
  "<summary>",
  "</summary>",
  "</details>",
  "<svg>",
  "</svg>",
  "<x-y>",
  "</x-y>",
  "<h2>",
  "</h2>",
  "<button>",
  "</button>",
  "<>",
  "</>",
  "<img src='./fence.svg' alt='x'/>",
];

const anyText = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }).map((pieces) => pieces.join("")),
  },
  {
    weight: 3,
    arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 16 }).map((pieces) => pieces.join("\n\n")),
  },
  { weight: 1, arbitrary: fc.string({ unit: anyCharacter, maxLength: 200 }) },
);

const runs = propertyRuns(600);

/** Removes what an HTML parser may add: `tbody` tags and whitespace. */
const normal = (html: string): string => html.replace(/<\/?tbody>|\s+/g, "");

const absolute = (url: string): string => new URL(url, "https://blog.example/posts/x/").href;

test.each(["md", "mdx"] as const)(
  "any text in .%s gives errors to fix, or HTML that browsers parse unchanged, well-formed in feeds and the same each time",
  async (format) => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const { html, feed: placeless, issues, kind } = await blog.render(text, { format });
        for (const issue of issues) expect(issue.line ?? 1).toBeGreaterThan(0);
        if (issues.length > 0) return;
        if (kind !== "module")
          expect(normal(htmlOf(htmlToHast(html ?? "", { fragment: true })))).toBe(normal(html ?? ""));
        if (html === null) return;
        const feed = withAddresses(placeless, absolute);
        expect(feed).toBe(feedHtml(html, { absolute }));
        expect(feedHtml(feed, { absolute })).toBe(feed);
        expect(xmlMistake(feed)).toBeNull();
        expect(feed).not.toMatch(/ (?:class|style|data-[a-z]+|tabindex|on[a-z]+)="/);
      }),
      { ...runs, examples: [["<pre>\n\n\n\n\n</pre>"], ["<summary>\n\nword\n\nand\n\n</summary>"]] },
    );
  },
  300_000,
);

function xmlMistake(html: string): string | null {
  let mistake: string | null = null;
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    mistake ??= error.message;
  });
  parser.write(`<div>${html}</div>`).close();
  return mistake;
}
