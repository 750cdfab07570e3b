import type { PostResponse } from "../responses/model.ts";

/** An answer with what was answered to it, oldest first. */
export interface Thread {
  readonly response: PostResponse;
  /** What it answers; null when it answers the post. */
  readonly parent: PostResponse | null;
  readonly replies: readonly Thread[];
}

interface OpenThread extends Thread {
  parent: PostResponse | null;
  readonly replies: OpenThread[];
}

/** Deeper answers stand beside the one at this depth, so that a long exchange doesn't run off the page. */
const MAX_DEPTH = 4;

/**
 * Answers as threads, in the order of `responses`. One whose parent isn't among them, or that would close a circle,
 * begins a thread of its own.
 */
export function threadsOf(responses: readonly PostResponse[]): Thread[] {
  const nodes = responses.map((response): OpenThread => ({ response, parent: null, replies: [] }));
  const byName = new Map<string, OpenThread>();
  for (const node of nodes) {
    byName.set(node.response.url, node);
    byName.set(String(node.response["wm-id"]), node);
  }
  const parents = new Map<OpenThread, OpenThread>();
  for (const node of nodes) {
    const parent = byName.get(node.response["in-reply-to"] ?? "");
    if (parent !== undefined && !leadsTo(parent, node, parents)) parents.set(node, parent);
  }
  for (const node of nodes) {
    const parent = parents.get(node);
    if (parent === undefined) continue;
    node.parent = parent.response;
    holderOf(parent, parents).replies.push(node);
  }
  return nodes.filter((node) => !parents.has(node));
}

/** Answers in some threads, replies included. */
export function countAnswers(threads: readonly Thread[]): number {
  return threads.reduce((sum, thread) => sum + 1 + countAnswers(thread.replies), 0);
}

function leadsTo(from: OpenThread, to: OpenThread, parents: ReadonlyMap<OpenThread, OpenThread>): boolean {
  for (let at: OpenThread | undefined = from; at !== undefined; at = parents.get(at)) {
    if (at === to) return true;
  }
  return false;
}

/** The answer under which a reply to `parent` is shown: itself, or the last of its ancestors that isn't too deep. */
function holderOf(parent: OpenThread, parents: ReadonlyMap<OpenThread, OpenThread>): OpenThread {
  const line: OpenThread[] = [];
  for (let at: OpenThread | undefined = parent; at !== undefined; at = parents.get(at)) line.unshift(at);
  return line[Math.min(line.length, MAX_DEPTH) - 1] ?? parent;
}
