/** Tumblr: `posts.xml` and pages of its export, API responses, and backups of tumblr-backup. */
import path from "node:path";
import * as z from "zod";
import type { ArchiveBuilder } from "../../archive-builder.ts";
import { readText } from "../../decode.ts";
import type { SourceFiles } from "../../source-files.ts";
import { readSourceText } from "../../source-files.ts";
import { addComment } from "../comments/add-comment.ts";
import { accountMedia, holdPrivate } from "../other-files.ts";
import { parseJson } from "../parse-json.ts";
import { anyDate } from "../source-dates.ts";
import { reportFaults } from "../xml-faults.ts";
import { readXmlRecords } from "../xml-records.ts";
import { postOfPage } from "./html-post.ts";
import { postOfJson, postSchema } from "./json-post.ts";
import type { JsonPost } from "./json-post.ts";
import { mediaByPost } from "./media.ts";
import type { MediaByPost } from "./media.ts";
import { addTumblrPost } from "./post.ts";
import { postOfXml } from "./xml-post.ts";

const blogSchema = z.looseObject({
  title: z.string().nullish(),
  description: z.string().nullish(),
  url: z.string().nullish(),
});
const answerSchema = z.looseObject({ blog: blogSchema.nullish(), posts: z.array(postSchema) });
/** A whole API response, its inner part, a list of posts, or one post. */
const fileSchema = z.union([
  z.looseObject({ response: answerSchema }).transform(({ response }) => response),
  answerSchema,
  z.array(postSchema).transform((posts) => ({ blog: null, posts })),
  postSchema.transform((post) => ({ blog: null, posts: [post] })),
]);

export function readTumblr(source: SourceFiles, files: readonly string[], builder: ArchiveBuilder): void {
  const tables = files.filter((file) => /\.xml$/i.test(file) || isXml(source, file));
  const pages = files.filter((file) => /\.html?$/i.test(file));
  const media = mediaByPost(source.files);
  const others = source.files.filter((file) => !files.includes(file));
  for (const file of accountMedia(others, builder)) accountOther(source, file, builder);
  const job: Job = { source, media, seen: new Set(), builder };
  for (const file of tables) readTable(file, job);
  for (const file of files.filter((name) => !tables.includes(name) && !pages.includes(name)))
    readAnswer(file, job);
  // The pages contain the same posts with less information.
  if (files.length > pages.length)
    for (const _ of pages) builder.ledger.ignore("other file", "an HTML copy of a post");
  else readPages(pages, job);
}

interface Job {
  readonly source: SourceFiles;
  readonly media: MediaByPost;
  /** Ids of posts that were already added. */
  readonly seen: Set<string>;
  readonly builder: ArchiveBuilder;
}

/** Detects `posts.xml` by its content, since a single file may have any name. */
function isXml(source: SourceFiles, file: string): boolean {
  if (/\.(?:json|html?)$/i.test(file)) return false;
  for (const text of readText(path.join(source.root, file))) return /<tumblr\s+version=/.test(text);
  return false;
}

function accountOther(source: SourceFiles, file: string, builder: ArchiveBuilder): void {
  const isFrame = /(?:^|\/)(?:index|posts_index)\.html$|\.(?:css|js)$|(?:^|\/)(?:archive|tags|theme)\//i.test(
    file,
  );
  if (isFrame) builder.ledger.ignore("other file", "an index page or style sheet of the archive");
  else holdPrivate(source, file, builder);
}

function readTable(file: string, { source, media, seen, builder }: Job): void {
  const { site } = builder.archive;
  const faults = readXmlRecords(readText(path.join(source.root, file)), {
    records: new Set(["post"]),
    onRecord: (node) => {
      const post = postOfXml(node, media);
      site.url ??= originOf(post.addresses[0] ?? "");
      addTumblrPost(post, seen, builder);
    },
    onHeader: ({ name, attributes, text }) => {
      if (name !== "tumblelog") return;
      site.title ??= attributes["title"] ?? attributes["name"] ?? null;
      site.timeZone ??= attributes["timezone"] ?? null;
      site.description ??= text.trim() || null;
    },
  });
  reportFaults(faults, file, builder);
}

function readAnswer(file: string, { source, media, seen, builder }: Job): void {
  const { blog, posts } = parseJson(readSourceText(source, file), file, fileSchema, "Tumblr");
  const { site } = builder.archive;
  site.title ??= blog?.title ?? null;
  site.description ??= blog?.description ?? null;
  site.url ??= blog?.url ?? null;
  for (const json of posts) {
    const post = postOfJson(json, media);
    site.url ??= originOf(post.addresses[0] ?? "");
    if (addTumblrPost(post, seen, builder)) addNotes(json, post.id, builder);
  }
}

/** Adds replies and the comments of reblogs; likes and reblogs without text are ignored. */
function addNotes({ notes }: JsonPost, id: string, builder: ArchiveBuilder): void {
  for (const {
    type,
    timestamp,
    blog_name: name,
    blog_url: url,
    reply_text: reply,
    added_text: added,
  } of notes ?? []) {
    const words = type === "reply" ? reply : type === "reblog" ? added : null;
    if (words == null || words.trim() === "") {
      builder.ledger.ignore(
        "comment",
        `a ${/^(?:like|reblog|posted)$/.test(type) ? type : "note"} without text`,
      );
      continue;
    }
    addComment(builder, {
      thread: id,
      id: null,
      parent: null,
      anchor: null,
      state: "approved",
      name: name ?? "",
      url,
      account: url ?? null,
      userId: name ?? null,
      date: anyDate(timestamp),
      text: words,
      format: "text",
    });
  }
}

function readPages(pages: readonly string[], { source, seen, builder }: Job): void {
  let drafts = 0;
  for (const file of pages) {
    const name = path.posix.basename(file).replace(/\.html?$/i, "");
    if (/(?:^|\/)submissions\//.test(file)) {
      holdPrivate(source, file, builder);
      continue;
    }
    const post = postOfPage(
      readSourceText(source, file),
      name === "index" ? path.posix.basename(path.posix.dirname(file)) : name,
    );
    if (post === null) {
      builder.ledger.ignore("entry", "HTML that is too deeply nested");
      builder.doubt(file, "its HTML is too deeply nested, so it isn't imported");
      continue;
    }
    if (post.state === "draft") drafts += 1;
    builder.archive.site.url ??= originOf(post.addresses[0] ?? "");
    addTumblrPost(post, seen, builder);
  }
  if (drafts > 0)
    builder.doubt(
      pages[0] ?? "posts/html",
      `this form of the export doesn't say which posts were public, so all ${drafts} are drafts`,
    );
}

function originOf(address: string): string | null {
  const url = URL.parse(address);
  return url === null || !/^https?:$/.test(url.protocol) || url.hostname === "www.tumblr.com"
    ? null
    : `${url.origin}/`;
}
