/** Queries to Bluesky's AppView, with responses parsed by a schema. */
import type * as z from "zod";
import { PullFault } from "../responses/pull/api-client.ts";
import { batches } from "./batches.ts";
import { profilesSchema } from "./bluesky-schema.ts";
import type { NetworkSession } from "./session.ts";

export interface AppView {
  readonly session: NetworkSession;
  /** Origin of the AppView. */
  readonly appView: string;
}

/** @returns the parsed JSON; null for one of the expected error statuses. @throws PullFault */
export async function askAppView(
  { session, appView }: AppView,
  method: string,
  params: Readonly<Record<string, string>> | [string, string][],
  expected: readonly number[] = [],
): Promise<unknown> {
  const query = new URLSearchParams(params).toString();
  const url = `${appView.replace(/\/$/, "")}/xrpc/${method}?${query}`;
  const { status, value } = await session.ask(url, { service: "Bluesky", expected });
  return status >= 400 ? null : value;
}

/** Parses JSON of the AppView. @throws PullFault when it doesn't match the schema. */
export function readAppView<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new PullFault("badAnswer", "Bluesky answered with JSON in an unknown format");
}

/** Profile texts by DID; the AppView doesn't include them in posts. */
export async function biosOf(view: AppView, dids: readonly string[]): Promise<Map<string, string>> {
  const bios = new Map<string, string>();
  for (const batch of batches([...new Set(dids)])) {
    const query = batch.map((did): [string, string] => ["actors", did]);
    const value = await askAppView(view, "app.bsky.actor.getProfiles", query);
    for (const { did, description } of readAppView(profilesSchema, value).profiles)
      bios.set(did, description ?? "");
  }
  return bios;
}
