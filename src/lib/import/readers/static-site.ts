/** Folders of static generators: Hugo, Jekyll, Hexo, Eleventy, Zola, Pelican, Gatsby, Astro, Obsidian, Quartz. */
import { addAuthor } from "./add-author.ts";
import { readFileSync } from "node:fs";
import path from "node:path";
import { partsInZone } from "../../content/dates.ts";
import { isRecord } from "../../content/front-matter/convert.ts";
import { foreignKey } from "../../content/front-matter/foreign-keys.ts";
import { readPostHead } from "../../content/front-matter/read-head.ts";
import { dateInPath, withoutDate } from "../../content/file-date.ts";
import { readDates } from "../../content/read-dates.ts";
import { tagSlug } from "../../site/slug.ts";
import type { ArchiveBuilder } from "../archive-builder.ts";
import { changeProse } from "../fenced-code.ts";
import type { SourceFiles } from "../source-files.ts";
import { readSourceText } from "../source-files.ts";
import { divide } from "../../yaml/front-matter.ts";
import { readFrontMatter } from "../../yaml/read-front-matter.ts";
import { presetOf, readDefaults } from "./static-defaults.ts";
import type { DefaultsFor } from "./static-defaults.ts";
import { mdxToMarkdown } from "./mdx-body.ts";
import { languageOf, oldAddresses, withoutLanguage } from "./static-addresses.ts";
import { groupOf, readStaticSettings, textOf } from "./static-settings.ts";
import type { StaticSettings } from "./static-settings.ts";
import { cleanTags } from "./template-tags.ts";
import type { ValueOf } from "./template-tags.ts";

export type StaticGenerator =
  "hugo" | "jekyll" | "hexo" | "eleventy" | "pelican" | "gatsby" | "astro" | "markdown";

const TEXT = /\.(?:md|markdown|mdown|mkdn?|mdx)$/i;
/** Texts in unsupported formats. */
const OTHER_TEXT =
  /\.(?:rst|adoc|asciidoc|org|textile|ipynb)$|(?:^|\/)(?:posts?|blog|articles)\/.*\.(?:njk|liquid|ejs|pug)$/i;
/** Jekyll also supports posts in HTML. */
const HTML_POST = /(?:^|\/)_(?:posts|drafts)\/.*\.html?$/i;
const NO_TEXT =
  /(?:^|\/)(?:README|LICENSE|CONTRIBUTING|CHANGELOG|CODE_OF_CONDUCT)\.[^/]*$|(?:^|\/)(?:scaffolds|archetypes|layouts|_includes|_layouts|themes|templates?|vendor|\.obsidian|\.trash)\//i;
/** The text of a list page in Hugo and Zola. */
const SECTION = /(?:^|\/)_index(?:\.\w{2})?\.\w+$/;

/** Detects a folder's generator by its files; `markdown` if there are only texts, null if there are none. */
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

/** Folder of Obsidian's settings. */
const VAULT = /(?:^|\/)\.obsidian\//;

const WITHIN: Readonly<Record<StaticGenerator, RegExp>> = {
  hexo: /(?:^|\/)source\//,
  jekyll: /^(?!(?:.*\/)?(?:_(?:includes|layouts|sass|site|data|plugins)|\.[^/]*)\/)/,
  hugo: /(?:^|\/)content\//,
  pelican: /(?:^|\/)content\//,
  gatsby: /(?:^|\/)content\//,
  astro: /(?:^|\/)src\/(?:content|data|pages)\//,
  eleventy: /./,
  markdown: /./,
};

/** The text of the front page. */
const FRONT_PAGE = /^(?:content\/_?index|(?:src\/(?:content\/)?|source\/|site\/)?index)\.\w+$/;

/** A file for each author, as in themes of Astro, Next and Hugo. */
const AUTHOR =
  /(?:^|\/)(?:content|data|_data)\/authors?\/(?!_index\.)[^/]+?(?:\/_?index)?\.(?:mdx?|json|ya?ml)$/;

/** Files with texts in a generator's folder. */
export function textsOf(files: readonly string[], generator: StaticGenerator): string[] {
  return files.filter(
    (file) =>
      (TEXT.test(file) || (generator === "jekyll" && HTML_POST.test(file))) &&
      !NO_TEXT.test(file) &&
      (!SECTION.test(file) || FRONT_PAGE.test(file)) &&
      !AUTHOR.test(file) &&
      WITHIN[generator].test(file),
  );
}

interface Site {
  readonly generator: StaticGenerator;
  readonly settings: StaticSettings;
  readonly defaults: DefaultsFor;
  /** Author of texts without an author. */
  readonly authors: readonly string[];
  /** Whether it's an Obsidian vault, where many notes are private. */
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
    defaults: readDefaults(source, generator, settings),
    isVault: generator === "markdown" && source.files.some((file) => VAULT.test(file)),
  };
  // Translations come last, so that the original gets the slug.
  const originals = files.filter((file) => languageOf(file) === null);
  for (const file of [...originals, ...files.filter((one) => languageOf(one) !== null)])
    addText(source, site, file, builder);
  for (const file of source.files) if (AUTHOR.test(file)) addAuthorFile(source, file, builder);
  nameOwnAuthor(builder);
  for (const file of source.files) {
    if (NO_TEXT.test(file) || !WITHIN[generator].test(file)) continue;
    if (SECTION.test(file) && !FRONT_PAGE.test(file)) addSection(source, file, builder);
    if (/\.(?:canvas|base)$/.test(file)) {
      builder.ledger.ignore("other file", "a canvas or base, which has no page here");
      builder.doubt(file, "a canvas or base of Obsidian's can't be shown here");
    }
    if (!OTHER_TEXT.test(file)) continue;
    builder.ledger.ignore("other file", "a text in a format that isn't read");
    builder.doubt(
      file,
      "only Markdown is read: convert it, for example with pandoc, and run the import again",
    );
  }
}

/** Sets the name of an author from an author file; posts refer to it by the file name. */
function addAuthorFile(source: SourceFiles, file: string, builder: ArchiveBuilder): void {
  const text = readSourceText(source, file);
  const divided = divide(/\.ya?ml$/.test(file) ? `---\n${text}\n---\n` : text);
  const data = recordOf(readFrontMatter(divided, file).data);
  const key = nameOf(file);
  const name =
    [data["name"], data["title"], data["display_name"]].find((one) => typeof one === "string") ?? key;
  builder.ledger.ignore("other file", "the file of an author, of which the name is taken");
  if (divided.body.trim() !== "")
    builder.doubt(file, "only the name of the author is imported, not the text");
  const { authors } = builder.archive;
  const known = authors.findIndex((author) => author.key === key);
  const author = authors[known];
  if (author !== undefined) authors[known] = { ...author, name };
}

/** Reports a text above a list, which isn't imported. */
function addSection(source: SourceFiles, file: string, builder: ArchiveBuilder): void {
  if (divide(readSourceText(source, file)).body.trim() === "") return;
  builder.ledger.ignore("other file", "a text above a list");
  builder.doubt(file, "its text stood above a list of posts, which has none here");
}

/**
 * If only some posts name an author, attributes the others to an author named after the blog, so that a guest doesn't
 * become the author of everything. Does nothing if one person wrote more than half of the posts.
 */
function nameOwnAuthor(builder: ArchiveBuilder): void {
  const { entries, site } = builder.archive;
  const posts = entries.filter(({ kind }) => kind === "post");
  const unnamed = posts.filter(({ authors }) => authors.length === 0);
  const counts = Map.groupBy(
    posts.flatMap(({ authors }) => authors),
    (name) => name,
  );
  const most = Math.max(0, ...[...counts.values()].map((all) => all.length));
  if (unnamed.length === 0 || counts.size === 0 || most * 2 > posts.length) return;
  const own = site.title ?? URL.parse(site.url ?? "")?.hostname ?? "The blog";
  addAuthor(own, builder);
  builder.doubt(
    own,
    `${unnamed.length} posts name no author, while others do, so the author of these is "${own}": change the name in content/authors/`,
  );
  for (const [at, entry] of entries.entries())
    if (entry.kind === "post" && entry.authors.length === 0) entries[at] = { ...entry, authors: [own] };
}

function addText(source: SourceFiles, site: Site, file: string, builder: ArchiveBuilder): void {
  const { archive, ledger } = builder;
  const { generator } = site;
  const record = ledger.read("entry");
  const head = readPostHead(readFileSync(path.join(source.root, file)), `content/posts/${file}`);
  const divided = divide(readSourceText(source, file));
  const hasNone = divided.head === null;
  if (!head.isReadable && dateInPath(file) === null && !(generator === "markdown" && hasNone)) {
    ledger.settle(record, "ignored", "a text without front matter that can be read");
    builder.doubt(file, head.issues[0]?.message ?? "it has no front matter");
    return;
  }
  const written = recordOf(readFrontMatter(divided, file).data);
  const defaults = site.defaults(file);
  const preset = presetOf(defaults, file);
  const date = readDates(head, archive.site.timeZone ?? "UTC", []).date ?? dateInPath(file);
  const isPage = isPageFile(file, generator, date !== null);
  if (isPage) {
    const reason = withoutPage(file, generator, written, divided.body, site.settings);
    if (reason !== null) {
      ledger.settle(record, "ignored", reason);
      builder.doubt(file, `${reason}, so it isn't imported`);
      return;
    }
  }
  if (!head.isReadable && !hasNone)
    builder.doubt(file, `its front matter can't be read whole: ${head.issues[0]?.message ?? ""}`);
  const keys = Object.keys(head.front);
  const parts = [...builder.readAll("section", 1), ...builder.readAll("metadata key", keys.length)];
  for (const { to } of head.readings)
    if (to === null) ledger.ignore("metadata key", "a setting of the theme");
  const { updated } = readDates(head, archive.site.timeZone ?? "UTC", []);
  const { front } = head;
  const authors = front.authors ?? preset.authors ?? site.authors;
  for (const author of authors) addAuthor(author, builder);
  const values = { ...defaults, ...written, title: front.title ?? "" };
  const { text, losses } = bodyOf(head.body, file, site, (name) => valueOf(name, values, site.settings));
  for (const loss of losses) builder.doubt(file, `it has ${loss}`);
  const named = titled(front.title ?? "", text, file, site);
  const isFront = isPage && FRONT_PAGE.test(file);
  const title = isFront && front.title === undefined ? (archive.site.title ?? "Home") : named.title;
  const { body } = named;
  const collections = new Set([...COLLECTIONS, ...(preset.tags ?? []).map(tagSlug)]);
  const tags = [
    ...(front.tags ?? []).filter((tag) => generator !== "eleventy" || !collections.has(tagSlug(tag))),
    ...(generator === "eleventy" ? [] : (preset.tags ?? [])),
    ...(site.isVault ? inlineTags(body) : []),
  ];
  const categories = categoriesOf(written, generator);
  for (const name of categories) addCategory(name, builder);
  const slug = front.slug ?? (isFront ? "home" : "");
  const isExpired = hasExpired(source, file);
  if (isExpired) builder.doubt(file, "it was taken off the old blog by its expiry date, so it's a draft");
  const isDraft =
    front.draft === true ||
    (preset.draft === true && !("draft" in recordOf(head.source.data))) ||
    /(?:^|\/)_drafts\//.test(file) ||
    // Most notes are private: a note is public only if it's marked as published or has a date, like a post.
    ((site.isVault || (generator === "markdown" && hasNone)) &&
      date === null &&
      !saysPublished(source, file)) ||
    isExpired;
  const placed = {
    file,
    generator,
    title,
    slug,
    day: dayOf(date, archive.site.timeZone),
    categories,
    isPage,
    siteUrl: archive.site.url,
    settings: site.settings,
    pattern: patternIn(written) ?? patternIn(defaults),
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
    tags: [...new Set(tags)],
    body: builder.store(body),
    format: HTML_POST.test(file) ? "html" : "markdown",
    description: front.description ?? null,
    addresses: isFront
      ? []
      : [
          // In an Obsidian vault, aliases are alternative names, not addresses.
          ...(site.isVault ? [] : (front.aliases ?? [])),
          ...oldAddresses(placed),
        ],
    names: listOf(head.source.data, "aliases"),
    comments: front.comments ?? "open",
    lang: front.lang ?? preset.lang ?? languageOf(file),
    series: listOf(head.source.data, "series")[0] ?? null,
    isPinned: front.pinned ?? false,
    cover: coverOf(front.cover, written),
    raw: {},
    folder: path.posix.dirname(file),
    relations: {
      link: front.link ?? null,
      canonical: front.canonical ?? null,
      syndication: front.syndication ?? [],
    },
  });
}

/** Why a page isn't imported; null if it is. */
function withoutPage(
  file: string,
  generator: StaticGenerator,
  written: Readonly<Record<string, unknown>>,
  body: string,
  settings: StaticSettings,
): string | null {
  if (body.trim() === "") return "it's a page without a text";
  if ("pagination" in written) return "it's a list that the theme fills";
  const collection = generator === "jekyll" ? /^_(\w+)\//.exec(file)?.[1] : undefined;
  if (collection === undefined || collection === "posts" || collection === "drafts") return null;
  const isShown = groupOf(groupOf(settings, "collections"), collection)["output"] === true;
  const included: unknown = settings["include"];
  if (isShown || (Array.isArray(included) && included.includes(`_${collection}`))) return null;
  return "it's data of a collection that had no pages";
}

/** The cover, which may be only a path, and which Zola's themes put below `extra`. */
function coverOf(
  cover: { readonly src: string; readonly alt?: string | undefined } | undefined,
  written: Readonly<Record<string, unknown>>,
): { readonly src: string; readonly alt: string } | null {
  if (cover !== undefined) return { src: cover.src, alt: cover.alt ?? "" };
  const own = Object.entries(written).find(([key]) => key.toLowerCase() === "cover")?.[1];
  const extra = Object.entries(recordOf(written["extra"])).find(
    ([key]) => key === "cover" || foreignKey(key) === "cover",
  );
  const src = [own, extra?.[1]].find((one): one is string => typeof one === "string" && one.trim() !== "");
  return src === undefined ? null : { src, alt: "" };
}

/** The day used in addresses: that of the front matter in the blog's time zone, else that of the file name. */
function dayOf(date: string | null, timeZone: string | null): string | null {
  if (date === null || !date.includes("T")) return date;
  const { year, month, day } = partsInZone(date, timeZone ?? "UTC");
  return `${year}-${month}-${day}`;
}

/** Categories, which are folders in the addresses of Jekyll and Hexo; tags aren't. */
function categoriesOf(written: Readonly<Record<string, unknown>>, generator: StaticGenerator): string[] {
  const value = written["categories"] ?? written["category"];
  const isDivided = generator === "jekyll" && typeof value === "string" && "categories" in written;
  const list: unknown[] = isDivided ? value.split(/\s+/) : Array.isArray(value) ? value.flat() : [value];
  return list.filter((one): one is string => typeof one === "string" && one.trim() !== "");
}

/** Adds a category as a term, since categories have their own list pages. */
function addCategory(name: string, { archive, ledger }: ArchiveBuilder): void {
  if (archive.terms.some((term) => term.name === name)) return;
  archive.terms.push({ record: ledger.read("term"), kind: "category", slug: tagSlug(name), name });
}

/** A permalink pattern in front matter or a data file: `/{{ page.fileSlug }}/`, `/:year/:title/`. */
function patternIn(data: Readonly<Record<string, unknown>>): string | null {
  const value = data["permalink"];
  return typeof value === "string" && /\{\{|:\w/.test(value) ? value : null;
}

/** The value that a template prints for a name: a front matter key or a setting of the blog. */
function valueOf(
  name: string,
  values: Readonly<Record<string, unknown>>,
  settings: StaticSettings,
): string | null {
  const [scope = "", ...rest] = name.split(".");
  const isSite = /^(?:site|config)$/.test(scope);
  const isText = /^(?:page|post|frontmatter)$/.test(scope);
  const keys = isSite || isText ? rest : [scope, ...rest];
  let value: unknown = isSite ? settings : values;
  for (const key of keys) value = recordOf(value)[key];
  if (value === undefined && !isSite && !isText) value = recordOf(values["params"] ?? values["extra"])[scope];
  const isPlain = typeof value === "number" || (typeof value === "string" && value.trim() !== "");
  return isPlain && keys.length > 0 ? String(value) : null;
}

/** `#tag` in the text of a note, which Obsidian treats as a tag of the note. */
function inlineTags(text: string): string[] {
  const tags: string[] = [];
  changeProse(text, (prose) => {
    for (const [, tag = ""] of prose.matchAll(/(?<=^|\s)#([\p{L}\p{N}_/-]*[\p{L}_][\p{L}\p{N}_/-]*)/gmu))
      tags.push(tag);
    return prose;
  });
  return tags;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

/** Whether a post has passed its expiry date, after which Hugo no longer publishes it. */
function hasExpired(source: SourceFiles, file: string): boolean {
  const { head } = divide(readSourceText(source, file));
  const [, day = ""] =
    /^(?:expiryDate|unpublishDate)\s*[:=]\s*["']?(\d{4}-\d{2}-\d{2})/im.exec(head ?? "") ?? [];
  return day !== "" && day <= new Date().toISOString().slice(0, 10);
}

/** Whether a note has `publish: true`, as in Obsidian Publish. */
function saysPublished(source: SourceFiles, file: string): boolean {
  const { head } = divide(readSourceText(source, file));
  return /^publish(?:ed)?\s*:\s*["']?(?:true|yes)\b/im.test(head ?? "");
}

/** The strings of a key, without validation. */
function listOf(data: unknown, key: string): string[] {
  const value: unknown = isRecord(data) ? data[key] : undefined;
  return (Array.isArray(value) ? value : [value]).filter(
    (one): one is string => typeof one === "string" && one.trim() !== "",
  );
}

/** Tags that only define collections. */
const COLLECTIONS = ["post", "posts", "all", "nav", "page", "pages"];

function bodyOf(
  source: string,
  file: string,
  { generator, isVault }: Site,
  valueOf: ValueOf,
): { text: string; losses: readonly string[] } {
  const mdx = /\.mdx$/i.test(file) ? mdxToMarkdown(source, valueOf) : { text: source, losses: [] };
  const plain =
    generator === "pelican"
      ? mdx.text.replace(
          /(\]\(\s*<?|\b(?:href|src)=["']?)(?:\{(?:filename|static|attach)\}|\|(?:filename|static|attach)\|)/g,
          "$1",
        )
      : mdx.text;
  const { text, losses } = cleanTags(plain, generator, valueOf);
  const all = [...mdx.losses, ...losses];
  if (!isVault || !text.includes("%%")) return { text, losses: all };
  const said = changeProse(text, (prose) => prose.replace(/%%[^]*?%%/g, ""));
  return {
    text: said,
    losses: said === text ? all : [...all, "a private remark (%%…%%), which is left out"],
  };
}

/** The title: that of the front matter, else the first heading (removed from the body), else from the file name. */
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
  if (FRONT_PAGE.test(file)) return true;
  // Everything outside the folders of posts is a page, with or without a date.
  if (generator === "jekyll" || generator === "hexo") return !/(?:^|\/)_(?:posts|drafts)\//.test(file);
  if (/(?:^|\/)src\/pages\//.test(file) && generator === "astro") return true;
  if (/(?:^|\/)_?(?:posts?|blog|articles|notes?|drafts)\//.test(file)) return false;
  if (ABOUT.test(nameOf(file))) return true;
  return !hasDate && (generator !== "markdown" || dateInPath(file) === null);
}

/** Names of pages that have a date in many blogs. */
const ABOUT = /^(?:about|contact|imprint|impressum|privacy|now|uses|resume|cv|colophon)$/i;

/** The file name without extension, or the folder's name for an `index`; empty for the front page. */
function nameOf(file: string): string {
  const parts = withoutLanguage(file)
    .replace(/\.\w+$/, "")
    .split("/");
  const folder = parts.at(-2) ?? "content";
  const name = parts.at(-1) === "index" ? (folder === "content" ? "" : folder) : (parts.at(-1) ?? "");
  return withoutDate(name);
}
