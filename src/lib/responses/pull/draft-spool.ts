/** Drafts on disk: a pull over a thousand threads holds those of one post in memory, and the places of the others. */
import * as z from "zod";
import type { StoredText, TextSpool } from "../../text-spool.ts";
import { responseSchema } from "../record.ts";
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

const draftSchema = z.object({
  slug: z.string(),
  record: responseSchema,
  photoUrl: z.string().nullable(),
  pictures: z.array(z.object({ address: z.string(), shape: z.enum(["emoji", "preview"]) })).optional(),
  hidden: z.object({ status: z.enum(["pending", "spam"]), reason: z.string() }).nullable(),
});

/** @param texts closed by the caller. */
export function draftSpool(texts: TextSpool): DraftSpool {
  let count = 0;
  return {
    keep: (draft) => {
      const parsed = draftSchema.safeParse(draft);
      if (parsed.success)
        return {
          slug: draft.slug,
          id: idNumber(draft.record),
          ...texts.store(JSON.stringify(parsed.data)),
        };
      count += 1;
      return null;
    },
    load: (draft) => draftSchema.parse(JSON.parse(texts.load(draft))),
    leftOut: () => count,
  };
}
