import type { PostResponse } from "../model.ts";
import type { PullFault } from "./api-client.ts";
import type { SpooledDraft } from "./draft-spool.ts";
import type { PullState } from "./pull-state.ts";

/** Result of one source for all posts. */
export interface SourceResult {
  readonly drafts: readonly SpooledDraft[];
  /** Whether a stored record is from this source and was deleted there. */
  readonly isGone: (record: PostResponse) => boolean;
  /** Whether a stored record is from this source and is private there now. */
  readonly isPrivate: (record: PostResponse) => boolean;
  readonly notes: readonly string[];
  /** State from which the next pull continues; null for a source that is read completely each time. */
  readonly state: PullState | null;
  /** Parts of the source that couldn't be fetched. */
  readonly faults?: readonly PullFault[] | undefined;
}
