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

/** A file in the `responses/` folder: its absolute path, and its name in messages. */
export interface ResponsesFile {
  readonly path: string;
  /** Path that begins with the content folder, with forward slashes: `content/responses/hello.json`. */
  readonly name: string;
}

/**
 * @param contentDir absolute path of the content folder.
 * @param file name below `responses/`, such as `hello.json`; empty for the folder itself.
 */
export function responsesFile(contentDir: string, file: string): ResponsesFile {
  const name = path.posix.join(path.basename(contentDir), "responses", file);
  return { path: path.join(contentDir, "responses", file), name };
}

/**
 * Returns the text of a response file: a JF2 feed, oldest first, keys in a fixed order, two-space JSON, one trailing
 * newline. The text doesn't depend on the order of the records.
 */
export function serializeResponses(records: readonly PostResponse[]): string {
  const children = [...records].sort(compareResponses).map(inOrder);
  return `${JSON.stringify({ type: "feed", children }, null, 2)}\n`;
}

/** Whether two records have the same text in a file. */
export function isSameResponse(a: PostResponse, b: PostResponse): boolean {
  return a === b || isDeepStrictEqual(inOrder(a), inOrder(b));
}

/** Returns the text of one record for {@link responsePieces}. */
export function serializeResponse(record: PostResponse): string {
  return JSON.stringify(inOrder(record), null, 2).replaceAll("\n", "\n    ");
}

/**
 * Yields the text of {@link serializeResponses} in pieces, for conversations that don't fit into memory.
 * @param texts records as text from {@link serializeResponse}, oldest first; at least one.
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
 * Writes a post's responses atomically, or removes the file if there are none. An unchanged file isn't written.
 *
 * @param contentDir absolute path of the content folder.
 * @returns whether the file was written or removed.
 */
export function writeResponses(contentDir: string, slug: string, records: readonly PostResponse[]): boolean {
  return writeResponsesText(contentDir, slug, records.length === 0 ? "" : serializeResponses(records));
}

/** Same as {@link writeResponses}, for text from {@link serializeResponses}; empty text means no responses. */
export function writeResponsesText(contentDir: string, slug: string, text: string): boolean {
  const file = responsesFile(contentDir, `${slug}.json`).path;
  const before = readFileIfExists(file);
  if (text === "") {
    if (before === null) return false;
    rmSync(file);
    return true;
  }
  if (text === before) return false;
  writeFileAtomic(file, text);
  return true;
}

/**
 * Writes a file atomically with a rename, so that no reader sees half a file; creates its folder. The content is synced
 * to disk before the rename, so that a power failure leaves the old file or the new one, never an empty one.
 */
export function writeFileAtomic(file: string, content: string | Uint8Array): void {
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

/** Returns the text of a file, or null if it doesn't exist. */
export function readFileIfExists(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** Orders keys for moderators: first who wrote it, then the content, then the source. */
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
