/**
 * Decides which responses are published at once and which are held, by the `moderation` setting, earlier decisions and
 * spam marks.
 */
import type { Settings } from "../site/settings.ts";
import { hostOf } from "./clean-text.ts";
import { isNative, isVouched } from "./identity.ts";
import type { PostResponse, ResponseStatus } from "./model.ts";
import { isOwnResponse, type BlogOwner } from "./own-responses.ts";
import { isOrBelow, senderSite } from "./sender-site.ts";
import { SPAM, spamMarks, spamMemory, SUSPECT, suspicionOf, weightOf, type SpamMemory } from "./spam.ts";

export interface Moderation {
  readonly rule: Settings["moderation"];
  /** Blocked domains, which include their subdomains. */
  readonly blocked: ReadonlySet<string>;
  /** Sites and accounts with approved responses, see `senderOrigin`. */
  readonly approvedOrigins: ReadonlySet<string>;
  readonly memory: SpamMemory;
  /** Responses by the blog's own authors are always approved. */
  readonly owner?: BlogOwner | undefined;
}

export interface Decision {
  readonly status: ResponseStatus;
  readonly suspicion?: readonly string[] | undefined;
}

/**
 * Returns the input for the decisions of a pull. Both lists are read at the first decision, so a pull without new
 * responses doesn't read them.
 * @param incoming responses of this pull; their texts count as repetitions, but their sites aren't approved.
 */
export function moderationOf(
  rule: Settings["moderation"],
  stored: Iterable<PostResponse>,
  incoming: Iterable<PostResponse>,
  blocked: ReadonlySet<string>,
  owner?: BlogOwner,
): Moderation {
  let known: Pick<Moderation, "memory" | "approvedOrigins"> | null = null;
  const read = () => (known ??= knownFrom(stored, incoming, blocked));
  return {
    rule,
    blocked,
    owner,
    get memory() {
      return read().memory;
    },
    get approvedOrigins() {
      return read().approvedOrigins;
    },
  };
}

function knownFrom(
  stored: Iterable<PostResponse>,
  incoming: Iterable<PostResponse>,
  blocked: ReadonlySet<string>,
): Pick<Moderation, "memory" | "approvedOrigins"> {
  const approvedOrigins = new Set<string>();
  // A single pass, so that the records don't have to be in memory together.
  function* all() {
    for (const record of stored) {
      const origin = record.status === "approved" ? senderOrigin(record) : null;
      if (origin !== null) approvedOrigins.add(origin);
      yield record;
    }
    yield* incoming;
  }
  return { memory: spamMemory(all(), blocked), approvedOrigins };
}

/** Decides about a new response. */
export function decide(
  record: PostResponse,
  moderation: Moderation,
  rule: Moderation["rule"] = moderation.rule,
): Decision {
  if (moderation.owner !== undefined && isOwnResponse(record, moderation.owner))
    return { status: "approved" };
  const host = blockedHost(record, moderation.blocked);
  if (host !== null) return { status: "spam", suspicion: [`${SPAM}: ${host} is blocked`] };
  const marks = spamMarks(record, moderation.memory);
  const weight = weightOf(marks);
  const suspicion = marks.length === 0 ? undefined : suspicionOf(marks);
  if (weight >= SPAM) return { status: "spam", suspicion };
  if (weight >= SUSPECT) return { status: "pending", suspicion };
  const origin = senderOrigin(record);
  const isShown =
    rule === "none" || (rule === "first-time" && origin !== null && moderation.approvedOrigins.has(origin));
  return isShown ? { status: "approved" } : { status: "pending", suspicion };
}

/**
 * Decides about a changed response. The earlier decision is kept, except that an approved response is held again if it
 * now looks like spam, or if its author's name or URL changed, since the approval was for another author.
 */
export function decideAgain(stored: PostResponse, changed: PostResponse, moderation: Moderation): Decision {
  if (stored.status !== "approved") return { status: stored.status, suspicion: stored.suspicion };
  const decision = decide(changed, moderation, "none");
  if (decision.status !== "approved") return { ...decision, status: "pending" };
  const isRenamed = stored.author.name !== changed.author.name || stored.author.url !== changed.author.url;
  const isTrusted = moderation.owner !== undefined && isOwnResponse(changed, moderation.owner);
  if (!isRenamed || isTrusted || moderation.rule === "none") return decision;
  return { status: "pending", suspicion: [RENAMED] };
}

const RENAMED = "its author's name or address changed after it was approved";

/**
 * Returns the verified origin of a response: the site of the linking page, the account on GitHub or a network, or the
 * author according to Bridgy. Null for comments, whose URLs aren't verified.
 */
export function senderOrigin(record: PostResponse): string | null {
  const protocol = record["wm-protocol"];
  if (protocol === "comment") return null;
  if (isNative(record)) return record.author.uid ?? null;
  const isRelayed = protocol === "giscus" || /(?:^|\.)brid\.gy$/.test(hostOf(record["wm-source"]));
  const address = isRelayed ? record.author.url : record["wm-source"];
  return address === undefined || hostOf(address) === "" ? null : senderSite(address);
}

/** Returns the blocked domain that a response comes from or its author links to, or null. */
export function blockedHost(record: PostResponse, blocked: ReadonlySet<string>): string | null {
  const isOwnPlace = record["wm-protocol"] === "comment" || record["wm-protocol"] === "giscus";
  const addresses = [record.author.url, ...(isOwnPlace ? [] : [record["wm-source"], record.url])];
  return addresses.map(hostOf).find((host) => host !== "" && isOrBelow(host, blocked)) ?? null;
}

/**
 * Returns the tombstone of a deleted response: enough to recognize it, without its content and author.
 * @param by `source`: it was deleted at its source; `moderator`: it must never return.
 */
export function tombstoneOf(record: PostResponse, by: "source" | "moderator"): PostResponse {
  return {
    type: "entry",
    "wm-id": record["wm-id"],
    status: "deleted",
    "deleted-by": by === "source" ? by : undefined,
    author: { type: "card", name: "" },
    // A bridge's record has the reply's URL on the network, which identifies the same reply from another route.
    url: isVouched(record) ? record.url : record["wm-source"],
    copy: record.copy,
    "copy-id": record["copy-id"],
    routes: record.routes,
    "wm-source": record["wm-source"],
    "wm-target": record["wm-target"],
    "wm-protocol": record["wm-protocol"],
    "wm-property": record["wm-property"],
    "wm-received": record["wm-received"],
  };
}

/** Applies a moderator's decision. Approval removes the suspicion; deletion leaves a tombstone. */
export function withDecision(record: PostResponse, status: ResponseStatus): PostResponse {
  if (status === "deleted") return tombstoneOf(record, "moderator");
  return { ...record, status, suspicion: status === "approved" ? undefined : record.suspicion };
}
