/** Shared code of webmention, trackback and pingback: a source, a target, and a job to verify them. */
import { mentionProblem } from "../lib/protocols/check-source.ts";
import { hostOf, safeUrl } from "../lib/responses/clean-text.ts";
import type { ReceiverContext } from "./context.ts";
import { exceededBy } from "./limits.ts";
import type { ReceivingPost } from "./posts.ts";
import { SiteUnavailableError } from "./site-unavailable.ts";
import { addToMetric } from "./store/counters.ts";
import { queuedNotification, storeNotification, type VerifyPayload } from "./store/notifications.ts";
import { responseOf } from "./store/responses.ts";
import { ruleFor, rulesOf } from "./store/rules.ts";

/** Why a notification isn't accepted. */
export type Refusal =
  | "bad-source"
  | "bad-target"
  | "same-page"
  | "no-post"
  | "closed"
  | "blocked"
  | "own-site"
  | "too-many"
  | "overloaded"
  | "site-silent";

export interface Accepted {
  readonly token: string;
  readonly post: ReceivingPost;
}

export interface Refused {
  readonly refusal: Refusal;
  /** One sentence for the sender. */
  readonly message: string;
  readonly retryAfterSeconds?: number;
}

export interface Incoming {
  readonly protocol: VerifyPayload["protocol"];
  readonly source: string;
  readonly target: string;
  readonly trackback?: VerifyPayload["trackback"];
  readonly vouch?: string;
  readonly clientAddress: string | null;
}

const MESSAGES: Readonly<Record<Exclude<Refusal, "too-many" | "overloaded" | "site-silent">, string>> = {
  "bad-source": "source must be an http or https address without a user name",
  "bad-target": "target must be an http or https address without a user name",
  "same-page": "source and target are the same page",
  "no-post": "target isn't a post of this blog",
  closed: "the post takes no more responses",
  blocked: "responses from this domain aren't accepted",
  "own-site": "source is the receiver itself",
};

/** Checks a notification and adds it to the queue. The source is fetched later. */
export async function acceptNotification(
  context: ReceiverContext,
  incoming: Incoming,
): Promise<Accepted | Refused> {
  const { database, now, random, wake } = context;
  const checked = await checkPair(context, incoming).catch(refusedForNow);
  if ("refusal" in checked) {
    await addToMetric(database, `refused_${checked.refusal}`);
    return checked;
  }
  const { post, source, target } = checked;
  const waiting = await queuedNotification(database, post.slug, source);
  const exceeded = await exceededBy(context, incoming.clientAddress, source, post.slug);
  // A repeated notification beyond a limit gets the status page of the queued one, and isn't queued again.
  if (waiting !== null && exceeded !== null) return { token: waiting, post };
  if (exceeded !== null) {
    const refusal = exceeded.isOurs ? "overloaded" : "too-many";
    await addToMetric(database, `refused_${refusal}`);
    return { refusal, message: exceeded.message, retryAfterSeconds: exceeded.retryAfterSeconds };
  }
  const payload: VerifyPayload = {
    protocol: incoming.protocol,
    source,
    target,
    slug: post.slug,
    ...(incoming.trackback === undefined ? {} : { trackback: incoming.trackback }),
    ...(incoming.vouch === undefined ? {} : { vouch: incoming.vouch }),
  };
  const token = await storeNotification(database, payload, random(), now());
  wake();
  return { token, post };
}

interface CheckedPair {
  readonly post: ReceivingPost;
  readonly source: string;
  readonly target: string;
}

/** Checks that don't require fetching the source. */
async function checkPair(
  context: ReceiverContext,
  { source, target }: Pick<Incoming, "source" | "target">,
): Promise<CheckedPair | Refused> {
  const problem = mentionProblem(source, target);
  if (problem !== null) return refused(problem);
  const from = safeUrl(source);
  const to = safeUrl(target);
  if (from === null) return refused("bad-source");
  if (to === null) return refused("bad-target");
  if (new URL(from).origin === new URL(context.options.url).origin) return refused("own-site");
  const post = await context.posts.byUrl(to);
  if (post === null) return refused("no-post");
  if (ruleFor(await rulesOf(context.database), hostOf(from)) === "block") return refused("blocked");
  const cleanSource = withoutFragment(from);
  if (!post.isOpen && (await responseOf(context.database, post.slug, cleanSource)) === null)
    return refused("closed");
  return { post, source: cleanSource, target: to };
}

function refusedForNow(error: unknown): Refused {
  if (!(error instanceof SiteUnavailableError)) throw error;
  const { retryAfterSeconds } = SiteUnavailableError;
  return { refusal: "site-silent", message: lowerFirst(error.message), retryAfterSeconds };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function refused(refusal: Exclude<Refusal, "too-many" | "overloaded" | "site-silent">): Refused {
  return { refusal, message: MESSAGES[refusal] };
}

function withoutFragment(address: string): string {
  const url = new URL(address);
  url.hash = "";
  return url.href;
}
