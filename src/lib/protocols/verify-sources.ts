import * as z from "zod";
import type { PostResponse } from "../responses/model.ts";
import type { SourceCheck } from "./check-source.ts";

const HOUR_MS = 3_600_000;

/** Attempts closer together count as one, so that one night's outage isn't five failures. */
const MIN_HOURS_BETWEEN_TRIES = 12;

/** Number of attempts, and of days, for which a source must fail before its response is deleted. */
const PATIENCE = {
  /** 404: the page is missing, but maybe not permanently. */
  missing: { tries: 3, days: 7 },
  /** No response, 5xx, 401 …: whether the page exists is unknown. */
  unreachable: { tries: 5, days: 30 },
} as const;

const failureSchema = z.strictObject({
  state: z.enum(["missing", "unreachable"]),
  tries: z.int().positive(),
  /** Time of the first and of the latest counted attempt. */
  first: z.iso.datetime({ offset: true }),
  last: z.iso.datetime({ offset: true }),
  /** One human-readable line. */
  message: z.string(),
});

/** Schema of `content/unreachable.json`. */
export const failuresSchema = z.strictObject({ sources: z.record(z.string(), failureSchema) });

/** Consecutive failures of a source. */
export type SourceFailure = z.infer<typeof failureSchema>;

/** Result of checking the source of a response. */
export interface Verdict {
  readonly action: "keep" | "delete";
  /** Failure to store for the source, or null. */
  readonly failure: SourceFailure | null;
}

/**
 * Decides whether to delete a response. 410, or a page without the link, deletes it at once. Possibly temporary
 * failures have to repeat over days. An unreadable source proves nothing, so the response is kept.
 *
 * @param earlier the stored failure of the source.
 */
export function judgeFailure(check: SourceCheck, earlier: SourceFailure | null, now: Date): Verdict {
  const { state, message } = check;
  if (state === "gone" || state === "unlinked") return { action: "delete", failure: null };
  if (state === "linked" || state === "unreadable") return { action: "keep", failure: null };
  const failure = counted({ state, message }, earlier, now);
  const { tries, days } = PATIENCE[state];
  const lastsMs = now.getTime() - Date.parse(failure.first);
  const isOver = failure.tries >= tries && lastsMs >= days * 24 * HOUR_MS;
  return isOver ? { action: "delete", failure: null } : { action: "keep", failure };
}

/** Keeps counting from the first failure when an unreachable source becomes missing, or the reverse. */
function counted(
  { state, message }: Pick<SourceFailure, "state" | "message">,
  earlier: SourceFailure | null,
  now: Date,
): SourceFailure {
  const at = now.toISOString();
  if (earlier === null) return { state, tries: 1, first: at, last: at, message };
  const isSameTry = now.getTime() - Date.parse(earlier.last) < MIN_HOURS_BETWEEN_TRIES * HOUR_MS;
  if (isSameTry) return { ...earlier, state, message };
  return { state, tries: earlier.tries + 1, first: earlier.first, last: at, message };
}

/**
 * Whether the source of a stored response can be checked again. Comments and discussions have no page of their own;
 * private sources can't be fetched; trackbacks never had to link back; and responses imported from a previous platform
 * are an archive that is kept even if their sources disappear.
 */
export function isVerifiable(record: PostResponse): boolean {
  const isCurrent = record.status === "approved" || record.status === "pending";
  const isLinked = record["wm-protocol"] === "webmention" || record["wm-protocol"] === "pingback";
  return isCurrent && isLinked && record["wm-private"] !== true && record.anchor === undefined;
}

/** Returns the text of `content/unreachable.json`, sorted; null without failures. */
export function serializeFailures(failures: ReadonlyMap<string, SourceFailure>): string | null {
  if (failures.size === 0) return null;
  const sorted = [...failures].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const sources = sorted.map(([source, { state, tries, first, last, message }]) => [
    source,
    { state, tries, first, last, message },
  ]);
  return `${JSON.stringify({ sources: Object.fromEntries(sources) }, null, 2)}\n`;
}

/**
 * Selects the sources that a limited run checks: a window that moves every day, so that daily runs cover all sources
 * without storing a position.
 */
export function windowOfDay(sources: readonly string[], limit: number, now: Date): readonly string[] {
  if (limit >= sources.length) return sources;
  const sorted = [...sources].sort();
  const day = Math.floor(now.getTime() / (24 * HOUR_MS));
  const start = (day * limit) % sorted.length;
  return [...sorted, ...sorted].slice(start, start + limit);
}
