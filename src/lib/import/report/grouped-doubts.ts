import type { Doubt } from "../archive-builder.ts";

/** Doubts with the same message. */
export interface DoubtGroup {
  readonly message: string;
  /** Titles and addresses of the records, in the order of the export. */
  readonly places: readonly string[];
}

/** Groups doubts by message, in the order of first occurrence. */
export function groupedDoubts(doubts: readonly Doubt[]): DoubtGroup[] {
  const groups = Map.groupBy(doubts, ({ message }) => message);
  return [...groups].map(([message, group]) => ({ message, places: group.map(({ where }) => where) }));
}
