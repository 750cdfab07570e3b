import { FetchError } from "../protocols/fetch-error.ts";
import { NoPictureError, ServerFault, type FetchedPicture } from "./save-picture.ts";

/** Between two requests to one server. */
const PAUSE_MS = 500;

/** A server that fails so often in a row is down, or doesn't want to be asked. */
const MOST_FAILURES = 5;

/** Fetches a picture once it's the turn of its server. @throws NoPictureError, FetchError */
export type AskInTurn = (address: string) => Promise<FetchedPicture>;

/**
 * Fetching with courtesy: a pause between two requests to one server; none any more to one that is busy or has failed
 * several times in a row.
 */
export function askInTurn(fetch: AskInTurn, sleep: (ms: number) => Promise<void>): AskInTurn {
  const asked = new Set<string>();
  const failures = new Map<string, number>();
  return async (address) => {
    const host = URL.parse(address, "https://elsewhere.invalid/")?.host ?? address;
    if ((failures.get(host) ?? 0) >= MOST_FAILURES)
      throw new NoPictureError(`${host} gives no pictures at present and isn't asked again in this run`);
    if (asked.has(host)) await sleep(PAUSE_MS);
    asked.add(host);
    try {
      const picture = await fetch(address);
      failures.delete(host);
      return picture;
    } catch (error) {
      const isServersFault = error instanceof FetchError || error instanceof ServerFault;
      const asksForRest = error instanceof ServerFault && error.status === 429;
      if (isServersFault) failures.set(host, asksForRest ? MOST_FAILURES : (failures.get(host) ?? 0) + 1);
      throw error;
    }
  };
}
