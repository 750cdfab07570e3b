/** Requests to a server that speaks Mastodon's API, and its answers once a schema has parsed them. */
import type * as z from "zod";
import { PullFault } from "../responses/pull/api-client.ts";
import type { NetworkAnswer, NetworkSession } from "./session.ts";

export interface MastodonServer {
  readonly session: NetworkSession;
  /** `https://social.example`. */
  readonly origin: string;
  /** Of a user there; null for requests without a login. */
  readonly token: string | null;
}

/** @param expected statuses that are an answer rather than a fault. @throws PullFault */
export function askMastodon(
  { session, origin, token }: MastodonServer,
  path: string,
  expected: readonly number[],
): Promise<NetworkAnswer> {
  const service = hostOf(origin);
  const tokenHint = `add "${service}=token" to MASTODON_TOKENS`;
  return session.ask(new URL(path, origin).href, { service, token, tokenHint, expected });
}

/** @throws PullFault for JSON in another format. */
export function readMastodon<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  { origin }: Pick<MastodonServer, "origin">,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new PullFault("badAnswer", `${hostOf(origin)} answered with JSON that isn't Mastodon's`);
}

/** How messages call the server. */
export function hostOf(origin: string): string {
  return new URL(origin).host;
}
