import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { bookOf } from "./support/book.ts";
import { epubFaults } from "./support/epubcheck.ts";
import { tempFolder } from "./support/temp-folder.ts";

const project = path.resolve(import.meta.dirname, "..");
/** Cache that the first book of the demo fills. */
const cache = tempFolder("demo-cache");

test("the demo as a book is valid, and the same bytes each time", async () => {
  const book = await bookOf(project, "--cache", cache);
  expect(await epubFaults(book.file)).toEqual([]);
  expect([...book.files.keys()][0]).toBe("mimetype");
  expect(readFileSync(book.file).subarray(30, 58).toString()).toBe("mimetypeapplication/epub+zip");
  const again = await bookOf(project);
  expect(readFileSync(again.file).equals(readFileSync(book.file))).toBe(true);

  const text = book.read("posts/virtual-backyard-fence.xhtml");
  expect(text).toContain('<section class="conversation" id="responses"');
  const package_ = book.read("book.opf");
  expect(package_).toContain("<dc:title>Backfence</dc:title>");
  expect(package_).toContain("<dc:language>en</dc:language>\n<dc:language>de</dc:language>");
  expect(package_).toMatch(/<dc:creator id="a1">.+<\/dc:creator>/);
  expect(package_).toContain("CC BY 4.0");
  // A link to a section of another article leads there within the book.
  expect(book.read("posts/one-more-story.xhtml")).toContain(
    'href="virtual-backyard-fence.xhtml#behind-the-two-way-mirror"',
  );
  // Notes open at their references.
  const essay = book.read("posts/a-world-of-and.xhtml");
  expect(essay).toMatch(/<a id="fnref-1" href="#fn-1" epub:type="noteref" role="doc-noteref">1<\/a>/);
  expect(essay).toMatch(/<aside id="fn-1" epub:type="footnote" role="doc-footnote">/);
  expect(book.out).toContain(
    "content/posts/what-a-small-shop-can-do/index.mdx: its own components are left out",
  );
});

test("a series is a book with its own title, only its parts, and links to the rest of the blog", async () => {
  const book = await bookOf(project, "--cache", cache, "--series", "coming-home");
  expect(await epubFaults(book.file)).toEqual([]);
  const names = [...book.files.keys()].filter((name) => /\/(?:posts|notes|pages)\//.test(name));
  expect(names.length).toBeGreaterThan(1);
  expect(names.length).toBeLessThan(12);
  expect(book.read("book.opf")).toContain('<meta property="belongs-to-collection" id="c1">Backfence</meta>');
  const wrong = bookOf(project, "--cache", cache, "--series", "coming-hom");
  await expect(wrong).rejects.toThrow("Did you mean coming-home?");
});
