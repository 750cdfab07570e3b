import { cleanLine, cleanLines, hostOf, truncate } from "../../lib/responses/clean-text.ts";
import { isNative } from "../../lib/responses/identity.ts";
import type { QueueEntry } from "../../lib/responses/queue.ts";
import { plainTextOf } from "../../lib/responses/shown-response.ts";

const WIDTH = 88;

/** The queue as JSON, for scripts. */
export function queueAsJson(queue: readonly QueueEntry[]): string {
  const responses = queue.map(({ slug, record }) => ({
    id: record["wm-id"],
    post: slug,
    status: record.status,
    kind: record["wm-property"],
    protocol: record["wm-protocol"],
    name: record.author.name,
    profile: record.author.url,
    source: record["wm-source"],
    published: record.published ?? record["wm-received"],
    text: plainTextOf(record),
    suspicion: record.suspicion ?? [],
  }));
  return `${JSON.stringify({ responses }, null, 2)}\n`;
}

/** The queue as plain text, for output without key input. */
export function queueAsText(queue: readonly QueueEntry[]): string {
  if (queue.length === 0) return "No responses are waiting.\n";
  const entries = queue.map((entry) => `${entry.record["wm-id"]}  ${entryAsText(entry)}`);
  return `${entries.join("\n")}\n${queue.length} in all.\n`;
}

/**
 * One response for the moderator: author, post, text and reasons for suspicion. Control characters are removed, so that
 * the text can't move the cursor or color the screen.
 */
export function entryAsText({ slug, record }: QueueEntry): string {
  const who = [cleanLine(record.author.name, 80) || "(deleted)", record.author.url]
    .filter(Boolean)
    .join("  ");
  const when = (record.published ?? record["wm-received"]).slice(0, 10);
  const head = `${who}\n${record["wm-property"]} ${record["wm-protocol"]} on ${slug}, ${when}, from ${record["wm-source"]}`;
  const title = record.name === undefined ? [] : [`“${cleanLine(record.name, 200)}”`];
  const text = truncate(cleanLines(plainTextOf(record) || (record.summary ?? ""), 4000), 1500);
  const body = [...title, ...(text === "" ? [] : [text])]
    .flatMap((part) => part.split("\n"))
    .flatMap(wrapped);
  const reasons = (record.suspicion ?? []).map((reason) => `! ${cleanLine(reason, 300)}`);
  const lines = [...head.split("\n"), ...body.map((line) => `  ${line}`), ...reasons];
  return `${lines.join("\n")}\n`;
}

/** The domain to block for a response: that of the source page or, for comments, of the author's link; may be empty. */
export function domainToBlock({ record }: QueueEntry): string {
  // A Mastodon or Bluesky server has many users; `privacy.block` in site.yaml blocks a single account.
  if (isNative(record)) return "";
  const isOwnPlace = record["wm-protocol"] === "comment" || record["wm-protocol"] === "giscus";
  return hostOf(isOwnPlace ? record.author.url : record["wm-source"]);
}

function wrapped(line: string): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    if (current !== "" && current.length + 1 + word.length > WIDTH) {
      lines.push(current);
      current = word;
    } else current = current === "" ? word : `${current} ${word}`;
  }
  return [...lines, current];
}
