import type { Doubt } from "../archive-builder.ts";

/** Doubts of one kind. */
export interface DoubtGroup {
  readonly message: string;
  /** Titles and addresses of the records, in the order of the export. */
  readonly places: readonly string[];
}

/** Doubts by what they say, in the order in which each is first said. */
export function groupedDoubts(doubts: readonly Doubt[]): DoubtGroup[] {
  const groups = Map.groupBy(doubts, ({ message }) => message);
  return [...groups].map(([message, group]) => ({ message, places: group.map(({ where }) => where) }));
}
