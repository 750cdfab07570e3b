import type { PostResponse } from "../model.ts";
import type { PullFault } from "./api-client.ts";
import type { SpooledDraft } from "./draft-spool.ts";
import type { PullState } from "./pull-state.ts";

/** Result of one source for the whole conversation. */
export interface SourceResult {
  readonly drafts: readonly SpooledDraft[];
  /** Whether a stored record came from this source and was taken back there. */
  readonly isGone: (record: PostResponse) => boolean;
  /** Whether a stored record came from this source and is private there by now. */
  readonly isPrivate: (record: PostResponse) => boolean;
  readonly notes: readonly string[];
  /** Where to go on from next time; null for a source that is read whole each time. */
  readonly state: PullState | null;
  /** Parts of the source that couldn't be fetched. */
  readonly faults?: readonly PullFault[] | undefined;
}
