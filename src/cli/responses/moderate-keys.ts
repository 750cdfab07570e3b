import type { PostResponse, ResponseStatus } from "../../lib/responses/model.ts";
import {
  withDomainBlocked,
  decided,
  entriesNamed,
  entryName,
  queueOf,
  type QueueEntry,
} from "../../lib/responses/queue.ts";
import type { Keys } from "./keys.ts";
import { domainToBlock, entryAsText } from "./moderate-output.ts";

type Records = Map<string, PostResponse[]>;

/** Storage that decisions are applied to. */
export interface Desk {
  read(): Records;
  write(records: Records): void;
  /** @returns whether the domain is newly blocked. */
  block(domain: string): boolean;
  unblock(domain: string): void;
}

/** Shared hosts, for which blocking isn't offered: it would block all of their users. */
const SHARED = new Set([
  "github.com",
  "brid.gy",
  "medium.com",
  "facebook.com",
  "x.com",
  "twitter.com",
  "mastodon.social",
]);

/**
 * Shows the queued responses one by one and applies the decision of each key, until `q`, the end of the input, or the
 * end of the queue. Each decision is written immediately.
 */
export async function moderateByKeys(
  desk: Desk,
  status: ResponseStatus,
  keys: Keys,
  out: (text: string) => void,
): Promise<void> {
  const undo: Step[] = [];
  let at = 0;
  for (;;) {
    const queue = queueOf(desk.read(), [status]);
    const entry = queue[Math.min(at, queue.length - 1)];
    if (entry === undefined) {
      out(`\nNothing waits any more.\n`);
      return;
    }
    at = Math.min(at, queue.length - 1);
    out(`\n${at + 1} of ${queue.length}  ${entryAsText(entry)}${menu(entry, undo.length > 0)}`);
    const key = await keys.next();
    out("\n");
    if (key === null || key === "q") return;
    if (key === "n") at = (at + 1) % queue.length;
    if (key === "p") at = (at + queue.length - 1) % queue.length;
    const before = desk.read();
    if (key === "u") takeBack(undo.pop(), desk);
    const decision = outcome(key, entry, desk);
    if (decision === undefined) continue;
    undo.push({ before, blocked: decision.blocked });
    desk.write(decision.records);
    out(`${said(key, entry)}\n`);
  }
}

/** A decision that can be undone. */
interface Step {
  readonly before: Records;
  /** Domain blocked by the decision. */
  readonly blocked: string | null;
}

function takeBack(step: Step | undefined, desk: Desk): void {
  if (step === undefined) return;
  if (step.blocked !== null) desk.unblock(step.blocked);
  desk.write(step.before);
}

function outcome(
  key: string,
  entry: QueueEntry,
  desk: Desk,
): { readonly records: Records; readonly blocked: string | null } | undefined {
  const verdicts: Readonly<Record<string, ResponseStatus>> = { a: "approved", s: "spam", d: "deleted" };
  const verdict = verdicts[key];
  const all = desk.read();
  if (verdict !== undefined) {
    const named = entriesNamed(all, entryName(entry));
    return { records: decided(all, named, verdict), blocked: null };
  }
  const domain = domainToBlock(entry);
  if (key !== "b" || domain === "" || SHARED.has(domain)) return undefined;
  const isNew = desk.block(domain);
  return { records: withDomainBlocked(all, domain), blocked: isNew ? domain : null };
}

function menu(entry: QueueEntry, canUndo: boolean): string {
  const domain = domainToBlock(entry);
  const block = domain === "" || SHARED.has(domain) ? [] : [`[b]lock ${domain}`];
  const keys = [
    "[a]pprove",
    "[s]pam",
    "[d]elete",
    ...block,
    "[n]ext",
    ...(canUndo ? ["[u]ndo"] : []),
    "[q]uit",
  ];
  return `${keys.join("  ")} `;
}

function said(key: string, entry: QueueEntry): string {
  const words: Readonly<Record<string, string>> = {
    a: "Approved.",
    s: "Marked as spam.",
    d: "Deleted.",
    b: `Blocked ${domainToBlock(entry)}.`,
  };
  return words[key] ?? "";
}
