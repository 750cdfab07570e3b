import type { SpamMemory } from "../lib/responses/spam.ts";
import type { GuardedClient } from "../lib/protocols/guarded-fetch.ts";
import type { ReceiverOptions } from "./options.ts";
import type { Database } from "./store/database.ts";
import type { Posts } from "./posts.ts";

/** Shared context of the receiver. */
export interface ReceiverContext {
  readonly options: ReceiverOptions;
  readonly database: Database;
  /** For untrusted addresses. */
  readonly client: GuardedClient;
  readonly posts: Posts;
  /** Spam signals from earlier responses. */
  readonly spam: () => Promise<SpamMemory>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** An unguessable text of letters and digits. */
  readonly random: () => string;
  /** Starts work on the queue soon; the answer to the sender doesn't wait for it. */
  readonly wake: () => void;
  /** One line for the operator's log, without anything that strangers wrote. */
  readonly log: (line: string) => void;
}
