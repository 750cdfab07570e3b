/** Requests to a server with Mastodon's API, with responses parsed by a schema. */
import type * as z from "zod";
import { PullFault } from "../responses/pull/api-client.ts";
import type { NetworkAnswer, NetworkSession } from "./session.ts";

export interface MastodonServer {
  readonly session: NetworkSession;
  /** `https://social.example`. */
  readonly origin: string;
  /** Access token of a user on this server; null for requests without a login. */
  readonly token: string | null;
}

/** @param expected error statuses to return instead of throwing a fault. @throws PullFault */
export function askMastodon(
  { session, origin, token }: MastodonServer,
  path: string,
  expected: readonly number[],
): Promise<NetworkAnswer> {
  const service = hostOf(origin);
  const tokenHint = `add "${service}=token" to MASTODON_TOKENS`;
  return session.ask(new URL(path, origin).href, { service, token, tokenHint, expected });
}

/** Parses JSON of a server. @throws PullFault when it doesn't match the schema. */
export function readMastodon<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  { origin }: Pick<MastodonServer, "origin">,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new PullFault("badAnswer", `${hostOf(origin)} answered with JSON that isn't Mastodon's`);
}

/** The server's host, as messages name it. */
export function hostOf(origin: string): string {
  return new URL(origin).host;
}
