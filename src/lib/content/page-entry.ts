import type { AuthorIssue } from "../author-error.ts";
import type { Made } from "../cache/file-index.ts";
import { formatOf, storeBody } from "./body-entry.ts";
import type { NamedTexts, ReadContext } from "./body-entry.ts";
import { excerptFrom } from "./excerpt.ts";
import { readPageHead } from "./front-matter/read-head.ts";
import type { ForeignReading } from "./front-matter/translation.ts";
import type { BodyFacts } from "./model.ts";
import type { PageFrontMatter } from "./page-schema.ts";

/** Contents of a page's file; cached between loads. */
export interface PageEntry {
  /** Complete if there are no issues; otherwise only the valid keys, so that checks across files can continue. */
  readonly front: Partial<PageFrontMatter>;
  readonly body: BodyFacts;
  /** Used instead of a missing description in lists and search engines. */
  readonly excerpt: string;
  /** Keys of other generators. */
  readonly readings: readonly ForeignReading[];
  /** Names in wikilinks, each with all files that it can refer to. */
  readonly names: NamedTexts;
  readonly issues: readonly AuthorIssue[];
  /** Notes for the author, with their location. */
  readonly notes: readonly AuthorIssue[];
}

/**
 * Reads a page's file and renders its text. Errors in the file are returned as issues, never thrown.
 * @param fileLang language from the file's name; null for the blog's.
 */
export async function readPage(
  bytes: Buffer,
  file: string,
  context: ReadContext,
  fileLang: string | null = null,
): Promise<Made<PageEntry>> {
  const head = readPageHead(bytes, file);
  const { front, readings } = head;
  const lang = front.lang ?? fileLang ?? context.settings.lang;
  const place = { file, source: head.body, lineOffset: head.bodyOffset, lang, format: formatOf(file) };
  const body = await storeBody(place, context);
  const issues = [...head.issues, ...body.issues, ...(body.facts.kind === "module" ? [ownImports(file)] : [])];
  const excerpt = excerptFrom(body.facts.excerpt, body.text, lang);
  const notes = [...head.notes, ...body.notes];
  const { names } = body;
  const value = { front, body: body.facts, excerpt, readings, names, issues, notes };
  return { value, isKept: issues.length === 0, others: [...body.facts.pictures, ...body.texts] };
}

function ownImports(file: string): AuthorIssue {
  return {
    message: "A page can't contain imports or expressions",
    file,
    hint: "Posts can. In a page use Markdown and the components of docs/components.md; write { as \\{.",
  };
}
