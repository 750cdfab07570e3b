import { setTimeout as wait } from "node:timers/promises";
import { FetchError } from "../protocols/fetch-error.ts";
import { NoPictureError, ServerFault, type FetchedPicture } from "./save-picture.ts";

/** Number of consecutive failures after which a server gets no more requests. */
const MOST_FAILURES = 5;

/** Fetches a picture, subject to the limits of its server. @throws NoPictureError, FetchError */
export type AskInTurn = (address: string) => Promise<FetchedPicture>;

/** The picture wasn't requested; a later run may fetch it. */
export class NotAskedError extends NoPictureError {}

export interface TurnOptions {
  readonly sleep?: ((ms: number) => Promise<void>) | undefined;
  /** Pause between two requests to the same server. */
  readonly pauseMs?: number | undefined;
  /** Limit for all pictures of a run; unlimited by default. */
  readonly maxBytes?: number | undefined;
}

/**
 * Limits the load on servers: pauses between two requests to the same server, and stops requests to a server that asks
 * to wait or has failed several times in a row. The caller must not send requests to the same server concurrently.
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
