import fc from "fast-check";
import type { Nodes } from "hast";
import { fromHtml } from "hast-util-from-html";
import { describe, expect, test } from "vitest";
import { anyCharacter } from "../../../tests/support/any-character.ts";
import { HOSTILE_HTML } from "../../../tests/fixtures/hostile-html.ts";
import { cpuClock } from "../../../tests/support/cpu-clock.ts";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import { cleanLine, cleanName, hostOf, safeUrl } from "./clean-text.ts";
import { htmlOfText, safeResponseHtml, sanitizeHtml } from "./sanitize.ts";

const ALLOWED = /^(?:a|abbr|b|blockquote|br|cite|code|del|em|i|li|ol|p|pre|q|s|strong|ul)$/;

/** Returns everything in the HTML that isn't allowed in comments. */
function forbidden(html: string): string[] {
  const found: string[] = [];
  const walk = (node: Nodes) => {
    if (node.type === "comment" || node.type === "doctype") found.push(node.type);
    if (node.type === "element") {
      if (!ALLOWED.test(node.tagName)) found.push(`<${node.tagName}>`);
      for (const [name, value] of Object.entries(node.properties)) {
        const isLinkPart = node.tagName === "a" && (name === "href" || name === "rel");
        if (!isLinkPart) found.push(`${node.tagName} ${name}`);
        if (name === "href" && !/^https?:\/\/[^@/]+\//.test(String(value))) found.push(String(value));
      }
      if (node.tagName === "a" && String(node.properties["rel"]) !== "nofollow,ugc,noopener")
        found.push("rel");
    }
    if ("children" in node) for (const child of node.children) walk(child);
  };
  walk(fromHtml(html, { fragment: true }));
  return found;
}

describe("untrusted HTML", () => {
  const fragments = HOSTILE_HTML.flatMap(({ name, fragments }) =>
    fragments.map((html) => [name, html] as const),
  );

  test("has at least 150 attacks in the list", () => {
    expect(new Set(fragments.map(([, html]) => html)).size).toBeGreaterThanOrEqual(150);
  });

  test.each(fragments)("of the class %s keeps nothing dangerous: %s", (_name, html) => {
    const safe = sanitizeHtml(html);
    expect(safe).not.toBeNull();
    expect(forbidden(safe?.html ?? "")).toEqual([]);
  });

  test("keeps nothing dangerous in any combination of attacks, and sanitizing again changes nothing", () => {
    const piece = fc.oneof(
      fc.constantFrom(...fragments.map(([, html]) => html)),
      fc.constantFrom(
        "<p>",
        "</p>",
        "<ul>",
        "<li>",
        "</li>",
        "<a href=https://a.example>",
        "</a>",
        "<table>",
        "<td>",
      ),
      fc.constantFrom(
        "<svg>",
        "</svg>",
        "<math>",
        "<style>",
        "</style>",
        "<b>",
        "</b>",
        "<pre>\n",
        "<br>",
        "<q>",
      ),
      fc.string({ unit: anyCharacter }),
    );
    const mixed = fc
      .tuple(fc.array(piece, { maxLength: 8 }), fc.nat(), fc.nat())
      .map(([pieces, from, length]) => {
        const all = pieces.join("");
        const start = all.length === 0 ? 0 : from % all.length;
        return all.slice(0, start) + all.slice(start + (length % 7));
      });
    fc.assert(
      fc.property(mixed, (html) => {
        const safe = sanitizeHtml(html);
        if (safe === null) return;
        expect(forbidden(safe.html)).toEqual([]);
        expect(sanitizeHtml(safe.html)?.html).toBe(safe.html);
      }),
      propertyRuns(1500),
    );
  });

  test("that is an HTML bomb is refused quickly and doesn't block the build", () => {
    const spentMs = cpuClock();
    expect(sanitizeHtml("<b>".repeat(13_000))).toBeNull();
    expect(sanitizeHtml(`<p>${"x".repeat(50_000)}`)).toBeNull();
    sanitizeHtml("<a><p>".repeat(3000));
    expect(spentMs()).toBeLessThan(5000);
  });
});

describe("a legitimate comment", () => {
  test.each([
    [
      "keeps its emphasis and links",
      '<p>I <em>did</em> <a href="https://a.example/x">that</a>.</p>',
      '<p>I <em>did</em> <a href="https://a.example/x" rel="nofollow ugc noopener">that</a>.</p>',
    ],
    [
      "keeps lists, quotations and code",
      "<blockquote><p>said</p></blockquote><ol><li>one</li></ol><pre><code>a\n  b</code></pre>",
      "<blockquote><p>said</p></blockquote><ol><li>one</li></ol><pre><code>a\n  b</code></pre>",
    ],
    ["made of divs keeps its paragraphs apart", "<div>one</div><div>two</div>", "<p>one</p><p>two</p>"],
    [
      "made of headings and tables keeps its words apart",
      "<h2>Title</h2><table><tr><td>a<td>b</table>",
      "<p>Title</p><p>a</p><p>b</p>",
    ],
    [
      "loses the link and keeps the words where the address is no web address",
      '<a href="/local">here</a> <a href="ftp://a.example">there</a>',
      "<p>here there</p>",
    ],
    [
      "with words beside a link keeps the space between",
      "see<a href=https://a.example> this</a>",
      '<p>see<a href="https://a.example/" rel="nofollow ugc noopener"> this</a></p>',
    ],
    ["without any element is a paragraph", "plain &amp; simple", "<p>plain &#x26; simple</p>"],
    ["with nothing to read is empty", "<p> <b></b><br></p><ul><li></li></ul>", ""],
  ])("%s", (_name, html, expected) => {
    expect(sanitizeHtml(html)?.html).toBe(expected);
  });

  test("can't change the direction of the text around it or hide words", () => {
    expect(sanitizeHtml("<p>a\u202Eb\u2066c\u200Bd</p>")?.html).toBe("<p>abcd</p>");
    expect(
      sanitizeHtml("<p>می‌خواهم 👩‍👧 \u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}</p>")
        ?.html,
    ).toBe("<p>می‌خواهم 👩‍👧 \u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}</p>");
  });

  test("is sanitized for display even if the stored file was edited", () => {
    expect(safeResponseHtml({ html: "<p onclick=x>hi<script>x</script></p>", text: "hi" })).toBe("<p>hi</p>");
    expect(safeResponseHtml({ text: "<b>not markup</b>\nline\n\nnext" })).toBe(
      "<p>&#x3C;b>not markup&#x3C;/b><br>line</p><p>next</p>",
    );
    expect(safeResponseHtml({ html: "<b>".repeat(13_000), text: "fallback" })).toBe("<p>fallback</p>");
    expect(safeResponseHtml(undefined)).toBe("");
  });

  test("in plain text stays text, whatever it contains", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (raw) => {
        expect(forbidden(htmlOfText(raw))).toEqual([]);
      }),
    );
  });
});

describe("a name", () => {
  test.each([
    ["Ada Lovell", "Ada Lovell"],
    ["  Ada\n\tLovell ", "Ada Lovell"],
    ["Ada\u202Elived\u202C", "Adalived"],
    ["A\u200Bd\u2060a\uFEFF", "Ada"],
    ["\u0000\u0007Ada", "Ada"],
    ["Ada https://buy.example/now", "Ada"],
    ["www.buy.example Ada", "Ada"],
    ["javascript:alert(1) Ada", "Ada"],
    ["ada@mail.example", ""],
    ["Ada <ada@mail.example>", "Ada"],
    ["ada.example", "ada.example"],
    ["\u3164\u2800", ""],
    ["🦊", "🦊"],
    ["می‌خواهم", "می‌خواهم"],
    ["క్‍ష", "క్‍ష"],
    ["李小龙", "李小龙"],
    ["A\u0300\u0301\u0302\u0303\u0304\u0305da", "À\u0301\u0302\u0303da"],
  ])("%j is shown as %j", (raw, expected) => {
    expect(cleanName(raw)).toBe(expected);
  });

  test("is never longer than 80 characters and never changes when cleaned again", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 300 }), (raw) => {
        const name = cleanName(raw);
        expect(Array.from(name).length).toBeLessThanOrEqual(80);
        expect(cleanName(name)).toBe(name);
        expect(cleanLine(name, 80)).toBe(name);
      }),
      propertyRuns(2000),
    );
  });
});

test.each([
  ["https://a.example/x?y#z", "https://a.example/x?y#z"],
  ["HTTP://A.example", "http://a.example/"],
  ["https://user:pass@a.example/", null],
  ["javascript:alert(1)", null],
  ["data:text/html,x", null],
  ["//a.example/", null],
  ["mailto:a@b.example", null],
  ["", null],
  [17, null],
])("the address %j is linked as %j", (raw, expected) => {
  expect(safeUrl(raw)).toBe(expected);
});

test("the host is displayed without `www.`", () => {
  expect(hostOf("https://www.A.example./x")).toBe("a.example");
  expect(hostOf("nonsense")).toBe("");
});
