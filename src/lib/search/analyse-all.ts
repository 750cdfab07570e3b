import { availableParallelism } from "node:os";
import type { TextToAnalyse } from "./analyse-texts.ts";
import { withPagefind } from "./pagefind-thread.ts";
import type { TakenApart } from "./read-pagefind.ts";

/** Texts that Pagefind gets at a time: enough for its start to cost little, few enough for two threads to share. */
const BATCH = 100;

/**
 * Has Pagefind read texts, on all cores when there are many.
 * @param textOf makes a text when its turn has come.
 * @param keep gets what was found, batch by batch in no particular order, so that no more has to be held than is kept.
 * @throws Error whose cause is Pagefind's.
 */
export async function analyseAll<Item>(
  items: readonly Item[],
  textOf: (item: Item) => Promise<TextToAnalyse>,
  keep: (found: TakenApart) => void,
): Promise<void> {
  const batches = Array.from({ length: Math.ceil(items.length / BATCH) }, (_, index) =>
    items.slice(index * BATCH, (index + 1) * BATCH),
  );
  const queue = batches.values();
  const work = () =>
    withPagefind(async (thread) => {
      for (const batch of queue) keep(await thread.read(await Promise.all(batch.map(textOf))));
    });
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), batches.length) }, work));
}
