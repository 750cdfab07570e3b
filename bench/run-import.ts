/**
 * `npm run bench -- import [part of a name]`: imports every sample export and compares the result with its source. For
 * platforms without public samples, the test fixtures are used.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Element, Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { markdownToHtml } from "satteri";
import { format } from "prettier";
import { AuthorError } from "../src/lib/author-error.ts";
import { loadBlog } from "../src/lib/content/load-blog.ts";
import { divide } from "../src/lib/yaml/front-matter.ts";
import { FileCache } from "../src/lib/cache/file-cache.ts";
import { createPictures } from "../src/lib/images/image-resolver.ts";
import { exportJf2 } from "../src/lib/export/jf2.ts";
import { readBlogForExport } from "../src/lib/export/read-blog.ts";
import { restoreBlog } from "../src/lib/export/restore-blog.ts";
import { exportWxr } from "../src/lib/export/wxr.ts";
import { ArchiveBuilder } from "../src/lib/import/archive-builder.ts";
import { detectSource } from "../src/lib/import/detect.ts";
import { bareText } from "../src/lib/import/html/bare-text.ts";
import { expandShortcodes } from "../src/lib/import/html/shortcodes.ts";
import { importBlog } from "../src/lib/import/import-blog.ts";
import type { ImportResult } from "../src/lib/import/import-options.ts";
import { planImport } from "../src/lib/import/import-plan.ts";
import { readArchive } from "../src/lib/import/read-archive.ts";
import { openSource } from "../src/lib/import/source-files.ts";
import { TextSpool } from "../src/lib/text-spool.ts";
import { renderBody } from "../src/lib/markdown/render-body.ts";
import { changeProse } from "../src/lib/import/fenced-code.ts";
import { listKey } from "../src/lib/import/write/body.ts";
import { oldLists } from "../src/lib/import/write/site-settings.ts";
import { uploadsOf } from "../src/lib/import/write/write-archive.ts";
import { keptParts } from "./kept-parts.ts";
import type { KeptParts, PartKind } from "./kept-parts.ts";
import { recallIn } from "./text-recall.ts";

const FIXTURES = path.resolve(import.meta.dirname, "../tests/import");
const SAMPLES = path.resolve(process.env["BACKFENCE_SAMPLES"] ?? "samples");
const BASE_URL = "https://new.example/";
const LISTED_BELOW = 0.99;

export async function run([part = ""]: readonly string[]): Promise<void> {
  if (!existsSync(SAMPLES))
    console.log(
      `There are no samples in ${SAMPLES}: only fixtures. Name their folder in BACKFENCE_SAMPLES.\n`,
    );
  console.log(
    "| sample | entries | responses | posts + pages | drafts | private | recall | < 99 % | links | pictures | embeds | export and back | files | errors | second run | ms |",
  );
  console.log("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
  const low: string[] = [];
  const recalls: Recall[] = [];
  const rows: (string | number)[][] = [];
  for (const sample of [...samples(), ...fixtures()].filter(({ name }) => name.includes(part))) {
    const { recalls: measured, row: cells } = await measureSample(sample);
    recalls.push(...measured);
    rows.push(cells);
    low.push(
      ...measured
        .filter(({ recall }) => recall < LISTED_BELOW)
        .map(
          ({ file, recall, lost, notes }) =>
            `- ${sample.name} ${file}: ${(recall * 100).toFixed(2)} %; ${[...notes, `lost: ${lost.join(" … ")}`].join("; ")}`,
        ),
    );
  }
  const sums = [
    summary(
      "of HTML",
      recalls.filter(({ isMarkdown }) => !isMarkdown),
    ),
    summary(
      "of Markdown",
      recalls.filter(({ isMarkdown }) => isMarkdown),
    ),
    summary("in all", recalls),
  ];
  console.log(`\n${sums.join("\n")}`);
  if (low.length > 0) console.log(`\nTexts below 99 %:\n${low.join("\n")}`);
  const missing = recalls.flatMap(({ file, kept }) =>
    PARTS.flatMap((part) => kept[part].missing.map((address) => `- ${file}: ${part}: ${address}`)),
  );
  if (missing.length > 0) console.log(`\nNeither in the page nor in the report:\n${missing.join("\n")}`);
  if (part === "" && existsSync(SAMPLES)) await writeFigures(rows, sums);
}

const DOCUMENT = path.resolve("docs/import/figures.md");
const BEGIN = "<!-- figures: npm run bench -- import -->";
const END = "<!-- end of the figures -->";
const HEADS =
  "Sample, Entries, Responses, Posts, notes and pages, Drafts, Private, Recall, Below 99 %, Links, Pictures, Embeds, Export and back".split(
    /, (?=[A-Z])/,
  );
const PARTS: readonly PartKind[] = ["links", "pictures", "embeds"];

/** Writes the table of a complete run into the docs, between the two markers. */
async function writeFigures(
  rows: readonly (readonly (string | number)[])[],
  sums: readonly string[],
): Promise<void> {
  const text = readFileSync(DOCUMENT, "utf8");
  if (!text.includes(BEGIN) || !text.includes(END)) throw new Error(`${DOCUMENT} has lost its marks`);
  const [before, rest] = [text.slice(0, text.indexOf(BEGIN)), text.slice(text.indexOf(END))];
  const cells = rows.map((row) => row.slice(0, HEADS.length).map((cell) => String(cell)));
  const table = [HEADS, HEADS.map((_, index) => (index === 0 ? "---" : "--:")), ...cells]
    .map((row) => `| ${row.join(" | ").replace(/^static\//, "")} |`)
    .join("\n");
  const written = `${before}${BEGIN}\n\n${table}\n\n${sums.map((sum) => `${sum}.`).join("\n")}\n\n${rest}`;
  writeFileSync(DOCUMENT, await format(written, { parser: "markdown", printWidth: 110 }));
}

function summary(kind: string, recalls: readonly Recall[]): string {
  const mean = recalls.reduce((sum, { recall }) => sum + recall, 0) / recalls.length;
  const low = recalls.filter(({ recall }) => recall < LISTED_BELOW).length;
  const parts = PARTS.map((part) => `${part} ${shareOf(recalls, part)}`).join(", ");
  return `${recalls.length} texts ${kind}, ${(mean * 100).toFixed(2)} % on average; ${low} below 99 %; ${parts}`;
}

/** `12 of 14 (2 listed)`: number of parts in the pages, and of those that the report lists as left out. */
function shareOf(recalls: readonly Recall[], part: PartKind): string {
  const sum = (count: (kept: KeptParts[PartKind]) => number): number =>
    recalls.reduce((total, { kept }) => total + count(kept[part]), 0);
  const read = sum((kept) => kept.read);
  const listed = sum((kept) => kept.listed);
  const shown = read - listed - sum(({ missing }) => missing.length);
  if (read === 0) return "–";
  return listed === 0 ? `${shown} of ${read}` : `${shown} of ${read} (${listed} listed)`;
}

interface Sample {
  readonly name: string;
  readonly path: string;
}

/** Returns single-file exports, and folders of static site generators and of platforms that export a zip. */
function samples(): Sample[] {
  const single = ["mt", "blogger", "wxr"].flatMap((folder) => childrenOf(SAMPLES, folder));
  const generators = childrenOf(SAMPLES, "static").filter(
    ({ name }) => !/^static\/(?:INDEX|licences|disqus|comments)/.test(name),
  );
  const projects = generators.flatMap(({ name }) =>
    name === "static/astro" || name === "static/ghost"
      ? childrenOf(SAMPLES, name).flatMap((inner) => childrenOf(SAMPLES, inner.name))
      : childrenOf(SAMPLES, name),
  );
  return [...single, ...projects];
}

/** Returns test fixtures of platforms without public samples. */
function fixtures(): Sample[] {
  const names =
    "microblog tumblr tumblr-api.json tumblr-pages tumblr-backup livejournal livejournal-export.xml notion substack medium";
  return names.split(" ").map((name) => ({ name: `fixture/${name}`, path: path.join(FIXTURES, name) }));
}

function childrenOf(root: string, folder: string): Sample[] {
  const absolute = path.join(root, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute).map((name) => ({
    name: `${folder}/${name}`,
    path: path.join(absolute, name),
  }));
}

interface Measured {
  readonly recalls: readonly Recall[];
  readonly row: (string | number)[];
}

async function measureSample(sample: Sample): Promise<Measured> {
  const root = mkdtempSync(path.join(os.tmpdir(), "import-bench-"));
  try {
    const options = {
      source: sample.path,
      contentDir: path.join(root, "content"),
      isDryRun: false,
      images: null,
      baseUrl: BASE_URL,
    };
    const start = performance.now();
    const result = await importBlog(options);
    const ms = Math.round(performance.now() - start);
    const again = await importBlog(options);
    const errors = await errorsIn(root);
    const isIdentical = errors === 0 && (await comesBack(root));
    const recalls = await recallOf(sample, root, result);
    const mean = recalls.reduce((sum, { recall }) => sum + recall, 0) / recalls.length;
    const low = recalls.filter(({ recall }) => recall < LISTED_BELOW);
    const parts = PARTS.map((part) => shareOf(recalls, part));
    const figures = { errors, mean, low: low.length, parts, ms, isIdentical };
    const cells = row(sample.name, result, again, figures);
    console.log(`| ${cells.join(" | ")} |`);
    return { recalls, row: cells };
  } catch (error) {
    if (!(error instanceof AuthorError)) throw error;
    console.log(`| ${sample.name} | ${error.message.split("\n").join(" ")} |`);
    return { recalls: [], row: [sample.name] };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

interface Figures {
  readonly errors: number;
  readonly mean: number;
  readonly low: number;
  readonly parts: readonly string[];
  readonly ms: number;
  /** Whether the folder is identical byte for byte after an export and a restore, as WXR and as JF2. */
  readonly isIdentical: boolean;
}

function row(
  sample: string,
  result: ImportResult,
  again: ImportResult,
  { errors, mean, low, parts, ms, isIdentical }: Figures,
): (string | number)[] {
  const { ledger, counts, files } = result;
  const isSame = again.files.written === 0 && again.files.removed === 0 && again.files.kept.length === 0;
  return [
    sample,
    ledger.entry.read,
    ledger.comment.read + ledger.ping.read,
    counts.posts + counts.notes + counts.pages,
    counts.drafts,
    ledger.entry.private,
    Number.isNaN(mean) ? "–" : `${(mean * 100).toFixed(2)} %`,
    low,
    ...parts,
    isIdentical ? "same" : "differs",
    files.written,
    errors,
    isSame ? "same" : "changed",
    ms,
  ];
}

async function comesBack(root: string): Promise<boolean> {
  const contentDir = path.join(root, "content");
  const folders = {
    root,
    contentDir,
    publicDir: path.join(root, "public"),
    cacheDir: path.join(root, ".cache"),
  };
  const exported = await readBlogForExport(folders, new Date("2026-11-30T00:00:00Z"));
  return [exportWxr, exportJf2].every((write, index) => {
    const file = path.join(root, `export-${index}`);
    const target = path.join(root, `restored-${index}`);
    writeFileSync(file, [...write(exported)].join(""));
    const { written } = restoreBlog(file, target);
    return (
      written === exported.files.length &&
      exported.files.every(({ name, bytes }) => readFileSync(path.join(target, name)).equals(bytes))
    );
  });
}

/** Returns the number of errors of `backfence check`. */
async function errorsIn(root: string): Promise<number> {
  try {
    await loadBlog({
      root,
      contentDir: path.join(root, "content"),
      publicDir: path.join(root, "public"),
      cacheDir: path.join(root, ".cache"),
      mode: "build",
      now: new Date("2026-11-30T00:00:00Z"),
    });
    return 0;
  } catch (error) {
    if (error instanceof Error && error.name === "AuthorError") {
      console.error(error.message);
      return 1;
    }
    throw error;
  }
}

interface Recall {
  readonly file: string;
  readonly recall: number;
  /** Whether the source is Markdown; syntax of dialects that CommonMark parses as text counts as lost. */
  readonly isMarkdown: boolean;
  /** Passages of the source that are missing from the page. */
  readonly lost: readonly string[];
  /** Messages of the import report about the text. */
  readonly notes: readonly string[];
  readonly kept: KeptParts;
}

/** Compares the words of each source text with the page it was imported to. */
async function recallOf(sample: Sample, root: string, { texts }: ImportResult): Promise<Recall[]> {
  const spool = new TextSpool();
  const source = await openSource(sample.path);
  try {
    const builder = new ArchiveBuilder(spool);
    const detected = detectSource(source, sample.name);
    readArchive(source, detected, builder);
    const plan = planImport(builder.archive, {
      siteUrl: BASE_URL,
      timeZone: "UTC",
      authorMap: new Map(),
      taken: [],
    });
    const pictures = createPictures({ root, cache: new FileCache(path.join(root, ".cache/bench")) });
    const lists = new Map(
      oldLists(builder.archive, plan, detected.format).map(([from, to]) => [listKey(from), to]),
    );
    const recalls: Recall[] = [];
    for (const { entry, slug } of plan.entries) {
      const file = ["md", "mdx"]
        .flatMap((ext) => [
          `content/${entry.kind}s/${slug}.${ext}`,
          `content/${entry.kind}s/${slug}/index.${ext}`,
        ])
        .find((name) => existsSync(path.join(root, name)));
      if (slug === null || file === undefined) continue;
      const divided = divide(readFileSync(path.join(root, file), "utf8"));
      const rendered = await renderBody(
        { file, source: divided.body, lineOffset: divided.bodyOffset, lang: "xx", base: "/", root },
        pictures,
      );
      const isMarkdown = entry.format === "markdown";
      const attachments = new Map(builder.archive.attachments.map((one) => [one.id, one]));
      const text = builder.load(entry.body);
      const html = isMarkdown
        ? markdownToHtml(wordsOfDialects(text), { features: { frontmatter: false } }).html
        : expandShortcodes(text, {
            attachment: (id) => attachments.get(id) ?? null,
            uploaded: (id = entry.id) => uploadsOf(builder.archive.attachments).get(id) ?? [],
            onUnknown: () => undefined,
            onMissing: () => undefined,
          });
      const notes = texts.find((one) => `content/${one.file}` === file)?.notes ?? [];
      const kept = keptParts({
        source: fromHtml(html, { fragment: true }),
        page: fromHtml(rendered.html ?? "", { fragment: true }),
        notes,
        placeOf: (href) =>
          plan.addresses.find(URL.parse(href, entry.addresses[0])?.href ?? href) ??
          lists.get(listKey(URL.parse(href, entry.addresses[0])?.pathname ?? href)) ??
          plan.findText(href, entry.folder)?.path ??
          null,
      });
      const source = masked(withoutLabels(fromHtml(html, { fragment: true })), builder);
      const words = bareText(source);
      const shown = variantsOf(rendered.html ?? "", words, descriptionsIn(source));
      const { recall, lost } = recallIn(words, shown);
      recalls.push({ file, recall, lost, notes, isMarkdown, kept });
    }
    return recalls;
  } finally {
    spool.close();
    source.close();
  }
}

/**
 * Returns several variants of the text of a page. A picture or video without a file becomes a link with its description
 * or URL. This text isn't in the source and splits the text around it. So the variants are: with all links, without
 * links to files, without any links; the same for captions and descriptions.
 * @param source text of the source.
 * @param descriptions of the source's pictures and frames.
 */
function variantsOf(html: string, source: string, descriptions: ReadonlySet<string>): string[] {
  const words = (isLeftOut: (node: Element) => boolean): string =>
    bareText(without(readable(html, source), isLeftOut));
  const isDescription = (node: Element): boolean => descriptions.has(plainWords(node));
  const isStandIn = (node: Element): boolean =>
    node.tagName === "figcaption" || isDescription(node) || (node.tagName === "a" && leadsToFile(node));
  return [
    words(() => false),
    words(isDescription),
    words(isStandIn),
    words((node) => isStandIn(node) || (node.tagName === "em" && isDescription(node))),
    words((node) => node.tagName === "a" || isStandIn(node)),
  ];
}

/** Parses a page; removes text added by the blog, and restores formulas to TeX and URLs of cards to full length. */
function readable(html: string, source: string): Root {
  const inSource = source.replaceAll(/\s/g, "");
  const root = withoutLabels(fromHtml(html, { fragment: true }));
  const walk = (node: Root | Element): void => {
    for (const child of node.children) {
      if (child.type !== "element") continue;
      const tex = child.tagName === "math" ? annotationIn(child) : null;
      const href = String(child.properties["href"] ?? "");
      if (tex !== null) child.children = [{ type: "text", value: tex }];
      else if (
        child.tagName === "a" &&
        inSource.includes(href) &&
        plainWords(child) === href.replace(/^https?:\/\/(?:www\.)?/, "").replace(/\/$/, "")
      )
        child.children = [{ type: "text", value: href }];
      else walk(child);
    }
  };
  walk(root);
  return root;
}

function annotationIn(node: Element): string | null {
  for (const child of node.children) {
    if (child.type !== "element") continue;
    const found = child.tagName === "annotation" ? bareText(child) : annotationIn(child);
    if (found !== null) return found;
  }
  return null;
}

function leadsToFile(node: Element): boolean {
  const href = String(node.properties["href"] ?? "");
  return /\.(?:jpe?g|png|gif|webp|svg|avif|bmp|mp4|m4v|mp3|ogg|mov|wmv|swf)(?:[?#]|$)|\/\.a\/6a/i.test(href);
}

function plainWords(node: Element): string {
  return bareText(node).replaceAll(/\s+/g, " ").trim();
}

/** Returns the descriptions and titles of pictures and frames, and the placeholder for a missing description. */
function descriptionsIn(root: Root): ReadonlySet<string> {
  const found = new Set(["Picture"]);
  const walk = (node: Root | Element): void => {
    for (const child of node.children) {
      if (child.type !== "element") continue;
      for (const name of ["alt", "title"])
        if (/^(?:img|iframe|object|embed)$/.test(child.tagName))
          found.add(
            String(child.properties[name] ?? "")
              .replaceAll(/\s+/g, " ")
              .trim(),
          );
      walk(child);
    }
  };
  walk(root);
  found.delete("");
  return found;
}

/** Removes the heading and the back arrows of footnotes, which the renderer adds. */
function withoutLabels(root: Root): Root {
  return without(root, (node) => {
    const names = String(node.properties["className"] ?? "");
    return (
      /\b(?:engine-word|sr-only|data-footnote-backref|note-back)\b/.test(names) ||
      node.properties["id"] === "footnote-label" ||
      "dataFootnoteBackref" in node.properties ||
      (node.tagName === "a" && /^[↩︎⤴\s]*$/.test(bareText(node)) && bareText(node).trim() !== "")
    );
  });
}

function without(root: Root, isLeftOut: (node: Element) => boolean): Root {
  const walk = (node: Root | Element): void => {
    node.children = node.children.filter(
      (child) => child.type !== "element" || !isLeftOut(child),
    ) as Element["children"];
    for (const child of node.children) if (child.type === "element") walk(child);
  };
  walk(root);
  return root;
}

/** Masks personal email addresses in the tree, one text node at a time as in an import. */
function masked(root: Root, { secrets }: ArchiveBuilder): Root {
  const walk = (node: Root | Element): void => {
    for (const child of node.children) {
      if (child.type === "text") child.value = secrets.mask(child.value);
      else if (child.type === "element") walk(child);
    }
  };
  walk(root);
  return root;
}

/** Removes the syntax of Markdown dialects that CommonMark parses as text, but keeps the marked text. */
function wordsOfDialects(markdown: string): string {
  return changeProse(markdown, (prose) =>
    prose
      .replace(/%%[^]*?%%/g, "")
      .replace(/^([ \t>]*)\[!([\w-]+)\][+-]?[ \t]*/gm, "$1")
      .replace(/^[ \t>]*:{3,}[ \t]*(?:[\w-]+)?(?:\[(.*)\])?(?:\{[^}]*\})?[ \t]*$/gm, "$1\n")
      .replace(/\{:?[ \t]*(?:[#.][\w-]+|[\w-]+="[^"]*")(?:[ \t]+(?:[#.][\w-]+|[\w-]+="[^"]*"))*[ \t]*\}/g, "")
      .replace(
        /!?\[\[([^[\]|\n]*)(?:\|([^[\]\n]*))?\]\]/g,
        (_whole, name: string, label?: string) => label ?? name.replace("#", " > "),
      )
      .replace(/==([^=\n]+)==/g, "$1")
      .replace(/\$\$?/g, ""),
  );
}
