import type { PostResponse } from "./model.ts";

/** The fields that order responses. */
export type Arrival = Pick<PostResponse, "published" | "wm-received" | "wm-id">;

/** When a response was made: its own date, else that of its arrival; milliseconds since 1970. */
export function timeOf(record: Arrival): number {
  const published = record.published === undefined ? Number.NaN : Date.parse(record.published);
  return Number.isNaN(published) ? Date.parse(record["wm-received"]) : published;
}

/** A response and its {@link timeOf}: to look up what was remembered takes as long as to read the date again. */
export interface TimedResponse<Response extends Arrival = PostResponse> {
  readonly record: Response;
  readonly time: number;
}

/** Oldest first; equal times by arrival, then by `wm-id`, so that the order never depends on the input's. */
export function compareTimed(a: TimedResponse<Arrival>, b: TimedResponse<Arrival>): number {
  return a.time - b.time || compareArrivals(a.record, b.record);
}

/** The same of records alone. */
export function compareResponses(a: PostResponse, b: PostResponse): number {
  return timeOf(a) - timeOf(b) || compareArrivals(a, b);
}

/** Records in the order of {@link compareResponses}, which most lists have already. */
export function sortedResponses(records: readonly PostResponse[]): PostResponse[] {
  const timed = records.map((record) => ({ record, time: timeOf(record) }));
  return timed.sort(compareTimed).map(({ record }) => record);
}

function compareArrivals(a: Arrival, b: Arrival): number {
  return (
    Date.parse(a["wm-received"]) - Date.parse(b["wm-received"]) ||
    compareIds(String(a["wm-id"]), String(b["wm-id"]))
  );
}

/** Names a response for good: there is one record for each protocol, source and target. */
export function responseKey(record: Pick<PostResponse, "wm-protocol" | "wm-source" | "wm-target">): string {
  return [record["wm-protocol"], record["wm-source"], record["wm-target"]].join(" ");
}

/** Ids are unique within a service: a webmention and a pingback come from the same one. */
export function idKey(record: Pick<PostResponse, "wm-protocol" | "wm-id">): string {
  const protocol = record["wm-protocol"] === "pingback" ? "webmention" : record["wm-protocol"];
  return `${protocol} ${record["wm-id"]}`;
}

function compareIds(a: string, b: string): number {
  const areNumbers = /^\d+$/.test(a) && /^\d+$/.test(b);
  if (areNumbers && a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
