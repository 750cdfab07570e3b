/** Folders of static generators: Hugo, Jekyll, Hexo, Eleventy, Zola, Gatsby, Astro, Obsidian. */
import { addAuthor } from "./add-author.ts";
import { readFileSync } from "node:fs";
import path from "node:path";
import { readPostHead } from "../../content/front-matter/read-head.ts";
import { dateInPath, withoutDate } from "../../content/file-date.ts";
import { readDates } from "../../content/read-dates.ts";
import { slugOf } from "../../site/slug.ts";
import { isTimeZone } from "../../site/values.ts";
import type { ArchiveBuilder } from "../archive-builder.ts";
import type { SourceFiles } from "../source-files.ts";
import { readSourceText } from "../source-files.ts";
import { cleanTags } from "./template-tags.ts";

export type StaticGenerator = "hugo" | "jekyll" | "hexo" | "eleventy" | "astro" | "markdown";

const TEXT = /\.(?:md|markdown|mdown|mkdn?|mdx)$/i;
const NO_TEXT =
  /(?:^|\/)(?:README|LICENSE|CONTRIBUTING|CHANGELOG|CODE_OF_CONDUCT|_index)\.[^/]*$|(?:^|\/)(?:scaffolds|archetypes|layouts|_includes|_layouts|themes|templates?)\//i;

/** The generator whose folder this is, by its settings; `markdown` for texts with front matter alone, null for others. */
export function generatorOf(files: readonly string[]): StaticGenerator | null {
  const has = (pattern: RegExp): boolean => files.some((file) => pattern.test(file));
  if (!has(TEXT)) return null;
  if (has(/(?:^|\/)source\/_(?:posts|drafts)\//)) return "hexo";
  if (has(/(?:^|\/)_(?:posts|drafts)\//)) return "jekyll";
  if (has(/(?:^|\/)(?:\.eleventy|eleventy\.config)\.[cm]?js$|\.11tydata\.\w+$/)) return "eleventy";
  if (has(/(?:^|\/)src\/(?:content|data)\/[^/]+\//)) return "astro";
  if (has(/(?:^|\/)(?:hugo|config|zola)\.(?:toml|ya?ml|json)$/) || has(/(?:^|\/)content\/.+/)) return "hugo";
  return "markdown";
}

/** Texts of a generator's folder. */
export function textsOf(files: readonly string[], generator: StaticGenerator): string[] {
  const within: Readonly<Record<StaticGenerator, RegExp>> = {
    hexo: /(?:^|\/)source\//,
    jekyll: /(?:^|\/)_(?:posts|drafts)\/|^[^_/][^/]*$/,
    hugo: /(?:^|\/)content\//,
    astro: /(?:^|\/)src\/(?:content|data)\//,
    eleventy: /./,
    markdown: /./,
  };
  return files.filter((file) => TEXT.test(file) && !NO_TEXT.test(file) && within[generator].test(file));
}

export function readStaticSite(
  source: SourceFiles,
  generator: StaticGenerator,
  files: readonly string[],
  builder: ArchiveBuilder,
): void {
  readSettings(source, builder);
  for (const file of files) addText(source, generator, file, builder);
}

function addText(
  source: SourceFiles,
  generator: StaticGenerator,
  file: string,
  builder: ArchiveBuilder,
): void {
  const { archive, ledger } = builder;
  const record = ledger.read("entry");
  const head = readPostHead(readFileSync(path.join(source.root, file)), `content/posts/${file}`);
  if (!head.isReadable && dateInPath(file) === null) {
    ledger.settle(record, "ignored", "a text without front matter that can be read");
    builder.doubt(file, head.issues[0]?.message ?? "it has no front matter");
    return;
  }
  const keys = Object.keys(head.front);
  const parts = [...builder.readAll("section", 1), ...builder.readAll("metadata key", keys.length)];
  for (const { to } of head.readings)
    if (to === null) ledger.ignore("metadata key", "a setting of the theme");
  const dates = readDates(head, archive.site.timeZone ?? "UTC", []);
  const date = dates.date ?? dateInPath(file);
  const { updated } = dates;
  const isPage = isPageFile(file, generator, date !== null);
  const { front } = head;
  for (const author of front.authors ?? []) addAuthor(author, builder);
  const isDraft = front.draft === true || /(?:^|\/)_drafts\//.test(file);
  const { text, losses } = cleanTags(head.body, generator);
  for (const loss of losses) builder.doubt(file, `it has ${loss}, which is kept as text`);
  archive.entries.push({
    record,
    parts,
    id: file,
    kind: isPage ? "page" : "post",
    state: isDraft ? "draft" : "public",
    title: front.title ?? "",
    slug: front.slug ?? nameOf(file),
    date,
    updated,
    authors: front.authors ?? [],
    tags: front.tags ?? [],
    body: builder.store(text),
    format: "markdown",
    description: front.description ?? null,
    addresses: [
      ...(front.aliases ?? []),
      ...oldAddresses(file, generator, front.slug ?? nameOf(file), date, archive.site.url),
    ],
    comments: front.comments ?? "open",
    lang: front.lang ?? null,
    series: null,
    isPinned: front.pinned ?? false,
    cover: front.cover === undefined ? null : { src: front.cover.src, alt: front.cover.alt ?? "" },
    raw: {},
    folder: path.posix.dirname(file),
  });
}

function isPageFile(file: string, generator: StaticGenerator, hasDate: boolean): boolean {
  if (/(?:^|\/)_?(?:posts?|blog|articles|notes?|drafts)\//.test(file)) return false;
  return !hasDate && generator !== "markdown" ? true : !hasDate && dateInPath(file) === null;
}

/** The name of a file, or of the folder of an `index`. */
function nameOf(file: string): string {
  const parts = file.replace(TEXT, "").split("/");
  const name = parts.at(-1) === "index" ? (parts.at(-2) ?? "index") : (parts.at(-1) ?? "");
  return withoutDate(name);
}

/** Where the text was by the generator's own rules. */
function oldAddresses(
  file: string,
  generator: StaticGenerator,
  slug: string,
  date: string | null,
  siteUrl: string | null,
): string[] {
  const base = (URL.parse(siteUrl ?? "")?.pathname ?? "/").replace(/\/$/, "");
  const [year = "", month = "", day = ""] = (dateInPath(file) ?? date ?? "").slice(0, 10).split("-");
  const folder = (root: RegExp): string => path.posix.dirname(file).replace(root, "");
  switch (generator) {
    case "jekyll":
      return year === ""
        ? [`${base}/${slug}/`]
        : [`${base}/${year}/${month}/${day}/${slug}.html`, `${base}/${year}/${month}/${day}/${slug}/`];
    case "hexo":
      return year === "" ? [] : [`${base}/${year}/${month}/${day}/${slug}/`];
    case "hugo": {
      const within = folder(/^.*?(?:^|\/)content\/?/).toLowerCase();
      const section = /(?:^|\/)index\.\w+$/.test(file) ? within.replace(/\/?[^/]*$/, "") : within;
      return [`${base}/${section === "" ? "" : `${section}/`}${slugOf(slug)}/`];
    }
    case "astro":
      return [`${base}/blog/${slug}/`, `${base}/posts/${slug}/`];
    case "eleventy":
      return [`${base}/${path.posix.dirname(file).replace(/^(?:src|content)\//, "")}/${slug}/`];
    case "markdown":
      return [];
  }
}

/** Name, address and zone of the blog, from the generator's settings. */
function readSettings(source: SourceFiles, { archive }: ArchiveBuilder): void {
  const file = source.files.find((name) =>
    /(?:^|\/)(?:_config\.ya?ml|(?:hugo|config|zola)\.(?:toml|ya?ml))$/.test(name),
  );
  if (file === undefined) return;
  const text = readSourceText(source, file);
  const value = (...names: readonly string[]): string | null => {
    for (const name of names) {
      const found = new RegExp(`^${name}\\s*[:=]\\s*["']?([^"'\\n#]+)`, "im").exec(text)?.[1]?.trim();
      if (found !== undefined && found !== "") return found;
    }
    return null;
  };
  const { site } = archive;
  site.title ??= value("title");
  site.description ??= value("description");
  const url = value("url", "baseURL", "base_url");
  site.url ??= url !== null && URL.canParse(url) ? url : null;
  const zone = value("timezone", "timeZone");
  if (zone !== null && isTimeZone(zone)) site.timeZone ??= zone;
  site.lang ??= value("language", "languageCode", "default_language", "lang");
}
