/** Folders of static generators: Hugo, Jekyll, Hexo, Eleventy, Zola, Pelican, Gatsby, Astro, Obsidian, Quartz. */
import { addAuthor } from "./add-author.ts";
import { readFileSync } from "node:fs";
import path from "node:path";
import { isRecord } from "../../content/front-matter/convert.ts";
import { readPostHead } from "../../content/front-matter/read-head.ts";
import { dateInPath, withoutDate } from "../../content/file-date.ts";
import { readDates } from "../../content/read-dates.ts";
import { tagSlug } from "../../site/slug.ts";
import type { ArchiveBuilder } from "../archive-builder.ts";
import { changeProse } from "../fenced-code.ts";
import type { SourceFiles } from "../source-files.ts";
import { readSourceText } from "../source-files.ts";
import { divide } from "../../yaml/front-matter.ts";
import { readDataFiles } from "./eleventy-data.ts";
import type { DataFile } from "./eleventy-data.ts";
import { mdxToMarkdown } from "./mdx-body.ts";
import { languageOf, oldAddresses, withoutLanguage } from "./static-addresses.ts";
import { readStaticSettings, textOf } from "./static-settings.ts";
import type { StaticSettings } from "./static-settings.ts";
import { cleanTags } from "./template-tags.ts";

export type StaticGenerator =
  "hugo" | "jekyll" | "hexo" | "eleventy" | "pelican" | "gatsby" | "astro" | "markdown";

const TEXT = /\.(?:md|markdown|mdown|mkdn?|mdx)$/i;
/** Texts in formats that aren't read. */
const OTHER_TEXT =
  /\.(?:rst|adoc|asciidoc|org|textile|ipynb)$|(?:^|\/)(?:posts?|blog|articles)\/.*\.(?:njk|liquid|ejs|pug)$/i;
/** Jekyll takes posts in HTML as well. */
const HTML_POST = /(?:^|\/)_(?:posts|drafts)\/.*\.html?$/i;
const NO_TEXT =
  /(?:^|\/)(?:README|LICENSE|CONTRIBUTING|CHANGELOG|CODE_OF_CONDUCT|_index)\.[^/]*$|(?:^|\/)(?:scaffolds|archetypes|layouts|_includes|_layouts|themes|templates?|\.obsidian|\.trash)\//i;

/** The generator whose folder this is, by its settings; `markdown` for texts with front matter alone, null for others. */
export function generatorOf(files: readonly string[]): StaticGenerator | null {
  const has = (pattern: RegExp): boolean => files.some((file) => pattern.test(file));
  if (!has(TEXT)) return null;
  if (has(/(?:^|\/)source\/_(?:posts|drafts)\//)) return "hexo";
  if (has(/(?:^|\/)_(?:posts|drafts)\//)) return "jekyll";
  if (has(/(?:^|\/)(?:\.eleventy|eleventy\.config)\.[cm]?js$|\.11tydata\.\w+$/)) return "eleventy";
  if (has(/(?:^|\/)pelicanconf\.py$/)) return "pelican";
  if (has(/(?:^|\/)gatsby-config\.\w+$/)) return "gatsby";
  if (has(/(?:^|\/)src\/(?:content|data)\/[^/]+\//)) return "astro";
  if (has(/(?:^|\/)(?:hugo|config|zola)\.(?:toml|ya?ml|json)$/)) return "hugo";
  if (has(VAULT) || has(/(?:^|\/)quartz\.config\.\w+$/)) return "markdown";
  return has(/(?:^|\/)content\/.+/) ? "hugo" : "markdown";
}

/** Obsidian's settings. */
const VAULT = /(?:^|\/)\.obsidian\//;

const WITHIN: Readonly<Record<StaticGenerator, RegExp>> = {
  hexo: /(?:^|\/)source\//,
  jekyll: /(?:^|\/)_(?:posts|drafts)\/|^[^_/][^/]*$/,
  hugo: /(?:^|\/)content\//,
  pelican: /(?:^|\/)content\//,
  gatsby: /(?:^|\/)content\//,
  astro: /(?:^|\/)src\/(?:content|data)\//,
  eleventy: /./,
  markdown: /./,
};

/** Texts of a generator's folder. */
export function textsOf(files: readonly string[], generator: StaticGenerator): string[] {
  return files.filter(
    (file) =>
      (TEXT.test(file) || (generator === "jekyll" && HTML_POST.test(file))) &&
      !NO_TEXT.test(file) &&
      WITHIN[generator].test(file),
  );
}

interface Site {
  readonly generator: StaticGenerator;
  readonly settings: StaticSettings;
  readonly data: readonly DataFile[];
  /** Author of texts that name none. */
  readonly authors: readonly string[];
  /** Notes of Obsidian, of which many are for their author alone. */
  readonly isVault: boolean;
}

export function readStaticSite(
  source: SourceFiles,
  generator: StaticGenerator,
  files: readonly string[],
  builder: ArchiveBuilder,
): void {
  const settings = readStaticSettings(source, builder);
  const author = textOf(settings, "author");
  const site: Site = {
    generator,
    settings,
    authors: author === null ? [] : [author],
    data: generator === "eleventy" ? readDataFiles(source) : [],
    isVault: generator === "markdown" && source.files.some((file) => VAULT.test(file)),
  };
  // Translations come last, so that the name is that of the original.
  const originals = files.filter((file) => languageOf(file) === null);
  for (const file of [...originals, ...files.filter((one) => languageOf(one) !== null)])
    addText(source, site, file, builder);
  for (const file of source.files) {
    if (!OTHER_TEXT.test(file) || NO_TEXT.test(file) || !WITHIN[generator].test(file)) continue;
    builder.ledger.ignore("other file", "a text in a format that isn't read");
    builder.doubt(
      file,
      "only Markdown is read: convert it, for example with pandoc, and run the import again",
    );
  }
}

function addText(source: SourceFiles, site: Site, file: string, builder: ArchiveBuilder): void {
  const { archive, ledger } = builder;
  const { generator } = site;
  const record = ledger.read("entry");
  const head = readPostHead(readFileSync(path.join(source.root, file)), `content/posts/${file}`);
  const hasNone = divide(readSourceText(source, file)).head === null;
  if (!head.isReadable && dateInPath(file) === null && !(site.isVault && hasNone)) {
    ledger.settle(record, "ignored", "a text without front matter that can be read");
    builder.doubt(file, head.issues[0]?.message ?? "it has no front matter");
    return;
  }
  if (!head.isReadable && !hasNone)
    builder.doubt(file, `its front matter can't be read whole: ${head.issues[0]?.message ?? ""}`);
  const keys = Object.keys(head.front);
  const parts = [...builder.readAll("section", 1), ...builder.readAll("metadata key", keys.length)];
  for (const { to } of head.readings)
    if (to === null) ledger.ignore("metadata key", "a setting of the theme");
  const dates = readDates(head, archive.site.timeZone ?? "UTC", []);
  const date = dates.date ?? dateInPath(file);
  const { updated } = dates;
  const isPage = isPageFile(file, generator, date !== null);
  const { front } = head;
  const authors = front.authors ?? site.authors;
  for (const author of authors) addAuthor(author, builder);
  const { text, losses } = bodyOf(head.body, file, site);
  for (const loss of losses) builder.doubt(file, `it has ${loss}`);
  const { title, body } = titled(front.title ?? "", text, file, site);
  const data = site.data.filter(({ folder }) => folder === "" || file.startsWith(`${folder}/`));
  const collections = new Set([...COLLECTIONS, ...data.flatMap((one) => one.tags.map(tagSlug))]);
  const tags = (front.tags ?? []).filter((tag) => generator !== "eleventy" || !collections.has(tagSlug(tag)));
  const slug = front.slug ?? "";
  const isExpired = hasExpired(source, file);
  if (isExpired) builder.doubt(file, "it was taken off the old blog by its expiry date, so it's a draft");
  const isDraft =
    front.draft === true ||
    /(?:^|\/)_drafts\//.test(file) ||
    // Most notes are for their author: one is public when it says so, or has a date as posts have.
    (site.isVault && date === null && !saysPublished(source, file)) ||
    isExpired;
  const placed = {
    file,
    generator,
    title,
    slug,
    date,
    tags,
    isPage,
    siteUrl: archive.site.url,
    settings: site.settings,
  };
  archive.entries.push({
    record,
    parts,
    id: file,
    kind: isPage ? "page" : "post",
    state: isDraft ? "draft" : "public",
    title,
    slug: slug || nameOf(file),
    date,
    updated,
    authors,
    tags,
    body: builder.store(body),
    format: HTML_POST.test(file) ? "html" : "markdown",
    description: front.description ?? null,
    addresses: [
      // In a vault, aliases are names.
      ...(site.isVault ? [] : (front.aliases ?? [])),
      ...oldAddresses({ ...placed, pattern: data.at(-1)?.permalink ?? null }),
    ],
    names: listOf(head.source.data, "aliases"),
    comments: front.comments ?? "open",
    lang: front.lang ?? languageOf(file),
    series: listOf(head.source.data, "series")[0] ?? null,
    isPinned: front.pinned ?? false,
    cover: front.cover === undefined ? null : { src: front.cover.src, alt: front.cover.alt ?? "" },
    raw: {},
    folder: path.posix.dirname(file),
    relations: {
      link: front.link ?? null,
      canonical: front.canonical ?? null,
      syndication: front.syndication ?? [],
    },
  });
}

/** Hugo takes a post off the blog on the day that it names. */
function hasExpired(source: SourceFiles, file: string): boolean {
  const { head } = divide(readSourceText(source, file));
  const [, day = ""] =
    /^(?:expiryDate|unpublishDate)\s*[:=]\s*["']?(\d{4}-\d{2}-\d{2})/im.exec(head ?? "") ?? [];
  return day !== "" && day <= new Date().toISOString().slice(0, 10);
}

/** `publish: true`, as Obsidian Publish has it. */
function saysPublished(source: SourceFiles, file: string): boolean {
  const { head } = divide(readSourceText(source, file));
  return /^publish(?:ed)?\s*:\s*["']?(?:true|yes)\b/im.test(head ?? "");
}

/** Texts of a key, whether its values are right here or not. */
function listOf(data: unknown, key: string): string[] {
  const value: unknown = isRecord(data) ? data[key] : undefined;
  return (Array.isArray(value) ? value : [value]).filter(
    (one): one is string => typeof one === "string" && one.trim() !== "",
  );
}

/** Tags that make lists of texts and say nothing about them. */
const COLLECTIONS = ["post", "posts", "all", "nav", "page", "pages"];

function bodyOf(
  source: string,
  file: string,
  { generator, isVault }: Site,
): { text: string; losses: readonly string[] } {
  const mdx = /\.mdx$/i.test(file) ? mdxToMarkdown(source) : { text: source, losses: [] };
  const plain =
    generator === "pelican"
      ? mdx.text.replace(
          /(\]\(\s*<?|\b(?:href|src)=["']?)(?:\{(?:filename|static|attach)\}|\|(?:filename|static|attach)\|)/g,
          "$1",
        )
      : mdx.text;
  const { text, losses } = cleanTags(plain, generator);
  const all = [...mdx.losses, ...losses];
  if (!isVault || !text.includes("%%")) return { text, losses: all };
  const said = changeProse(text, (prose) => prose.replace(/%%[^]*?%%/g, ""));
  return {
    text: said,
    losses: said === text ? all : [...all, "a private remark (%%…%%), which is left out"],
  };
}

/** A text without a title has that of its first heading, which then stands above it, else the name of its file. */
function titled(
  title: string,
  text: string,
  file: string,
  { generator }: Site,
): { title: string; body: string } {
  if (title !== "") return { title, body: text };
  const [whole = "", heading = ""] = /^\s*# +([^\n]+?)(?: #+)?[ \t]*(?:\n|$)/.exec(text) ?? [];
  if (heading !== "") return { title: heading.replaceAll(/[*_`]/g, ""), body: text.slice(whole.length) };
  const name = nameOf(file);
  if (generator === "markdown" || generator === "hexo") return { title: name, body: text };
  const words = name.replaceAll(/[-_]+/g, " ");
  return { title: words.charAt(0).toUpperCase() + words.slice(1), body: text };
}

function isPageFile(file: string, generator: StaticGenerator, hasDate: boolean): boolean {
  if (/(?:^|\/)_?(?:posts?|blog|articles|notes?|drafts)\//.test(file)) return false;
  return !hasDate && generator !== "markdown" ? true : !hasDate && dateInPath(file) === null;
}

/** The name of a file, or of the folder of an `index`; empty for the front page. */
function nameOf(file: string): string {
  const parts = withoutLanguage(file)
    .replace(/\.\w+$/, "")
    .split("/");
  const folder = parts.at(-2) ?? "content";
  const name = parts.at(-1) === "index" ? (folder === "content" ? "" : folder) : (parts.at(-1) ?? "");
  return withoutDate(name);
}
