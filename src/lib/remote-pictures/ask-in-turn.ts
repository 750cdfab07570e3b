import { setTimeout as wait } from "node:timers/promises";
import { FetchError } from "../protocols/fetch-error.ts";
import { NoPictureError, ServerFault, type FetchedPicture } from "./save-picture.ts";

/** A server that fails so often in a row is down, or doesn't want to be asked. */
const MOST_FAILURES = 5;

/** Fetches a picture once it's the turn of its server. @throws NoPictureError, FetchError */
export type AskInTurn = (address: string) => Promise<FetchedPicture>;

/** The picture wasn't asked for; another run may get it. */
export class NotAskedError extends NoPictureError {}

export interface TurnOptions {
  readonly sleep?: ((ms: number) => Promise<void>) | undefined;
  /** Between two requests to one server. */
  readonly pauseMs?: number | undefined;
  /** Of all pictures of a run; unlimited by default. */
  readonly maxBytes?: number | undefined;
}

/**
 * Fetching with courtesy: a pause between two requests to one server; none any more to one that asks to wait or has
 * failed several times in a row. Requests to one server come one after the other, which is the caller's part.
 */
export function askInTurn(
  fetch: AskInTurn,
  { sleep = (ms) => wait(ms), pauseMs = 500, maxBytes = Infinity }: TurnOptions = {},
): AskInTurn {
  const asked = new Set<string>();
  const failures = new Map<string, number>();
  const closed = new Map<string, string>();
  let bytesLeft = maxBytes;
  return async (address) => {
    const host = URL.parse(address, "https://elsewhere.invalid/")?.host ?? address;
    const reason = bytesLeft <= 0 ? "all pictures together are too large" : closed.get(host);
    if (reason !== undefined) throw new NotAskedError(reason);
    if (asked.has(host)) await sleep(pauseMs);
    asked.add(host);
    try {
      const picture = await fetch(address);
      failures.delete(host);
      bytesLeft -= picture.bytes.length;
      return picture;
    } catch (error) {
      const isServersFault =
        error instanceof ServerFault || (error instanceof FetchError && error.isTransient);
      const count = isServersFault ? (failures.get(host) ?? 0) + 1 : 0;
      failures.set(host, count);
      if (error instanceof ServerFault && error.asksToWait)
        closed.set(host, "the server asks to wait; run the command again later");
      else if (count >= MOST_FAILURES) closed.set(host, "the server doesn't answer");
      throw error;
    }
  };
}
