/** Adds comments from a comment system to the conversations of an existing blog. */
import type { Blog } from "../../content/model.ts";
import { responsePieces, serializeResponse } from "../../responses/store.ts";
import { responseKey, sortedResponses } from "../../responses/order.ts";
import { parseResponseFile } from "../../responses/record.ts";
import type { PostResponse } from "../../responses/model.ts";
import type { ArchiveBuilder } from "../archive-builder.ts";
import type { ArchiveResponse, ArchiveThread } from "../archive.ts";
import { threadFinder } from "../find-thread.ts";
import type { FoundText } from "../find-thread.ts";
import type { ImportProgress } from "../import-options.ts";
import type { ImportPlan } from "../import-plan.ts";
import type { Fate } from "../ledger.ts";
import type { OutputFolder } from "./output-folder.ts";
import { responseRecords } from "./responses.ts";

export interface JoinJob {
  readonly builder: ArchiveBuilder;
  readonly plan: ImportPlan;
  /** The existing blog, including drafts. */
  readonly blog: Blog;
  readonly output: OutputFolder;
  readonly onProgress: ((progress: ImportProgress) => void) | undefined;
}

interface Joined {
  readonly text: FoundText;
  readonly responses: ArchiveResponse[];
}

/**
 * Adds comments to conversations. Existing records stay unchanged, so that no moderation decision is lost and a second
 * run changes nothing.
 * @returns the timestamps of the export's comments that are now in conversations.
 */
export function joinConversations(job: JoinJob): string[] {
  const { archive } = job.builder;
  const byThread = Map.groupBy(archive.responses, ({ entry }) => entry);
  const joined = joinThreads(byThread, job);
  const dates: string[] = [];
  let done = 0;
  for (const one of joined) {
    job.onProgress?.({ step: "writing responses", done, of: archive.responses.length });
    done += one.responses.length;
    for (const date of writeOne(one, job)) dates.push(date);
  }
  const known = new Set(archive.threads.map(({ id }) => id));
  for (const [thread, responses] of byThread)
    if (!known.has(thread)) ignoreAll(responses, "its page isn't in the export", job.builder);
  return dates;
}

/** Finds the text of each thread; several threads of one text (http and https, two hosts) form one conversation. */
function joinThreads(byThread: ReadonlyMap<string, ArchiveResponse[]>, job: JoinJob): Joined[] {
  const { builder, blog } = job;
  const find = threadFinder(blog);
  const joined = new Map<string, Joined>();
  for (const thread of builder.archive.threads) {
    const responses = byThread.get(thread.id) ?? [];
    if (responses.length === 0) {
      builder.ledger.settle(thread.record, "ignored", "it has no comments");
      continue;
    }
    if (isPulled(thread, blog)) {
      const reason = "giscus is on: `backfence responses pull` fetches its comments";
      builder.ledger.settle(thread.record, "ignored", reason);
      ignoreAll(responses, reason, builder);
      continue;
    }
    const text = find(thread);
    const where = thread.addresses[0] ?? thread.title;
    if (text === null) {
      builder.ledger.settle(thread.record, "ignored", "no post has its address");
      ignoreAll(responses, "no post has the address of its page", builder);
      const count = responses.length === 1 ? "1 comment" : `${responses.length} comments`;
      builder.doubt(
        where,
        `${count}, but no post has this address: add it to the aliases of one, then run this again`,
      );
      continue;
    }
    if (text.by !== "address") builder.doubt(where, `taken for “${text.title}” by ${BY[text.by]}`);
    builder.ledger.settle(
      thread.record,
      text.kind === "page" ? "raw" : text.isPublished ? "written" : "kept",
    );
    const key = `${text.kind} ${text.slug}`;
    const known = joined.get(key);
    if (known === undefined) joined.set(key, { text, responses: [...responses] });
    else known.responses.push(...responses);
  }
  return [...joined.values()];
}

const BY = { title: "its title", "last part": "the last part of its address" } as const;

/** Whether `responses pull` fetches a thread's comments from giscus, so that importing them would duplicate them. */
function isPulled({ id }: ArchiveThread, { settings }: Blog): boolean {
  return (
    settings.giscus !== null &&
    id.toLowerCase().startsWith(`https://github.com/${settings.giscus.repo}/discussions/`.toLowerCase())
  );
}

function writeOne({ text, responses }: Joined, { builder, plan, blog, output }: JoinJob): string[] {
  const isPage = text.kind === "page";
  // Pages have no conversation, so their responses are stored outside the blog's content.
  const name = isPage ? `_import/page-responses/${text.slug}.json` : `responses/${text.slug}.json`;
  const before = isPage ? storedRecords(output.read(name), name) : (blog.responses[text.slug] ?? []);
  const kept = withLivingParents(responses).filter(({ state }) => state !== "trashed");
  ignoreAll(
    responses.filter(({ state }) => state === "trashed"),
    "it was deleted on the old blog",
    builder,
  );
  const conversation = new Conversation(before);
  const dates: string[] = [];
  for (const { source, record } of responseRecords(text, kept, plan, builder)) {
    const stored = conversation.add(record);
    const records = [source.record, ...source.parts];
    if (stored === "twin") {
      for (const one of records) builder.ledger.settle(one, "ignored", "the conversation has it already");
      continue;
    }
    builder.ledger.settleAll(records, isPage ? "raw" : fateOf(stored, text.isPublished));
    if (!isPage) dates.push(stored.published ?? stored["wm-received"]);
  }
  ignoreAll(kept, "it says nothing", builder);
  const { records, added } = conversation;
  if (added.length > 0) {
    const texts = function* (): Generator<string> {
      for (const record of sortedResponses(records)) yield serializeResponse(record);
    };
    output.addTo(name, responsePieces(texts()), added.values().map(serializeResponse));
  } else if (before.length > 0) output.leave();
  return dates;
}

function storedRecords(text: string | null, name: string): readonly PostResponse[] {
  return text === null ? [] : parseResponseFile(text, name).records;
}

/** The records of one text, old and new. */
class Conversation {
  readonly records: PostResponse[];
  readonly added: PostResponse[] = [];
  readonly #byKey: Map<string, PostResponse>;
  readonly #words: ReadonlySet<string>;

  constructor(before: readonly PostResponse[]) {
    this.records = [...before];
    this.#byKey = new Map(before.map((record) => [responseKey(record), record]));
    this.#words = new Set(before.map(wordsOf));
  }

  /**
   * Adds a record, unless it already exists.
   * @returns the stored record; `twin` if the same comment already exists from another source.
   */
  add(record: PostResponse): PostResponse | "twin" {
    const stored = this.#byKey.get(responseKey(record));
    if (stored !== undefined && stored["wm-id"] === record["wm-id"]) return stored;
    if (this.#words.has(wordsOf(record)) && record.published !== undefined) return "twin";
    const added = stored === undefined ? record : withOwnAnchor(record);
    const again = this.#byKey.get(responseKey(added));
    if (again !== undefined) return again;
    this.#byKey.set(responseKey(added), added);
    this.records.push(added);
    this.added.push(added);
    return added;
  }
}

/** Avoids anchor collisions: WordPress and Disqus both use anchors such as `comment-12`. */
function withOwnAnchor(record: PostResponse): PostResponse {
  const anchor = `c${record["wm-id"]}`;
  const url = `${record["wm-target"]}#${anchor}`;
  return { ...record, url, anchor, "wm-source": url };
}

function wordsOf({ author, published, content }: PostResponse): string {
  return JSON.stringify([author.name, published === undefined ? null : Date.parse(published), content?.text]);
}

function fateOf({ status }: PostResponse, isPublished: boolean): Exclude<Fate, "ignored"> {
  if (status === "spam") return "spam";
  return status === "approved" && isPublished ? "written" : "kept";
}

/** Replies to a deleted comment become replies to its parent. */
function withLivingParents(responses: readonly ArchiveResponse[]): ArchiveResponse[] {
  const byId = new Map(
    responses.flatMap((response) => (response.id === null ? [] : [[response.id, response]])),
  );
  return responses.map((response) => {
    let parent = response.parent;
    const seen = new Set<string>();
    while (parent !== null && !seen.has(parent)) {
      seen.add(parent);
      const above = byId.get(parent);
      if (above?.state !== "trashed") break;
      parent = above.parent;
    }
    return parent === response.parent ? response : { ...response, parent };
  });
}

function ignoreAll(responses: readonly ArchiveResponse[], reason: string, { ledger }: ArchiveBuilder): void {
  for (const { record, parts } of responses)
    for (const one of [record, ...parts]) if (!ledger.isSettled(one)) ledger.settle(one, "ignored", reason);
}
