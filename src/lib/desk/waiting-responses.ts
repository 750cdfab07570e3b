import type { Blog } from "../content/model.ts";
import { cleanLine, cleanLines, cleanName, hostOf, safeUrl, truncate } from "../responses/clean-text.ts";
import type { ResponseKind, ResponseProtocol } from "../responses/model.ts";
import { entryName, queueOf, type QueueEntry } from "../responses/queue.ts";
import { plainTextOf } from "../responses/shown-response.ts";
import type { ViewInput } from "../views/context.ts";

/** A response that waits for approval, as plain strings, sanitized as for a page. */
export interface WaitingResponse {
  /** Unambiguous id for `backfence responses moderate`. */
  readonly id: string;
  readonly name: string;
  readonly kind: ResponseKind;
  readonly protocol: ResponseProtocol;
  readonly date: string;
  readonly title: string;
  readonly text: string;
  /** Address of the original; null if it isn't a web address. */
  readonly source: string | null;
  readonly host: string;
  readonly reasons: readonly string[];
  readonly post: { readonly title: string; readonly href: string };
}

const MOST_TEXT = 600;

/** Responses with the status `pending`, oldest first. */
export function waitingEntries({ responses }: Blog): QueueEntry[] {
  return queueOf(new Map(Object.entries(responses)), ["pending"]);
}

/** Returns a function that converts queue entries for the desk. */
export function waitingResponse({
  blog,
  context: { urls },
}: ViewInput): (entry: QueueEntry) => WaitingResponse {
  const titles = new Map(blog.posts.map(({ slug, title }) => [slug, title]));
  return (entry) => {
    const { slug, record } = entry;
    return {
      id: entryName(entry),
      name: cleanName(record.author.name) || "Somebody",
      kind: record["wm-property"],
      protocol: record["wm-protocol"],
      date: record.published ?? record["wm-received"],
      title: cleanLine(record.name ?? "", 200),
      text: truncate(cleanLines(plainTextOf(record) || (record.summary ?? ""), 4000), MOST_TEXT),
      source: safeUrl(record["wm-source"]),
      host: hostOf(record["wm-source"]),
      reasons: (record.suspicion ?? []).map((reason) => cleanLine(reason, 300)),
      post: { title: titles.get(slug) ?? slug, href: urls.path(urls.postPath(slug)) },
    };
  };
}
