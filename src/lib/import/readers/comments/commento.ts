/** Commento's JSON export (version 1), optionally gzipped. */
import * as z from "zod";
import type { ArchiveBuilder } from "../../archive-builder.ts";
import type { ArchiveThread, ResponseState } from "../../archive.ts";
import { anyDate } from "../source-dates.ts";
import { addComment, addThread } from "./add-comment.ts";
import { parseJson } from "../parse-json.ts";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

const commentSchema = z.looseObject({
  commentHex: z.string(),
  domain: text,
  url: text,
  /** In exports of Commento++. */
  path: text,
  commenterHex: text,
  parentHex: text,
  markdown: text,
  html: text,
  state: text,
  deleted: z.boolean().nullish(),
  creationDate: z.unknown().optional(),
  score: z.number().nullish(),
});
const commenterSchema = z.looseObject({
  commenterHex: z.string(),
  email: text,
  name: text,
  link: text,
  photo: text,
});
const fileSchema = z.looseObject({
  comments: z
    .array(commentSchema)
    .nullish()
    .transform((list) => list ?? []),
  commenters: z
    .array(commenterSchema)
    .nullish()
    .transform((list) => list ?? []),
});

/** @throws AuthorError if the file is damaged. */
export function readCommento(json: string, file: string, builder: ArchiveBuilder): void {
  const { comments, commenters } = parseJson(json, file, fileSchema, "Commento");
  const people = new Map(commenters.map((person) => [person.commenterHex, person]));
  for (const { email, photo } of commenters) {
    builder.secrets.addEmail(email);
    if (email !== "") builder.ledger.settle(builder.ledger.read("metadata key"), "private");
    if (photo !== "") builder.ledger.ignore("metadata key", "pictures of commenters");
  }
  const threads = new Map<string, ArchiveThread>();
  for (const comment of comments) {
    const person = people.get(comment.commenterHex);
    const page = comment.url || comment.path;
    addThread(builder, threads, { id: page, addresses: [page], title: "" });
    addComment(builder, {
      thread: page,
      id: `commento-${comment.commentHex}`,
      parent:
        comment.parentHex === "" || comment.parentHex === "root" ? null : `commento-${comment.parentHex}`,
      anchor: `commento-${comment.commentHex}`,
      state: stateOf(comment),
      name: person?.name ?? "",
      url: known(person?.link),
      userId: person?.commenterHex ?? null,
      date: anyDate(comment.creationDate),
      text: comment.html === "" ? comment.markdown : comment.html,
      format: comment.html === "" ? "markdown" : "html",
      ignored: comment.score == null || comment.score === 0 ? [] : ["votes of readers"],
    });
  }
}

/** Commento writes "undefined" for missing values. */
function known(value: string | undefined): string | null {
  return value === undefined || value === "undefined" ? null : value;
}

function stateOf({ deleted, state }: z.output<typeof commentSchema>): ResponseState {
  if (deleted === true) return "trashed";
  if (state === "approved") return "approved";
  return state === "flagged" || state === "spam" ? "spam" : "pending";
}
