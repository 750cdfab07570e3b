import { cleanLine, cleanLines, hostOf, truncate } from "../../lib/responses/clean-text.ts";
import { isNative } from "../../lib/responses/identity.ts";
import type { QueueEntry } from "../../lib/responses/queue.ts";
import { plainTextOf } from "../../lib/responses/shown-response.ts";

const WIDTH = 88;

/** The queue for a script. */
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

/** The queue for a person, without a terminal. */
export function queueAsText(queue: readonly QueueEntry[]): string {
  if (queue.length === 0) return "No responses are waiting.\n";
  const entries = queue.map((entry) => `${entry.record["wm-id"]}  ${entryAsText(entry)}`);
  return `${entries.join("\n")}\n${queue.length} in all.\n`;
}

/**
 * One response as a moderator reads it: who, where, what, and why it's suspicious. Nothing in it can move the cursor
 * or colour the screen, whatever its author wrote.
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

/** The domain that a moderator would block for a response: of the page that links here, else of the name's link. */
export function domainToBlock({ record }: QueueEntry): string {
  // A server of a network has many people: `privacy.block` in site.yaml is for one of them.
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
