/** Fetches the look of a blog from the file that its build publishes, for receivers without the blog's folder. */
import { FetchError } from "../lib/protocols/fetch-error.ts";
import type { GuardedClient } from "../lib/protocols/guarded-fetch.ts";
import type { Look } from "./pages/layout.ts";
import { LOOK_FILE, readLookFile } from "./pages/look-file.ts";

const KNOWN_MS = 60 * 60_000;
/** Pause before trying again when the blog doesn't respond or doesn't publish its look yet. */
const MISSING_MS = 5 * 60_000;
const MAX_BYTES = 4 * 1024 * 1024;

/** Source of the look of pages. */
export interface LookSource {
  /** The current look, without fetching. */
  readonly known: () => Look;
  /** The look, fetched first if it's stale. */
  readonly latest: () => Promise<Look>;
}

/** A look that doesn't change. */
export function fixedLook(look: Look): LookSource {
  return { known: () => look, latest: () => Promise.resolve(look) };
}

/**
 * The published look, fetched at most once an hour; concurrent calls share the request.
 * @param plain fallback while the published look can't be fetched.
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
