import * as z from "zod";
import type { PostResponse } from "../responses/model.ts";
import type { SourceCheck } from "./check-source.ts";

const HOUR_MS = 3_600_000;

/** Tries closer together count as one: a night's outage isn't five failures. */
const MIN_HOURS_BETWEEN_TRIES = 12;

/** How often, and over how many days, a source must fail before its response is taken for gone. */
const PATIENCE = {
  /** 404: the page isn't there, but may not be gone for good. */
  missing: { tries: 3, days: 7 },
  /** No answer, 5xx, 401 …: says nothing about the page. */
  unreachable: { tries: 5, days: 30 },
} as const;

const failureSchema = z.strictObject({
  state: z.enum(["missing", "unreachable"]),
  tries: z.int().positive(),
  /** First and latest counted try. */
  first: z.iso.datetime({ offset: true }),
  last: z.iso.datetime({ offset: true }),
  /** One line for a person. */
  message: z.string(),
});

/** `content/unreachable.json`, checked. */
export const failuresSchema = z.strictObject({ sources: z.record(z.string(), failureSchema) });

/** How often a source has failed in a row. */
export type SourceFailure = z.infer<typeof failureSchema>;

/** Result of checking the source of a response. */
export interface Verdict {
  readonly action: "keep" | "delete";
  /** To remember for the source; null when there is nothing against it. */
  readonly failure: SourceFailure | null;
}

/**
 * Gone is gone: 410, or a page without the link, deletes at once. What may be a passing trouble has to repeat itself
 * over days. What can't be looked into proves nothing.
 *
 * @param earlier what is remembered of the source.
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

/** A source that was unreachable and is missing by now goes on counting from its first failure. */
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
 * Whether a stored response is looked at again. Comments and discussions have no page of their own to look at;
 * private sources can't be fetched; what was brought over from an older platform, and trackbacks, which never had
 * to link back, are the archive: it outlives the pages that it came from.
 */
export function isVerifiable(record: PostResponse): boolean {
  const isCurrent = record.status === "approved" || record.status === "pending";
  const isLinked = record["wm-protocol"] === "webmention" || record["wm-protocol"] === "pingback";
  return isCurrent && isLinked && record["wm-private"] !== true && record.anchor === undefined;
}

/** The text of `content/unreachable.json`, sorted; null when nothing is to be remembered. */
export function serialiseFailures(failures: ReadonlyMap<string, SourceFailure>): string | null {
  if (failures.size === 0) return null;
  const sorted = [...failures].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const sources = sorted.map(([source, { state, tries, first, last, message }]) => [
    source,
    { state, tries, first, last, message },
  ]);
  return `${JSON.stringify({ sources: Object.fromEntries(sources) }, null, 2)}\n`;
}

/**
 * Which sources a limited run looks at: a window that moves on every day, so that daily runs get round to all of
 * them without remembering where they stopped.
 */
export function windowOfDay(sources: readonly string[], limit: number, now: Date): readonly string[] {
  if (limit >= sources.length) return sources;
  const sorted = [...sources].sort();
  const day = Math.floor(now.getTime() / (24 * HOUR_MS));
  const start = (day * limit) % sorted.length;
  return [...sorted, ...sorted].slice(start, start + limit);
}
