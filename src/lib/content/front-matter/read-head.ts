/** Reads the file of a post, note or page up to its body: decodes and divides it, parses and validates front matter. */
import type * as z from "zod";
import type { AuthorIssue } from "../../author-error.ts";
import { checkYaml } from "../../yaml/check.ts";
import { conflictIssue } from "../../yaml/conflict-markers.ts";
import { decodeText } from "../../yaml/decode-text.ts";
import { divide } from "../../yaml/front-matter.ts";
import { misreadNote } from "../../yaml/misread-text.ts";
import { neverClosed, readFrontMatter } from "../../yaml/read-front-matter.ts";
import type { YamlSource } from "../../yaml/source.ts";
import { dateInPath } from "../file-date.ts";
import { pageSchema } from "../page-schema.ts";
import { postSchema } from "../post-schema.ts";
import { meantKey } from "./foreign-keys.ts";
import { translate } from "./translate.ts";
import type { ForeignReading, Translated } from "./translation.ts";

export type HeadKind = "post" | "page";

export interface ReadHead<T> {
  /** The valid keys; all of them if there are no issues. */
  readonly front: Partial<T>;
  /** Front matter with our keys, to find their lines. */
  readonly source: YamlSource;
  readonly issues: readonly AuthorIssue[];
  /** Whether the front matter could be parsed. */
  readonly isReadable: boolean;
  readonly readings: readonly ForeignReading[];
  readonly notes: readonly AuthorIssue[];
  /** Text after the front matter, and the number of lines before it. */
  readonly body: string;
  readonly bodyOffset: number;
}

const SCHEMAS = { post: postSchema, page: pageSchema } as const;

/** Keys of other kinds of content, which are ignored. */
const ELSEWHERE: Readonly<Record<HeadKind, readonly string[]>> = {
  post: [],
  page: Object.keys(postSchema.shape).filter((key) => !Object.hasOwn(pageSchema.shape, key)),
};

/** Our keys for a kind of content. */
export function knownKeys(kind: HeadKind): readonly string[] {
  return Object.keys(SCHEMAS[kind].shape);
}

/** Front matter with our keys; incomplete if it can't be parsed completely. */
export function translateHead(source: YamlSource, kind: HeadKind): Translated {
  return translate(source, { known: knownKeys(kind), elsewhere: ELSEWHERE[kind] });
}

/** Front matter of a file with our keys, to find their lines. */
export function headSource(text: string, file: string): YamlSource {
  return translateHead(readFrontMatter(divide(text), file), kindOf(file)).source;
}

/** Kind of a file: those in `content/pages/` are pages, all others posts. */
export function kindOf(file: string): HeadKind {
  return /(?:^|\/)pages\//.test(file) ? "page" : "post";
}

/** Reads the file of a post or note. */
export function readPostHead(bytes: Buffer, file: string): ReadHead<z.output<typeof postSchema>> {
  return readHead(bytes, file, "post", postSchema);
}

/** Reads the file of a page. */
export function readPageHead(bytes: Buffer, file: string): ReadHead<z.output<typeof pageSchema>> {
  return readHead(bytes, file, "page", pageSchema);
}

function readHead<T extends object>(
  bytes: Buffer,
  file: string,
  kind: HeadKind,
  schema: z.ZodObject & z.ZodType<T>,
): ReadHead<T> {
  const { text, issue: encoding } = decodeText(bytes, file);
  const lines = text.replaceAll(/\r\n?/g, "\n");
  const unreadable = encoding ?? conflictIssue(lines, file);
  const divided = divide(unreadable === null ? lines : "");
  const { source, readings, issues: doubts } = translateHead(readFrontMatter(divided, file), kind);
  const misread = misreadNote(lines, file);
  const notes = misread === null ? [] : [misread];
  const at = { source, readings, notes, body: divided.body, bodyOffset: divided.bodyOffset };
  if (unreadable !== null) return { ...at, front: {}, issues: [unreadable], isReadable: false };
  const open = neverClosed(divided, file);
  if (divided.head === null && (kind === "page" || dateInPath(file) === null))
    return { ...at, front: {}, issues: [withoutFrontMatter(kind, file, divided.body)], isReadable: false };
  const name = titleFrom(file, divided.body);
  const { partial, issues } = checkYaml(schema, source, {
    owner: `a ${kind}`,
    extraKey: "extra",
    meantKey,
    samples: { title: name },
  });
  const isReadable = source.issues.length === 0;
  return { ...at, front: partial, isReadable, issues: [...(open === null ? [] : [open]), ...doubts, ...issues] };
}

/** Suggests a title for a file without one: its first heading, else its name. */
function titleFrom(file: string, body: string): string {
  const heading = /^# +([^\n]+?)(?: #+)?[ \t]*$/m.exec(body)?.[1];
  if (heading !== undefined) return heading.trim();
  const parts = file.split("/");
  const last = (parts.at(-1) ?? "").replace(/\.\w+$/, "");
  const name = last === "index" ? (parts.at(-2) ?? last) : last;
  const words = name.replace(/^\d{4}-\d{1,2}-\d{1,2}-/, "").replaceAll(/[-_]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function withoutFrontMatter(kind: HeadKind, file: string, body: string): AuthorIssue {
  const date = kind === "post" ? "date: 2026-03-01\n" : "";
  const later = /^(?:.*\n){1,20}?---[ \t]*\n((?:[A-Za-z][\w -]*:.*\n|[ \t]+.*\n|- .*\n)+)---[ \t]*(?:\n|$)/.exec(body);
  if (later !== null) {
    const [above = "", keys = ""] = [later[0].split(/^---[ \t]*$/m)[0], later[1]];
    return {
      message: "The front matter isn't at the beginning of the file",
      file,
      line: above.split("\n").length,
      hint: `Nothing but empty lines can come before it. Move what is above it below it:\n---\n${keys}---\n${above.trimEnd()}`,
    };
  }
  return {
    message: "The front matter is missing",
    file,
    line: 1,
    hint: framedOtherwise(body) ?? `A ${kind} begins with it:\n---\ntitle: ${quotedTitle(titleFrom(file, body))}\n${date}---`,
  };
}

/** Hint for front matter between other delimiters, such as a code block, comment or asterisks; null if there's none. */
function framedOtherwise(body: string): string | null {
  const [, , keys] =
    /^\s*(```+\w*|~~~+\w*|<!--|\*{3,}|_{3,}|={3,}|;{3,}|(?:- ){2,}-|--)[ \t]*\n((?:[A-Za-z][\w -]*:.*\n|[ \t]+.*\n|- .*\n)+)/.exec(body) ?? [];
  return keys === undefined ? null : `It stands between two lines of three hyphens:\n---\n${keys}---`;
}

function quotedTitle(title: string): string {
  return /^[\p{L}\p{N}][^:#]*$/u.test(title) ? title : JSON.stringify(title);
}
