/** The file of a post, note or page up to its text: decoded, divided, its front matter read and checked. */
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
  /** The keys that are right; all of them when there are no issues. */
  readonly front: Partial<T>;
  /** For lines of keys, by our names. */
  readonly source: YamlSource;
  readonly issues: readonly AuthorIssue[];
  /** Whether the file could be read as far as its keys. */
  readonly isReadable: boolean;
  readonly readings: readonly ForeignReading[];
  readonly notes: readonly AuthorIssue[];
  /** Text after the front matter, and how many lines come before it. */
  readonly body: string;
  readonly bodyOffset: number;
}

const SCHEMAS = { post: postSchema, page: pageSchema } as const;

/** Keys of other kinds of content that are ignored where they have no meaning. */
const ELSEWHERE: Readonly<Record<HeadKind, readonly string[]>> = {
  post: [],
  page: Object.keys(postSchema.shape).filter((key) => !Object.hasOwn(pageSchema.shape, key)),
};

/** Our keys for a kind of content. */
export function knownKeys(kind: HeadKind): readonly string[] {
  return Object.keys(SCHEMAS[kind].shape);
}

/** Front matter with our keys; what is there of it when it can't be read whole. */
export function translateHead(source: YamlSource, kind: HeadKind): Translated {
  return translate(source, { known: knownKeys(kind), elsewhere: ELSEWHERE[kind] });
}

/** The front matter of a file's text, by our names: for the lines of keys. */
export function headSource(text: string, file: string): YamlSource {
  return translateHead(readFrontMatter(divide(text), file), kindOf(file)).source;
}

/** A page is in `content/pages/`. */
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

/** A title for a file that has none: its first heading, else its name. */
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

/** Front matter in the frame of a code block, a comment or asterisks, in the frame that is read; null for none. */
function framedOtherwise(body: string): string | null {
  const [, , keys] =
    /^\s*(```+\w*|~~~+\w*|<!--|\*{3,}|_{3,}|={3,}|;{3,}|(?:- ){2,}-|--)[ \t]*\n((?:[A-Za-z][\w -]*:.*\n|[ \t]+.*\n|- .*\n)+)/.exec(body) ?? [];
  return keys === undefined ? null : `It stands between two lines of three hyphens:\n---\n${keys}---`;
}

function quotedTitle(title: string): string {
  return /^[\p{L}\p{N}][^:#]*$/u.test(title) ? title : JSON.stringify(title);
}
