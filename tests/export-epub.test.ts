import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { command } from "../src/cli/export.ts";
import { writeEpub } from "../src/lib/export/epub/epub.ts";
import { writeInPieces } from "../src/lib/export/whole-file.ts";
import { readBlogForExport } from "../src/lib/export/read-blog.ts";
import type { ExportedBlog } from "../src/lib/export/read-blog.ts";
import { blogFolder, NOW, post, SVG } from "./support/blog-folder.ts";
import { type Book, bookOf } from "./support/book.ts";
import { epubFaults } from "./support/epubcheck.ts";
import { runCommand } from "./support/run-command.ts";
import { tempFolder } from "./support/temp-folder.ts";

const project = path.resolve(import.meta.dirname, "..");

test.each(["arabic-blog", "picture-blog"])("%s: a valid book in its own direction", async (name) => {
  const book = await bookOf(path.join(project, "tests/fixtures", name));
  expect(await epubFaults(book.file)).toEqual([]);
  if (name === "arabic-blog") {
    expect(book.read("book.opf")).toContain('<spine page-progression-direction="rtl">');
    expect(book.read("posts/over-the-fence.xhtml")).toMatch(/<html [^>]*lang="ar" xml:lang="ar" dir="rtl">/);
  }
});

const TEX = String.raw`$$
\begin{pmatrix} a & b \\ c & d \end{pmatrix} \quad \sum_{i=1}^{n} \frac{\sqrt[3]{x_i^2}}{\overline{y}} \quad
\left\{ \begin{aligned} u &= \underbrace{v}_{w} \\ f'(x) &\to \mathbb{R} \end{aligned} \right. \boxed{z} \; \cancel{k}
$$`;

/** Creates a book with pictures of all types, formulas, code, tables and strange titles. Checking it is slow. */
async function bookWithEverything(): Promise<Book> {
  const red = {
    create: {
      width: 1800,
      height: 60,
      channels: 4 as const,
      background: { r: 160, g: 60, b: 40, alpha: 0.5 },
    },
  };
  const title = (text: string): string => `title: ${JSON.stringify(text)}\n`;
  const body = [
    `In a line $e^{i\\pi} + 1 = 0$ and alone:\n\n${TEX}`,
    "```js\nconst a = 1 < 2 && `x`;\n\tb();\n```",
    "| a | b |\n| - | -: |\n| 1 | `x|y` |",
    "Term\n\n- [ ] open\n- [x] done\n\n1. one\n   - two\n",
    "Noted.[^n] Again.[^n]\n\n[^n]: A note with `code`, a [link](#überschrift-例-part) and\n\n    a second paragraph.",
    "## Überschrift 例 #part\n\n<https://example.org/a|b?q={x}^[1]&c=ü#frag|ment>",
    '<video src="./film.mp4" title="A film"></video>',
  ].join("\n\n");
  const root = blogFolder({
    "content/posts/all/index.md": post(
      "cover: { src: ./cover.avif, alt: The cover }",
      ["a.jpg", "b.png", "c.webp", "d.gif", "e.svg", "f.avif", "text.svg"]
        .map((name) => `![Picture ${name}](./${name})`)
        .join("\n\n"),
    ),
    "content/posts/all/e.svg": SVG,
    "content/posts/all/text.svg": SVG.replace("<path", '<a href="#x"><text y="9">Words</text></a><path'),
    "content/posts/long.md": post(title("word ".repeat(60)), body),
    "content/posts/emoji.md": post(title("👩‍👩‍👧‍👦 & <b>“fence”</b> ]]> 🏳️‍🌈"), "Words.\n"),
    "content/posts/rtl.md": post(`${title("السياج الخلفي")}lang: ar\n`, "مرحبا **بالعالم** `code`\n"),
    "content/posts/日本語.md": post(
      `${title("日本語の題名")}lang: ja\n`,
      "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>\n",
    ),
    "content/notes/2026-01-02.md": "A note without a title.\n",
    "content/pages/about.md": `---\n${title("About")}---\n[The note](/notes/2026-01-02/) and [a post](/posts/long/#überschrift-例-part).\n`,
    "content/posts/film.mp4": "no film",
  });
  const folder = path.join(root, "content/posts/all");
  const opaque = sharp(red).flatten({ background: "#fff" });
  writeFileSync(path.join(folder, "a.jpg"), await opaque.clone().jpeg().toBuffer());
  writeFileSync(path.join(folder, "b.png"), await sharp(red).png().toBuffer());
  writeFileSync(path.join(folder, "c.webp"), await sharp(red).webp().toBuffer());
  writeFileSync(path.join(folder, "d.gif"), await sharp(red).gif().toBuffer());
  writeFileSync(path.join(folder, "f.avif"), await opaque.clone().avif().toBuffer());
  writeFileSync(path.join(folder, "cover.avif"), await opaque.clone().negate().avif().toBuffer());
  return bookOf(root);
}

describe("a book with everything", () => {
  let book: Book;
  beforeAll(async () => {
    book = await bookWithEverything();
  });

  test("is valid", async () => {
    expect(await epubFaults(book.file)).toEqual([]);
  });

  test("has pictures of all types in formats that every reading system shows, and text for damaged ones", async () => {
    const names = [...book.files.keys()].filter((name) => name.startsWith("EPUB/pictures/"));
    expect(names.map((name) => name.replace(/^EPUB\/pictures\/|\.[0-9a-f]{8}/g, "")).sort()).toEqual(
      ["a.jpg", "b.png", "c.png", "cover.jpg", "cover.png", "d.gif", "e.svg", "f.jpg", "text.png"].sort(),
    );
    const wide = await sharp(book.files.get(names.find((name) => name.includes("/c.")) ?? "")).metadata();
    expect([wide.format, wide.width]).toEqual(["png", 1600]);
  });

  test("has formulas, and titles that are long, strange or right-to-left", () => {
    const long = book.read("posts/long.xhtml");
    expect(long).toMatch(/<math [^>]*alttext="e\^\{i\\pi\} \+ 1 = 0"/);
    expect(long).not.toContain("annotation");
    expect(book.read("book.opf")).toMatch(/posts\/long\.xhtml"[^>]*properties="mathml"/);
    expect(book.read("pages/about.xhtml")).toContain('href="../posts/long.xhtml#');
    expect(book.read("contents.xhtml")).toContain("&lt;b&gt;");
  });
});

const TAGS = (
  "a abbr address article aside audio b bdo blockquote body br button caption center cite code col colgroup custom-tag dd " +
  "del details dfn dialog dir div dl dt em fieldset figcaption figure font footer form h1 h2 h6 header hr html i iframe img " +
  "input ins label legend li main map mark math menu meter mi mfrac nav noscript object ol optgroup option p picture pre " +
  "progress q rp rt ruby s script section select slot small source span strike style sub summary sup svg table tbody td " +
  "template textarea tfoot th thead time title tr track tt u ul var video wbr"
).split(" ");
const ATTRIBUTES = [
  'id="a"',
  'id="1 b"',
  'id="اسم"',
  'href="/posts/hostile-3/#a"',
  'href="https://example.org/a b|c^{d}[e]%zz#f|g#h"',
  'href="javascript:alert(1)"',
  'href="http://[::1"',
  'href="mailto:a b@c"',
  'src="/nowhere.png" alt="words"',
  'src="data:image/png;base64,AAAA" alt=""',
  'src="https://example.org/x.jpg"',
  'start="x" reversed type="disc"',
  'colspan="0" rowspan="70000" headers="q" scope="none"',
  'lang="not a language"',
  'lang="de"',
  'dir="sideways"',
  'datetime="yesterday"',
  'title="&lt;&#0;&#xFFFE;"',
  'role="doc-noteref"',
  'role="doc-endnotes"',
  'style="x" class="y" onclick="z" width="100%" align="left" bgcolor="red" data-x="1"',
];

test("the book is valid whatever HTML is in a text", async () => {
  const count = 120;
  const files = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `content/posts/hostile-${index}.md`,
      post(`title: No. ${index}\n`),
    ]),
  );
  const root = blogFolder(files);
  const { node } = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 6 },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          "words ",
          "a < b & c ",
          "\u0001\uFFFE",
          " ",
          "&nbsp;&lt;",
          "]]>",
          "<!-- x -->",
        ),
      },
      {
        weight: 5,
        arbitrary: fc
          .tuple(
            fc.constantFrom(...TAGS),
            fc.subarray(ATTRIBUTES, { maxLength: 2 }),
            fc.array(tie("node"), { maxLength: 4 }),
          )
          .map(([tag, attributes, inner]) => `<${[tag, ...attributes].join(" ")}>${inner.join("")}</${tag}>`),
      },
    ),
  }));
  const bodies = fc.sample(fc.array(node, { minLength: 1, maxLength: 6 }), { numRuns: count, seed: 11 });
  const exported = await exportedWith(root, (slug) =>
    (bodies[Number(slug.replace("hostile-", ""))] ?? []).join(""),
  );
  const file = path.join(tempFolder("book"), "hostile.epub");
  await writeInPieces(file, async (write) => {
    await writeEpub(exported, { series: null, sink: write, onNote: () => undefined });
  });
  expect(await epubFaults(file)).toEqual([]);
});

/** Exports a blog whose posts' bodies are replaced. */
async function exportedWith(root: string, bodyOf: (slug: string) => string): Promise<ExportedBlog> {
  const folders = {
    root,
    contentDir: path.join(root, "content"),
    publicDir: path.join(root, "public"),
    cacheDir: tempFolder("book-cache"),
  };
  mkdirSync(folders.publicDir, { recursive: true });
  const exported = await readBlogForExport(folders, NOW);
  return { ...exported, bodyOf: ({ slug }) => bodyOf(slug) };
}

test("a book requires a file, and other formats don't support series", async () => {
  const root = blogFolder({ "content/posts/one.md": post() });
  await expect(runCommand(command, root, "--format", "epub")).rejects.toThrow("Name a file for the book");
  await expect(runCommand(command, root, "--format", "jf2", "--series", "x")).rejects.toThrow(
    "--series is for",
  );
});
