/** Medium's export: a page for each story, draft and response in `posts/`, and account activity in other folders. */
import path from "node:path";
import type { ArchiveBuilder } from "../../archive-builder.ts";
import type { ArchiveEntry } from "../../archive.ts";
import { ENTRY_DEFAULTS } from "../../archive.ts";
import type { SourceFiles } from "../../source-files.ts";
import { readSourceText } from "../../source-files.ts";
import { holdPrivate } from "../other-files.ts";
import { anyDate } from "../source-dates.ts";
import { readProfile, readStory } from "./story.ts";
import type { Story } from "./story.ts";

/** Folders with account activity, which isn't part of a blog. */
const ACTIVITY =
  /(?:^|\/)(?:bookmarks|blocks|claps|highlights|interests|lists|partner-program|pubs-following|series|topics-following|users-following|twitter)\//;

export function readMedium(source: SourceFiles, files: readonly string[], builder: ArchiveBuilder): void {
  const stories = new Set(files);
  for (const file of source.files) {
    if (stories.has(file)) continue;
    if (/(?:^|\/)profile\/profile\.html$/.test(file)) addProfile(readSourceText(source, file), builder);
    if (ACTIVITY.test(file))
      builder.ledger.ignore("other file", "account activity (claps, bookmarks, follows)");
    else holdPrivate(source, file, builder);
  }
  let responses = 0;
  for (const file of files) {
    const page = readSourceText(source, file);
    const story = readStory(page);
    if (story === null) {
      builder.ledger.ignore("entry", "HTML that is too deeply nested");
      builder.doubt(file, "its HTML is too deeply nested, so it isn't imported");
      continue;
    }
    if (story.isResponse) responses += 1;
    addStory(story, file, builder);
  }
  if (responses > 0)
    builder.doubt(
      "posts/",
      `${responses} ${responses === 1 ? "text looks like a response" : "texts look like responses"} to another author's story, kept as ${responses === 1 ? "a draft note" : "draft notes"}`,
    );
}

function addProfile(page: string, { archive }: ArchiveBuilder): void {
  const profile = readProfile(page);
  if (profile === null) return;
  archive.site.title ??= profile.name;
  archive.site.url ??= profile.url;
}

function addStory(story: Story, file: string, builder: ArchiveBuilder): void {
  const { archive, ledger } = builder;
  const { author, canonical, shortAddresses } = story;
  const isDraft = /(?:^|\/)draft_/.test(file) || canonical === null;
  const name = path.posix.basename(file).replace(/\.html?$/i, "");
  if (author !== null) addAuthor(author, builder);
  const keys = [
    ...[story.title, story.subtitle, story.published ?? "", author?.name ?? "", canonical ?? ""],
    ...(story.tags.length > 0 ? ["tags"] : []),
  ].filter((value) => value !== "");
  const isShared = canonical !== null && /^https?:\/\/(?:[\w-]+\.)?medium\.com\//.test(canonical);
  const entry: ArchiveEntry = {
    ...ENTRY_DEFAULTS,
    record: ledger.read("entry"),
    parts: [...builder.readAll("section", 1), ...builder.readAll("metadata key", keys.length)],
    id: name,
    kind: story.isResponse ? "note" : "post",
    state: isDraft || story.isResponse ? "draft" : "public",
    title: story.isResponse ? "" : story.title,
    slug: slugOf(canonical, name),
    date: anyDate(story.published) ?? dateIn(name),
    authors: author === null ? [] : [author.name],
    tags: story.tags,
    body: builder.store(story.html),
    format: "html",
    description: story.subtitle === "" ? null : story.subtitle,
    addresses: [...(canonical === null ? [] : [canonical]), ...shortAddresses],
    relations: isShared ? { syndication: [canonical] } : {},
  };
  archive.entries.push(entry);
}

/** `https://medium.com/@ann/over-the-fence-0a1b2c3d4e5f` → `over-the-fence`. */
function slugOf(canonical: string | null, name: string): string {
  const last = canonical === null ? "" : (URL.parse(canonical)?.pathname.split("/").at(-1) ?? "");
  const wanted = last || name.replace(/^draft_/, "").replace(/^\d{4}-\d\d-\d\d_/, "");
  return wanted.replace(/-+[\da-f]{8,14}$/i, "");
}

function dateIn(name: string): string | null {
  return /^(?:draft_)?(\d{4}-\d\d-\d\d)_/.exec(name)?.[1] ?? null;
}

function addAuthor(
  { name, url }: { readonly name: string; readonly url: string | null },
  builder: ArchiveBuilder,
): void {
  const { archive, ledger } = builder;
  if (name === "" || archive.authors.some(({ key }) => key === name)) return;
  archive.authors.push({ record: ledger.read("author"), key: name, name, email: null, url, userId: null });
}
