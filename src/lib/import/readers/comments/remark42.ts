/** Remark42's backup: a line with the version, then one comment per line. https://remark42.com/docs/backup/ */
import * as z from "zod";
import type { ArchiveBuilder } from "../../archive-builder.ts";
import type { ArchiveThread } from "../../archive.ts";
import { anyDate } from "../source-dates.ts";
import { addComment, addThread } from "./add-comment.ts";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

const commentSchema = z.looseObject({
  id: z.string(),
  pid: text,
  text,
  user: z.looseObject({ name: text, id: text, ip: text }),
  locator: z.looseObject({ url: z.string() }),
  title: text,
  time: z.unknown().optional(),
  delete: z.boolean().nullish(),
  votes: z.record(z.string(), z.unknown()).nullish(),
  pin: z.boolean().nullish(),
});

/**
 * Unreadable lines are skipped and reported, since they don't affect the others.
 * @param pieces text in pieces that end at line ends.
 */
export function readRemark42(pieces: Iterable<string>, file: string, builder: ArchiveBuilder): void {
  const threads = new Map<string, ArchiveThread>();
  let damaged = 0;
  let isFirst = true;
  for (const line of linesOf(pieces)) {
    if (isFirst) {
      isFirst = false;
      continue;
    }
    const comment = parseLine(line);
    if (comment === null) {
      damaged += 1;
      builder.ledger.ignore("comment", "its line is damaged");
    } else add(comment, builder, threads);
  }
  if (damaged > 0) builder.doubt(file, `${damaged} lines are damaged; export it again to have all`);
}

function add(
  comment: z.output<typeof commentSchema>,
  builder: ArchiveBuilder,
  threads: Map<string, ArchiveThread>,
): void {
  const { url } = comment.locator;
  addThread(builder, threads, { id: url, addresses: [url], title: comment.title });
  const ignored = [
    ...(Object.keys(comment.votes ?? {}).length > 0 ? ["votes of readers"] : []),
    ...(comment.pin === true ? ["a pin"] : []),
  ];
  addComment(builder, {
    thread: url,
    id: `remark42-${comment.id}`,
    parent: comment.pid === "" ? null : `remark42-${comment.pid}`,
    anchor: `remark42__comment-${comment.id}`,
    state: comment.delete === true ? "trashed" : "approved",
    name: comment.user.name,
    ip: comment.user.ip,
    userId: comment.user.id.startsWith("anonymous_") || comment.user.id === "" ? null : comment.user.id,
    date: anyDate(comment.time),
    // `orig` would be the raw input, before Remark42 sanitized it.
    text: comment.text,
    format: "html",
    ignored,
  });
}

function parseLine(line: string): z.output<typeof commentSchema> | null {
  try {
    const parsed = commentSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}

function* linesOf(pieces: Iterable<string>): Generator<string> {
  for (const piece of pieces) for (const line of piece.split("\n")) if (line.trim() !== "") yield line;
}
