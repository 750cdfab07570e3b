/** Pulls webmentions and pingbacks from a JF2 API: new and deleted ones, and regularly all of them. */
import type { PostResponse } from "../model.ts";
import type { TargetIndex } from "../targets.ts";
import {
  fetchDeletions,
  fetchMentions,
  highestId,
  serviceName,
  type Jf2Api,
  type Jf2Deletion,
  type Jf2Mention,
  type MentionKey,
} from "./jf2-api.ts";
import { draftOfMention, type Skipped } from "./jf2-record.ts";
import type { DraftSpool, SpooledDraft } from "./draft-spool.ts";
import { readPullState, type PullState } from "./pull-state.ts";
import type { SourceResult } from "./source-result.ts";
import type { StoredName } from "./stored-conversation.ts";

/** Days after which all mentions are fetched, because a request with `since_id` doesn't include edits of older ones. */
const SWEEP_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface MentionsSource extends Omit<Jf2Api, "onProgress"> {
  readonly contentDir: string;
  readonly now: Date;
  readonly isFull: boolean;
  readonly targets: TargetIndex;
  /** All stored records. */
  readonly stored: readonly StoredName[];
  readonly spool: DraftSpool;
  readonly onProgress: (line: string) => void;
}

/** @throws PullFault */
export async function pullMentions(source: MentionsSource): Promise<SourceResult> {
  const { base, domain, now, contentDir, onProgress } = source;
  const service = serviceName(source);
  const state = readPullState(contentDir, base, domain);
  const isSweep =
    state === null || source.isFull || now.getTime() - Date.parse(state.swept) >= SWEEP_DAYS * DAY_MS;
  const api: Jf2Api = { ...source, onProgress: (count) => onProgress(`${service}: ${count} mentions`) };
  const sorted = sorter(source);
  const { mentions, unreadable } = await fetchMentions(api, isSweep ? 0 : state.sinceId, sorted.take);
  const deletions = await fetchDeletions(api);
  const absent =
    isSweep && deletions === null ? absentFrom(mentions, source.stored) : { isGone: () => false, notes: [] };
  const isDeleted = deletedBy(deletions ?? [], mentions);
  const next: PullState = {
    api: base,
    domain,
    sinceId: Math.max(highestId(mentions) ?? 0, state?.sinceId ?? 0),
    swept: isSweep ? now.toISOString().slice(0, 10) : state.swept,
  };
  return {
    drafts: sorted.drafts,
    isGone: (record) =>
      (isMention(record) && (isDeleted(record) || absent.isGone(record))) ||
      (isFromReceiver(record) && isDeleted(record)),
    isPrivate: (record) => isMention(record) && sorted.privateIds.has(String(record["wm-id"])),
    notes: [...notesOf(service, sorted.skipped, unreadable), ...absent.notes],
    state: next,
  };
}

interface SkippedMention {
  readonly target: string;
  readonly why: Skipped;
}

/** Collects mentions one by one as drafts, private ids and skipped mentions. */
function sorter({ targets, spool }: Pick<MentionsSource, "targets" | "spool">) {
  const drafts: SpooledDraft[] = [];
  const privateIds = new Set<string>();
  const skipped: SkippedMention[] = [];
  const take = (mention: Jf2Mention) => {
    const draft = draftOfMention(mention, targets);
    const kept = typeof draft === "string" ? null : spool.keep(draft);
    if (kept !== null) drafts.push(kept);
    if (typeof draft === "string") skipped.push({ target: mention["wm-target"], why: draft });
    if (draft === "private") privateIds.add(String(mention["wm-id"]));
  };
  return { drafts, privateIds, skipped, take };
}

/** Matches deletions by id; without an id by source and target, unless a mention with the same pair exists. */
function deletedBy(
  deletions: readonly Jf2Deletion[],
  alive: readonly MentionKey[],
): (record: PostResponse) => boolean {
  const ids = new Set<string>();
  const pairs = new Set<string>();
  for (const { "wm-id": id, "wm-source": source, "wm-target": target } of deletions) {
    if (id !== undefined) ids.add(String(id));
    else if (source !== undefined && target !== undefined) pairs.add(`${source} ${target}`);
  }
  for (const mention of alive) pairs.delete(`${mention["wm-source"]} ${mention["wm-target"]}`);
  return (record) =>
    ids.has(String(record["wm-id"])) || pairs.has(`${record["wm-source"]} ${record["wm-target"]}`);
}

/**
 * For an API without a list of deletions: mentions missing from a sweep are gone, unless more than five and more than
 * half of all mentions are missing, in which case the response is probably incomplete.
 */
function absentFrom(mentions: readonly MentionKey[], stored: readonly StoredName[]) {
  const ids = new Set(mentions.map((mention) => String(mention["wm-id"])));
  const alive = stored.filter((record) => isMention(record) && record.status !== "deleted");
  const isGone = (record: Pick<PostResponse, "wm-id">) => !ids.has(String(record["wm-id"]));
  const gone = alive.filter(isGone).length;
  if (gone <= Math.max(5, alive.length / 2)) return { isGone, notes: [] };
  const note = `${gone} of ${alive.length} stored mentions are missing from the response; not deleted, because the API has no list of deletions`;
  return { isGone: () => false, notes: [note] };
}

/**
 * Comments and trackbacks come from a receiver or an import, so only the list of deletions shows that they are gone.
 */
function isFromReceiver(record: PostResponse): boolean {
  return record["wm-protocol"] === "comment" || record["wm-protocol"] === "trackback";
}

function isMention(record: Pick<PostResponse, "wm-protocol">): boolean {
  return record["wm-protocol"] === "webmention" || record["wm-protocol"] === "pingback";
}

function notesOf(service: string, skipped: readonly SkippedMention[], unreadable: number): string[] {
  const notes: string[] = [];
  const homeless = skipped.filter(({ why }) => why === "no-post").map(({ target }) => target);
  if (homeless.length > 0) {
    const targets = [...new Set(homeless)].sort().slice(0, 5).join(", ");
    notes.push(
      `${service}: ${counted(homeless.length, "mention")} of addresses that aren't posts (${targets})`,
    );
  }
  const hidden = skipped.filter(({ why }) => why === "private").length;
  if (hidden > 0) notes.push(`${service}: ${counted(hidden, "private mention")} skipped`);
  const bad = unreadable + skipped.filter(({ why }) => why === "bad-source").length;
  if (bad > 0) notes.push(`${service}: ${counted(bad, "entry", "entries")} couldn't be read`);
  return notes;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
