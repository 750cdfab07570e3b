/** Order in which copies are read: least recently read first, so that a rate limit doesn't always hit the same ones. */
import * as z from "zod";
import { readFileIfExists, writeFileAtomic } from "../responses/store.ts";

export interface Turns {
  /** Time when a copy was last read, in ms since 1970; 0 for never. */
  last(address: string): number;
  /** Records that a copy was read. */
  read(address: string, at: Date): void;
}

/** Turns stored in a file, which may be deleted at any time; null: in memory only. */
export function turnsIn(file: string | null): Turns & { save(): void } {
  const times = new Map<string, number>(file === null ? [] : Object.entries(timesIn(file)));
  return {
    last: (address) => times.get(address) ?? 0,
    read: (address, at) => times.set(address, at.getTime()),
    save: () => {
      if (file !== null && times.size > 0) writeFileAtomic(file, JSON.stringify(Object.fromEntries(times)));
    },
  };
}

function timesIn(file: string): Readonly<Record<string, number>> {
  const text = readFileIfExists(file);
  if (text === null) return {};
  try {
    const times = z.record(z.string(), z.number()).safeParse(JSON.parse(text));
    return times.success ? times.data : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Sorts copies by the time they were last read, oldest first. Ties start at a position that changes daily. */
export function inTurn<Entry extends { readonly copy: { readonly address: string } }>(
  copies: readonly Entry[],
  turns: Turns,
  now: Date,
): Entry[] {
  const start = copies.length === 0 ? 0 : (Math.floor(now.getTime() / 86_400_000) * 7919) % copies.length;
  const rotated = [...copies.slice(start), ...copies.slice(0, start)];
  return rotated.sort((a, b) => turns.last(a.copy.address) - turns.last(b.copy.address));
}
