import type { PostResponse } from "../responses/model.ts";

/** An answer with what was answered to it, oldest first. */
export interface Thread {
  readonly response: PostResponse;
  readonly replies: readonly Thread[];
}

interface OpenThread extends Thread {
  readonly replies: OpenThread[];
}

/**
 * Answers as threads, by the order of `responses`. One whose parent isn't there, or that would close a circle, begins
 * a thread of its own.
 */
export function threadsOf(responses: readonly PostResponse[]): Thread[] {
  const nodes = responses.map((response): OpenThread => ({ response, replies: [] }));
  const byName = new Map<string, OpenThread>();
  for (const node of nodes) {
    byName.set(node.response.url, node);
    byName.set(String(node.response["wm-id"]), node);
  }
  const parents = new Map<OpenThread, OpenThread>();
  const roots: OpenThread[] = [];
  for (const node of nodes) {
    const parent = byName.get(node.response["in-reply-to"] ?? "");
    if (parent === undefined || leadsTo(parent, node, parents)) {
      roots.push(node);
      continue;
    }
    parents.set(node, parent);
    parent.replies.push(node);
  }
  return roots;
}

function leadsTo(from: OpenThread, to: OpenThread, parents: ReadonlyMap<OpenThread, OpenThread>): boolean {
  for (let at: OpenThread | undefined = from; at !== undefined; at = parents.get(at)) {
    if (at === to) return true;
  }
  return false;
}
