import type { AuthorIssue } from "../author-error.ts";
import type { Made } from "../cache/file-index.ts";
import type { YamlSource } from "../yaml/source.ts";
import { formatOf, storeBody } from "./body-entry.ts";
import type { NamedTexts, ReadContext } from "./body-entry.ts";
import { excerptFrom } from "./excerpt.ts";
import { isRecord } from "./front-matter/convert.ts";
import { readPostHead, type ReadHead } from "./front-matter/read-head.ts";
import type { ForeignReading } from "./front-matter/translation.ts";
import type { BodyFacts, PictureRef } from "./model.ts";
import { findPicture } from "./picture-ref.ts";
import type { PostFrontMatter } from "./post-schema.ts";
import { readDates } from "./read-dates.ts";
import { termsOf, writeTerms } from "./terms.ts";

/** Contents of a post's file; cached between loads. */
export interface PostEntry {
  /** Complete if there are no issues; otherwise only the valid keys, so that checks across files can continue. */
  readonly front: Partial<PostFrontMatter>;
  /** Whether it has no title, which makes it a note. */
  readonly isUntitled: boolean;
  /** Instants; null if missing or invalid. */
  readonly date: string | null;
  readonly updated: string | null;
  readonly expires: string | null;
  readonly cover: PictureRef | null;
  /** Null for a post that was taken down. */
  readonly body: BodyFacts | null;
  /** Used instead of a missing description in lists, feeds and cards. */
  readonly excerpt: string;
  /** Keys of other generators. */
  readonly readings: readonly ForeignReading[];
  /** From `writeTerms`. */
  readonly terms: string;
  /** Names in wikilinks, each with all files that it can refer to. */
  readonly names: NamedTexts;
  readonly issues: readonly AuthorIssue[];
  /** Notes for the author, with their location. */
  readonly notes: readonly AuthorIssue[];
}

/**
 * Reads a post's file and renders its text. Errors in the file are returned as issues, never thrown.
 * @param fileLang language from the file's name; null for the blog's.
 */
export async function readPost(
  bytes: Buffer,
  file: string,
  context: ReadContext,
  fileLang: string | null = null,
): Promise<Made<PostEntry>> {
  const head = readPostHead(bytes, file);
  const { front, source } = head;
  const issues = [...head.issues];
  const dates = readDates(head, context.settings.timeZone, issues);
  const cover = await readCover(front, source, context, issues);
  const isDeleted = front.deleted !== undefined;
  const lang = front.lang ?? fileLang ?? context.settings.lang;
  const place = {
    ...{ file, source: head.body, lineOffset: head.bodyOffset, lang, format: formatOf(file) },
    isNote: front.title === undefined,
  };
  const body = isDeleted ? null : await storeBody(place, context);
  issues.push(...(body?.issues ?? []));
  const { title = "", description = "", tags = [] } = front;
  const terms = writeTerms(termsOf({ title, description, tags, text: body?.text ?? "" }));
  const excerpt = body === null ? "" : excerptFrom(body.facts.excerpt, body.text, lang);
  const { readings } = head;
  const facts = body?.facts ?? null;
  const { names = [] } = body ?? {};
  const notes = [...head.notes, ...(body?.notes ?? [])];
  const value: PostEntry = { front, isUntitled: isUntitled(head), ...dates, cover, body: facts, excerpt, readings, terms, names, issues, notes };
  const others = [...(body?.facts.pictures ?? []), ...(body?.texts ?? []), ...(cover === null ? [] : [cover.file, ...(cover.dark === undefined ? [] : [cover.dark])])];
  return { value, isKept: issues.length === 0, others };
}

/** Whether the front matter has no title. */
export function isUntitled({ source, isReadable }: Pick<ReadHead<unknown>, "source" | "isReadable">): boolean {
  return isReadable && !(isRecord(source.data) && "title" in source.data);
}

async function readCover(
  front: Partial<PostFrontMatter>,
  yaml: YamlSource,
  context: ReadContext,
  issues: AuthorIssue[],
): Promise<PictureRef | null> {
  if (front.cover === undefined || front.deleted !== undefined) return null;
  const found = await findPicture(
    front.cover,
    { file: yaml.file, line: yaml.lineOf(["cover", "src"]) },
    context,
  );
  if (found.issue !== null) issues.push(found.issue);
  return found.ref;
}
