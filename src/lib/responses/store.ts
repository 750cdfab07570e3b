import { randomUUID } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { PostResponse } from "./model.ts";
import { compareResponses } from "./order.ts";

/** A file of the responses' folder: its absolute path, and its name in messages. */
export interface ResponsesFile {
  readonly path: string;
  /** From the folder that holds the author's, forward slashes: `content/responses/hello.json`. */
  readonly name: string;
}

/**
 * @param contentDir the author's folder, absolute.
 * @param file name below `responses/`, such as `hello.json`; empty for the folder itself.
 */
export function responsesFile(contentDir: string, file: string): ResponsesFile {
  const name = path.posix.join(path.basename(contentDir), "responses", file);
  return { path: path.join(contentDir, "responses", file), name };
}

/**
 * The text of a file of responses: a JF2 feed, oldest first, keys in a fixed order, two-space JSON, one trailing
 * newline. Same records in any order, same text.
 */
export function serialiseResponses(records: readonly PostResponse[]): string {
  const children = [...records].sort(compareResponses).map(inOrder);
  return `${JSON.stringify({ type: "feed", children }, null, 2)}\n`;
}

/** Whether two records have the same text in a file. */
export function isSameResponse(a: PostResponse, b: PostResponse): boolean {
  return a === b || isDeepStrictEqual(inOrder(a), inOrder(b));
}

/** The text of one record, as {@link responsePieces} takes it. */
export function serialiseResponse(record: PostResponse): string {
  return JSON.stringify(inOrder(record), null, 2).replaceAll("\n", "\n    ");
}

/**
 * The text of {@link serialiseResponses}, piece by piece: for conversations that don't fit into memory.
 * @param texts of records, oldest first, by {@link serialiseResponse}; at least one.
 */
export function* responsePieces(texts: Iterable<string>): Generator<string> {
  let before = '{\n  "type": "feed",\n  "children": [\n    ';
  for (const text of texts) {
    yield before + text;
    before = ",\n    ";
  }
  yield "\n  ]\n}\n";
}

/**
 * Writes a post's responses, or removes the file when there are none. The old file stays whole until the new one
 * is complete, and isn't touched when nothing changed.
 *
 * @param contentDir the author's folder, absolute.
 * @returns whether anything was written or removed.
 */
export function writeResponses(contentDir: string, slug: string, records: readonly PostResponse[]): boolean {
  return writeResponsesText(contentDir, slug, records.length === 0 ? "" : serialiseResponses(records));
}

/** The same of their text, which {@link serialiseResponses} gives; empty for no responses. */
export function writeResponsesText(contentDir: string, slug: string, text: string): boolean {
  const file = responsesFile(contentDir, `${slug}.json`).path;
  const before = readIfThere(file);
  if (text === "") {
    if (before === null) return false;
    rmSync(file);
    return true;
  }
  if (text === before) return false;
  writeWhole(file, text);
  return true;
}

/**
 * Writes a file through a rename, so that no reader meets half of it; makes its folder. The content is on the disk
 * before the name points to it, so that a power cut leaves the old file or the new one, never an empty one.
 */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const draft = `${file}.${randomUUID()}.tmp`;
  mkdirSync(path.dirname(file), { recursive: true });
  try {
    const handle = openSync(draft, "wx");
    try {
      writeFileSync(handle, content);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The text of a file, or null when there is none. */
export function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** Keys in the order useful to a moderator: who, what, and then where it came from. */
function inOrder(record: PostResponse): PostResponse {
  const { author, content } = record;
  return {
    type: "entry",
    "wm-id": record["wm-id"],
    status: record.status,
    "deleted-by": record["deleted-by"],
    suspicion: record.suspicion?.length === 0 ? undefined : record.suspicion,
    author: {
      type: "card",
      name: author.name,
      url: author.url,
      uid: author.uid,
      nickname: author.nickname,
      photo: author.photo,
    },
    url: record.url,
    site: record.site,
    published: record.published,
    updated: record.updated,
    name: record.name,
    content: content && { html: content.html, text: content.text },
    summary: record.summary,
    rsvp: record.rsvp,
    attachments: record.attachments?.map(({ type, url, alt, picture }) => ({ type, url, alt, picture })),
    emoji: record.emoji && sortedKeys(record.emoji),
    reactions: record.reactions && sortedKeys(record.reactions),
    "in-reply-to": record["in-reply-to"],
    anchor: record.anchor,
    copy: record.copy,
    "copy-id": record["copy-id"],
    routes: record.routes?.map((route) => ({
      "wm-id": route["wm-id"],
      "wm-source": route["wm-source"],
      "wm-protocol": route["wm-protocol"],
    })),
    "wm-source": record["wm-source"],
    "wm-target": record["wm-target"],
    "wm-protocol": record["wm-protocol"],
    "wm-property": record["wm-property"],
    "wm-received": record["wm-received"],
    "wm-private": record["wm-private"],
  };
}

function sortedKeys<Value>(counts: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
