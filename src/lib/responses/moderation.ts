/** Who is shown at once and who waits: the operator's rule, earlier decisions, and the marks of spam. */
import type { Settings } from "../site/settings.ts";
import { hostOf } from "./clean-text.ts";
import { isNative, isVouched } from "./identity.ts";
import type { PostResponse, ResponseStatus } from "./model.ts";
import { isOwnResponse, type BlogOwner } from "./own-responses.ts";
import { isOrBelow, senderSite } from "./sender-site.ts";
import { SPAM, spamMarks, spamMemory, SUSPECT, suspicionOf, weightOf, type SpamMemory } from "./spam.ts";

export interface Moderation {
  readonly rule: Settings["moderation"];
  /** Blocked domains; their subdomains are blocked, too. */
  readonly blocked: ReadonlySet<string>;
  /** Corners of the web whose answers were approved before, see `senderPlace`. */
  readonly approvedPlaces: ReadonlySet<string>;
  readonly memory: SpamMemory;
  /** The blog's own authors never wait. */
  readonly owner?: BlogOwner | undefined;
}

export interface Decision {
  readonly status: ResponseStatus;
  readonly suspicion?: readonly string[] | undefined;
}

/**
 * What is known before a pull decides anything. Both lists are read at the first decision, and not at all by a pull that
 * brings nothing new.
 * @param incoming what comes in with this pull: its texts count for repetition, its places for nothing.
 */
export function moderationOf(
  rule: Settings["moderation"],
  stored: Iterable<PostResponse>,
  incoming: Iterable<PostResponse>,
  blocked: ReadonlySet<string>,
  owner?: BlogOwner,
): Moderation {
  let known: Pick<Moderation, "memory" | "approvedPlaces"> | null = null;
  const read = () => (known ??= knownFrom(stored, incoming, blocked));
  return {
    rule,
    blocked,
    owner,
    get memory() {
      return read().memory;
    },
    get approvedPlaces() {
      return read().approvedPlaces;
    },
  };
}

function knownFrom(
  stored: Iterable<PostResponse>,
  incoming: Iterable<PostResponse>,
  blocked: ReadonlySet<string>,
): Pick<Moderation, "memory" | "approvedPlaces"> {
  const approvedPlaces = new Set<string>();
  // Each record is seen once, so that a pull needn't hold all of them.
  function* all() {
    for (const record of stored) {
      const place = record.status === "approved" ? senderPlace(record) : null;
      if (place !== null) approvedPlaces.add(place);
      yield record;
    }
    yield* incoming;
  }
  return { memory: spamMemory(all(), blocked), approvedPlaces };
}

/** Decides about a response that wasn't there before. */
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
  const place = senderPlace(record);
  const isShown =
    rule === "none" || (rule === "first-time" && place !== null && moderation.approvedPlaces.has(place));
  return isShown ? { status: "approved" } : { status: "pending", suspicion };
}

/**
 * Decides about a response that changed. What was decided stays; an approved one waits again when it has come to look
 * like spam, or when its author's name or address changes: the approval was for another author.
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
 * Whose corner of the web an answer came from, where that was checked: the host of the page that links here, the
 * account on GitHub or a network, the author whom Bridgy names. Null for comments, whose addresses aren't verified.
 */
export function senderPlace(record: PostResponse): string | null {
  const protocol = record["wm-protocol"];
  if (protocol === "comment") return null;
  if (isNative(record)) return record.author.uid ?? null;
  const isRelayed = protocol === "giscus" || /(?:^|\.)brid\.gy$/.test(hostOf(record["wm-source"]));
  const address = isRelayed ? record.author.url : record["wm-source"];
  return address === undefined || hostOf(address) === "" ? null : senderSite(address);
}

/** The blocked domain from which a response comes or to which its author's name links, or null. */
export function blockedHost(record: PostResponse, blocked: ReadonlySet<string>): string | null {
  const isOwnPlace = record["wm-protocol"] === "comment" || record["wm-protocol"] === "giscus";
  const addresses = [record.author.url, ...(isOwnPlace ? [] : [record["wm-source"], record.url])];
  return addresses.map(hostOf).find((host) => host !== "" && isOrBelow(host, blocked)) ?? null;
}

/**
 * What is left of a deleted response: enough to know it again, nothing of what it said or who said it.
 * @param by `source`: it was taken back where it came from; `moderator`: it may never return.
 */
export function tombstoneOf(record: PostResponse, by: "source" | "moderator"): PostResponse {
  return {
    type: "entry",
    "wm-id": record["wm-id"],
    status: "deleted",
    "deleted-by": by === "source" ? by : undefined,
    author: { type: "card", name: "" },
    // A bridge's page names the reply by its address on the network, by which another route is known to be the same.
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

/** A moderator's decision. An approved record has no suspicion any more; a deleted one has nothing. */
export function withDecision(record: PostResponse, status: ResponseStatus): PostResponse {
  if (status === "deleted") return tombstoneOf(record, "moderator");
  return { ...record, status, suspicion: status === "approved" ? undefined : record.suspicion };
}
