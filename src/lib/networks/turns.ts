/** In which order copies are read: those that waited longest first, so that a rate limit never starves the same ones. */
import * as z from "zod";
import { readIfThere, writeWhole } from "../responses/store.ts";

export interface Turns {
  /** When a copy was read, in ms since 1970; 0 for never. */
  last(address: string): number;
  /** Notes that a copy was read. */
  read(address: string, at: Date): void;
}

/** Turns kept in a file, which may be deleted at any time. */
export function turnsIn(file: string | null): Turns & { save(): void } {
  const times = new Map<string, number>(file === null ? [] : Object.entries(timesIn(file)));
  return {
    last: (address) => times.get(address) ?? 0,
    read: (address, at) => times.set(address, at.getTime()),
    save: () => {
      if (file !== null && times.size > 0) writeWhole(file, JSON.stringify(Object.fromEntries(times)));
    },
  };
}

function timesIn(file: string): Readonly<Record<string, number>> {
  const text = readIfThere(file);
  if (text === null) return {};
  try {
    const times = z.record(z.string(), z.number()).safeParse(JSON.parse(text));
    return times.success ? times.data : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Where nothing was kept, each day begins somewhere else. */
export function inTurn<Entry extends { readonly copy: { readonly address: string } }>(
  copies: readonly Entry[],
  turns: Turns,
  now: Date,
): Entry[] {
  const start = copies.length === 0 ? 0 : (Math.floor(now.getTime() / 86_400_000) * 7919) % copies.length;
  const rotated = [...copies.slice(start), ...copies.slice(0, start)];
  return rotated.sort((a, b) => turns.last(a.copy.address) - turns.last(b.copy.address));
}
