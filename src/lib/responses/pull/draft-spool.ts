/** Drafts on disk: a pull over a thousand threads holds those of one post in memory, and the places of the others. */
import type { StoredText, TextSpool } from "../../text-spool.ts";
import { storableRecord } from "../record.ts";
import type { Draft } from "./incoming-response.ts";
import { idNumber, type NamedRecord } from "./merge-groups.ts";

/** A draft that is on disk. */
export interface SpooledDraft extends NamedRecord, StoredText {}

export interface DraftSpool {
  /** Null for a draft whose record no later command could read; it is left out. */
  readonly keep: (draft: Draft) => SpooledDraft | null;
  readonly load: (draft: SpooledDraft) => Draft;
  /** Number of drafts left out. */
  readonly leftOut: () => number;
}

/** @param texts closed by the caller. */
export function draftSpool(texts: TextSpool): DraftSpool {
  let count = 0;
  return {
    keep: (draft) => {
      const record = storableRecord(draft.record);
      if (record === null) {
        count += 1;
        return null;
      }
      const text = texts.store(JSON.stringify({ ...draft, record }));
      return { slug: draft.slug, id: idNumber(record), ...text };
    },
    // Checked when it was kept.
    load: (draft) => JSON.parse(texts.load(draft)) as Draft,
    leftOut: () => count,
  };
}
