/** Shared code of the readers of comment systems: a thread for each page, a response for each comment. */
import { markdownToHtml } from "satteri";
import type { ArchiveBuilder } from "../../archive-builder.ts";
import type { ArchiveThread, ResponseState, SourceDate } from "../../archive.ts";

export interface SourceComment {
  /** Id of the thread. */
  readonly thread: string;
  /** Id with the name of its system, such as `isso-5`, so that those of two systems differ. */
  readonly id: string | null;
  readonly parent: string | null;
  /** Name of its place in the old page, without `#`. */
  readonly anchor: string | null;
  readonly state: ResponseState;
  readonly name: string;
  readonly url?: string | null | undefined;
  readonly email?: string | null | undefined;
  /** IP address, or what the system made of it. */
  readonly ip?: string | null | undefined;
  /** The account recorded by the service; null for a typed name. */
  readonly userId?: string | null | undefined;
  /** Address of the account for which the system vouches. */
  readonly account?: string | null | undefined;
  readonly date: SourceDate | null;
  readonly text: string;
  /** `text`: HTML in which line breaks count. */
  readonly format: "html" | "text" | "markdown";
  /** Why each key of the comment that has no place here is left out. */
  readonly ignored?: readonly string[] | undefined;
}

/** Longer texts are cut when they are stored anyway. */
const LONGEST_MARKDOWN = 100_000;

/** Adds a thread unless there is one with its id; addresses of both are kept. */
export function addThread(
  { archive, ledger }: ArchiveBuilder,
  known: Map<string, ArchiveThread>,
  thread: Omit<ArchiveThread, "record">,
): void {
  if (known.has(thread.id)) return;
  const added: ArchiveThread = { record: ledger.read("thread"), ...thread };
  known.set(thread.id, added);
  archive.threads.push(added);
}

export function addComment(builder: ArchiveBuilder, comment: SourceComment): void {
  const { archive, ledger, secrets } = builder;
  secrets.addEmail(comment.email);
  secrets.addIp(comment.ip);
  const record = ledger.read("comment");
  for (const value of [comment.email, comment.ip])
    if (value != null && value !== "") ledger.settle(ledger.read("metadata key"), "private");
  for (const reason of comment.ignored ?? []) ledger.ignore("metadata key", reason);
  const { format, text } = comment;
  archive.responses.push({
    record,
    parts: [],
    id: comment.id,
    entry: comment.thread,
    parent: comment.parent,
    kind: "comment",
    state: comment.state,
    author: {
      name: comment.name,
      url: comment.url ?? null,
      email: comment.email ?? null,
      userId: comment.userId ?? null,
      account: comment.account ?? null,
    },
    date: comment.date,
    text: builder.store(format === "markdown" ? htmlOf(text) : text),
    format: format === "text" ? "text" : "html",
    title: null,
    site: null,
    anchor: comment.anchor !== null && /^[\w.:-]+$/.test(comment.anchor) ? comment.anchor : null,
  });
}

/** HTML of a comment's Markdown, not yet sanitized. */
function htmlOf(markdown: string): string {
  return markdownToHtml(markdown.slice(0, LONGEST_MARKDOWN), { features: { frontmatter: false } }).html;
}
