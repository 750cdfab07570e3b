/**
 * Stores drafts on disk: a pull of a thousand threads has only one post's drafts in memory, and the positions of the
 * others.
 */
import type { StoredText, TextSpool } from "../../text-spool.ts";
import { storableRecord } from "../record.ts";
import type { Draft } from "./incoming-response.ts";
import { idNumber, type NamedRecord } from "./merge-groups.ts";

/** A draft on disk. */
export interface SpooledDraft extends NamedRecord, StoredText {}

export interface DraftSpool {
  /** Stores a draft. Returns null, and skips the draft, if no command could read its record. */
  readonly keep: (draft: Draft) => SpooledDraft | null;
  readonly load: (draft: SpooledDraft) => Draft;
  /** Number of skipped drafts. */
  readonly leftOut: () => number;
}

/** @param texts storage for the drafts; closed by the caller. */
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
    // Validated by `keep`.
    load: (draft) => JSON.parse(texts.load(draft)) as Draft,
    leftOut: () => count,
  };
}
