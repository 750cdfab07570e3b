/** JSON Feed (https://www.jsonfeed.org/version/1.1/), as in micro.blog's blog archive (`.bar`), next to its uploads. */
import * as z from "zod";
import { escapeHtml } from "../../escape.ts";
import type { ArchiveBuilder } from "../archive-builder.ts";
import type { ArchiveEntry } from "../archive.ts";
import { ENTRY_DEFAULTS } from "../archive.ts";
import type { SourceFiles } from "../source-files.ts";
import { readSourceText } from "../source-files.ts";
import { accountKeys } from "./account-keys.ts";
import { accountMedia } from "./other-files.ts";
import { audioHtml } from "./audio-html.ts";
import { parseJson } from "./parse-json.ts";
import { anyDate } from "./source-dates.ts";

const text = z.string().nullish();
const authorSchema = z.looseObject({ name: text, url: text });
const itemSchema = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String).nullish(),
  url: text,
  external_url: text,
  title: text,
  summary: text,
  content_html: text,
  content_text: text,
  date_published: z.unknown().optional(),
  date_modified: z.unknown().optional(),
  image: text,
  banner_image: text,
  language: text,
  tags: z.array(z.string()).nullish(),
  author: authorSchema.nullish(),
  authors: z.array(authorSchema).nullish(),
  attachments: z.array(z.looseObject({ url: z.string(), mime_type: text, title: text })).nullish(),
});
const feedSchema = z.looseObject({
  title: text,
  description: text,
  home_page_url: text,
  language: text,
  author: authorSchema.nullish(),
  authors: z.array(authorSchema).nullish(),
  items: z.array(itemSchema),
});

type Item = z.output<typeof itemSchema>;
type Author = z.output<typeof authorSchema>;
type Attachment = NonNullable<Item["attachments"]>[number];

const USED = new Set(Object.keys(itemSchema.shape));
/** Elements without Markdown syntax that the HTML conversion keeps, and Hugo's shortcodes. */
const EMBEDS = /<(?:iframe|video|audio|object|embed|figure|script|style|table|div|blockquote)\b|\{\{[<%]/i;

/** @throws AuthorError if a file isn't a complete JSON Feed. */
export function readJsonFeed(source: SourceFiles, files: readonly string[], builder: ArchiveBuilder): void {
  for (const file of accountMedia(
    source.files.filter((name) => !files.includes(name)),
    builder,
  ))
    builder.ledger.ignore("other file", reasonFor(file));
  for (const file of files) {
    const feed = parseJson(readSourceText(source, file), file, feedSchema, "JSON Feed");
    const { site } = builder.archive;
    site.title ??= feed.title ?? null;
    site.description ??= feed.description ?? null;
    site.url ??= feed.home_page_url ?? null;
    site.lang ??= feed.language ?? null;
    const owners = authorsOf(feed.authors, feed.author, builder);
    for (const item of feed.items) addItem(item, owners, builder);
  }
}

function reasonFor(file: string): string {
  return /\.(?:html?|css|js)$/i.test(file)
    ? "a page or style sheet for viewing the archive"
    : "a file that no text uses";
}

function addItem(item: Item, owners: readonly string[], builder: ArchiveBuilder): void {
  const { archive, ledger } = builder;
  const { parts, stored, raw } = accountKeys(item, { used: USED }, builder);
  const url = item.url ?? item.id ?? "";
  const title = item.title?.trim() ?? "";
  const authors = authorsOf(item.authors, item.author, builder);
  const markdown = item.content_text ?? "";
  const html = item.content_html ?? "";
  // The Markdown is the original, but with HTML in it, the rendered HTML converts better.
  const isMarkdown = markdown !== "" && (html === "" || !EMBEDS.test(markdown));
  const added = (item.attachments ?? []).filter(
    ({ url: at }) => !markdown.includes(at) && !html.includes(at),
  );
  const entry: ArchiveEntry = {
    ...ENTRY_DEFAULTS,
    record: ledger.read("entry"),
    parts: [...parts, ...builder.readAll("section", 1)],
    stored,
    id: item.id ?? builder.madeId(url, title, anyDate(item.date_published) ?? ""),
    kind: title === "" ? "note" : "post",
    state: "public",
    title,
    slug: slugIn(url),
    date: anyDate(item.date_published),
    updated: anyDate(item.date_modified),
    authors: authors.length > 0 ? authors : owners,
    tags: item.tags ?? [],
    body: builder.store(
      (isMarkdown ? markdown : html) + added.map((file) => attachment(file, isMarkdown)).join(""),
    ),
    format: isMarkdown ? "markdown" : "html",
    description: item.summary ?? null,
    addresses: /^https?:/.test(url) ? [url] : [],
    lang: item.language ?? null,
    cover: coverOf(item, markdown + html),
    raw,
    relations: { link: item.external_url ?? null },
  };
  archive.entries.push(entry);
}

/** The cover of an item; a picture that the text already shows isn't used. */
function coverOf({ image, banner_image: banner }: Item, body: string): ArchiveEntry["cover"] {
  const src = image ?? banner ?? "";
  return src === "" || body.includes(src) ? null : { src, alt: "" };
}

/** Markup for an attachment, in the format of the text. */
function attachment({ url, mime_type: type, title }: Attachment, isMarkdown: boolean): string {
  const address = url.replaceAll(/[\s"<>()]/g, encodeURIComponent);
  const isPicture = type?.startsWith("image/") === true;
  const words = title ?? (isPicture ? "" : url);
  if (isMarkdown) return `\n\n${isPicture ? "!" : ""}[${words.replaceAll(/[[\]\\\n]/g, " ")}](${address})\n`;
  const isPlayed = type?.startsWith("audio/") === true || type?.startsWith("video/") === true;
  const text = escapeHtml(words);
  return isPicture
    ? `<p><img src="${address}" alt="${text}"></p>`
    : isPlayed
      ? `${audioHtml(address)}${title == null ? "" : `<p><em>${text}</em></p>`}`
      : `<p><a href="${address}">${text}</a></p>`;
}

/** `https://ann.micro.blog/2020/05/01/gate-open.html` → `gate-open`. */
function slugIn(url: string): string {
  const parts = (URL.parse(url)?.pathname ?? "").split("/").filter((part) => part !== "");
  return (parts.at(-1) ?? "").replace(/\.html?$/, "");
}

function authorsOf(
  list: readonly Author[] | null | undefined,
  single: Author | null | undefined,
  { archive, ledger }: ArchiveBuilder,
): string[] {
  const known = list ?? (single == null ? [] : [single]);
  return known.flatMap(({ name, url }) => {
    const key = name?.trim() ?? "";
    if (key === "") return [];
    if (!archive.authors.some((author) => author.key === key))
      archive.authors.push({
        record: ledger.read("author"),
        key,
        name: key,
        email: null,
        url: url ?? null,
        userId: null,
      });
    return [key];
  });
}
