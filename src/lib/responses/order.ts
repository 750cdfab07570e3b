import type { PostResponse } from "./model.ts";

/** The fields that order responses. */
export type Arrival = Pick<PostResponse, "published" | "wm-received" | "wm-id">;

/** Time of a response, in milliseconds since 1970: its own date, else the date of its arrival. */
export function timeOf(record: Arrival): number {
  const published = record.published === undefined ? Number.NaN : Date.parse(record.published);
  return Number.isNaN(published) ? Date.parse(record["wm-received"]) : published;
}

/**
 * A response with its {@link timeOf}. A cache by record wouldn't help: its lookup takes as long as parsing the date.
 */
export interface TimedResponse<Response extends Arrival = PostResponse> {
  readonly record: Response;
  readonly time: number;
}

/** Oldest first; equal times by arrival, then by `wm-id`, so that the order never depends on the input order. */
export function compareTimed(a: TimedResponse<Arrival>, b: TimedResponse<Arrival>): number {
  return a.time - b.time || compareArrivals(a.record, b.record);
}

/** Same as {@link compareTimed}, for records without their time. */
export function compareResponses(a: PostResponse, b: PostResponse): number {
  return timeOf(a) - timeOf(b) || compareArrivals(a, b);
}

/** Returns the records in the order of {@link compareResponses}. */
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

/** Permanent key of a response: there is one record per protocol, source and target. */
export function responseKey(record: Pick<PostResponse, "wm-protocol" | "wm-source" | "wm-target">): string {
  return [record["wm-protocol"], record["wm-source"], record["wm-target"]].join(" ");
}

/** Key by `wm-id`. Ids are unique within a service, and webmentions and pingbacks are from the same service. */
export function idKey(record: Pick<PostResponse, "wm-protocol" | "wm-id">): string {
  const protocol = record["wm-protocol"] === "pingback" ? "webmention" : record["wm-protocol"];
  return `${protocol} ${record["wm-id"]}`;
}

function compareIds(a: string, b: string): number {
  const areNumbers = /^\d+$/.test(a) && /^\d+$/.test(b);
  if (areNumbers && a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
