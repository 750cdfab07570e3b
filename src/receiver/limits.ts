/** Rate and size limits. IP addresses aren't stored, only their hashes with a key that is replaced every day. */
import type { ReceiverContext } from "./context.ts";
import type { ReceiverRequest } from "./http.ts";
import { MAX_BODY, MAX_COMMENT } from "./options.ts";
import { hmacHex, randomToken } from "./secrets.ts";
import { countAgainst, countedOf, agreedValue, type Limit } from "./store/counters.ts";
import { statement, type Statement } from "./store/database.ts";
import { queueLength } from "./store/jobs.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A rate limit that a request exceeds. */
export interface Exceeded {
  readonly message: string;
  readonly retryAfterSeconds: number;
  readonly isOurs: boolean;
}

/** Applies the limits of notifications; null within them. @param clientAddress null when it isn't known. */
export async function exceededBy(
  context: ReceiverContext,
  clientAddress: string | null,
  source: string,
  slug: string,
): Promise<Exceeded | null> {
  const { database, options, now } = context;
  if ((await queueLength(database)) >= options.limits.queue)
    return {
      message: "Too much is waiting to be verified; try again later",
      retryAfterSeconds: 300,
      isOurs: true,
    };
  const client = await clientKey(context, clientAddress);
  const limits: readonly Limit[] = [
    ...(client === null
      ? []
      : [{ key: `client ${client}`, max: options.limits.perAddress, windowMs: MINUTE_MS }]),
    { key: `host ${new URL(source).hostname}`, max: options.limits.perHost, windowMs: MINUTE_MS },
    { key: `pair ${slug} ${source}`, max: options.limits.perPair, windowMs: 10 * MINUTE_MS },
  ];
  return tooMany(await countAgainst(database, limits, now()));
}

/** Counts an action of a client against its limit in ten minutes; null within it. */
export async function exceededByClient(
  context: ReceiverContext,
  clientAddress: string | null,
  what: string,
  max: number,
): Promise<Exceeded | null> {
  const client = (await clientKey(context, clientAddress)) ?? "unknown";
  const limit = { key: `${what} ${client}`, max, windowMs: 10 * MINUTE_MS };
  return tooMany(await countAgainst(context.database, [limit], context.now()));
}

/** Whether a client is within the limit of an action in ten minutes. @param isCounted whether to count one more now. */
export async function isWithinLimit(
  context: ReceiverContext,
  clientAddress: string | null,
  what: string,
  max: number,
  isCounted: boolean,
): Promise<boolean> {
  if (isCounted) return (await exceededByClient(context, clientAddress, what, max)) === null;
  const client = (await clientKey(context, clientAddress)) ?? "unknown";
  return (await countedOf(context.database, `${what} ${client}`, context.now())) <= max;
}

/** Maximum bytes of a post without pictures, and of any request to Micropub without an authorization header. */
const MAX_TEXT = 1024 * 1024;
const MOST_PHOTOS = 3;

/** Maximum bytes of a comment form: percent-encoded, a character can take 9 bytes, and an emoji (2 code units) 12. */
const MAX_COMMENT_BODY = 9 * MAX_COMMENT + 32 * 1024;

/** Maximum size of a request's body, in bytes. */
export function maxBodyOf(c: ReceiverRequest, { options }: ReceiverContext): number {
  if (/^\/comment(?:\/|$)/.test(c.req.path)) return MAX_COMMENT_BODY;
  if (options.micropub === null || !/^\/(?:micropub|media)$/.test(c.req.path)) return MAX_BODY;
  const isMultipart = /^multipart\//i.test(c.req.header("content-type") ?? "");
  if (!isMultipart || c.req.header("authorization") === undefined) return MAX_TEXT;
  return MOST_PHOTOS * options.micropub.maxMediaBytes + MAX_TEXT;
}

/** Deletes expired counters, and the hash keys of earlier days. */
export function forgetStatements(now: number): readonly Statement[] {
  return [
    statement("DELETE FROM counter WHERE expires <= ?", now),
    statement("DELETE FROM value WHERE name LIKE 'client-key %' AND name <> ?", keyName(now)),
  ];
}

function tooMany(limit: Limit | null): Exceeded | null {
  if (limit === null) return null;
  const retryAfterSeconds = Math.ceil(limit.windowMs / 1000);
  return { message: "Too many requests; try again later", retryAfterSeconds, isOurs: false };
}

async function clientKey(context: ReceiverContext, address: string | null): Promise<string | null> {
  if (address === null) return null;
  const key = await agreedValue(context.database, keyName(context.now()), randomToken());
  return (await hmacHex(key, networkOf(address))).slice(0, 32);
}

function keyName(now: number): string {
  return `client-key ${Math.floor(now / DAY_MS)}`;
}

/** The address whose hash is counted: for IPv6 its /64 network, since a client usually has a whole one. */
function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  const [head = "", tail] = address.split("::");
  const first = head.split(":").filter((group) => group !== "");
  const last = (tail ?? "").split(":").filter((group) => group !== "");
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => "0");
  return [...first, ...zeros, ...last].slice(0, 4).join(":");
}
