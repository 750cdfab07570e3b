/** The look of a blog whose folder isn't here, from the file that its build publishes. */
import { FetchError } from "../lib/protocols/fetch-error.ts";
import type { GuardedClient } from "../lib/protocols/guarded-fetch.ts";
import type { Look } from "./pages/layout.ts";
import { LOOK_FILE, readLookFile } from "./pages/look-file.ts";

const KNOWN_MS = 60 * 60_000;
/** A blog that gives no answer, or publishes no look yet, isn't asked for each page. */
const MISSING_MS = 5 * 60_000;
const MAX_BYTES = 4 * 1024 * 1024;

/** Where the look of pages comes from. */
export interface LookSource {
  /** The look as far as it's known; nothing is waited for. */
  readonly known: () => Look;
  /** The look for a page. */
  readonly latest: () => Promise<Look>;
}

/** A look that doesn't change. */
export function fixedLook(look: Look): LookSource {
  return { known: () => look, latest: () => Promise.resolve(look) };
}

/**
 * The published look, fetched at most once an hour for all who ask.
 * @param plain look of the pages while the published one can't be had.
 */
export function publishedLook(
  site: string,
  plain: Look,
  client: GuardedClient,
  now: () => number,
): LookSource {
  let known = plain;
  let until = 0;
  let loading: Promise<void> | null = null;
  const load = async () => {
    const found = await fetched(`${site}${LOOK_FILE}`, client);
    known = found ?? known;
    until = now() + (found === null ? MISSING_MS : KNOWN_MS);
    loading = null;
  };
  return {
    known: () => known,
    latest: async () => {
      if (until <= now()) await (loading ??= load());
      return known;
    },
  };
}

async function fetched(address: string, client: GuardedClient): Promise<Look | null> {
  try {
    const response = await client.fetch(address, { accept: "application/json", maxBytes: MAX_BYTES });
    return response.status === 200 ? readLookFile(response.text()) : null;
  } catch (error) {
    if (error instanceof FetchError) return null;
    throw error;
  }
}
