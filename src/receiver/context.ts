import type { SpamMemory } from "../lib/responses/spam.ts";
import type { GuardedClient } from "../lib/protocols/guarded-fetch.ts";
import type { ContentStore } from "./content/content-store.ts";
import type { MicropubOptions, ReceiverOptions } from "./options.ts";
import type { Database } from "./store/database.ts";
import type { Posts } from "./posts.ts";

/** The part of the context that only Micropub needs. */
export interface Micropub {
  readonly store: ContentStore;
  readonly options: MicropubOptions;
  /**
   * Removes metadata from a picture, such as the location where it was taken.
   * @returns null for a file that isn't a picture or is too large to decode.
   */
  readonly cleanPicture: (bytes: Uint8Array) => Promise<CleanPicture | null>;
  /** Errors that would stop a build of the text; always empty on platforms that can't render texts. */
  readonly textProblems: (text: WrittenText) => Promise<readonly string[]>;
}

/** A text to check before it's committed. */
export interface WrittenText {
  /** Path relative to the content folder. */
  readonly path: string;
  /** Markdown after the front matter. */
  readonly body: string;
  readonly lang: string;
  /** Names of files in the same folder. */
  readonly besides: ReadonlySet<string>;
}

export interface CleanPicture {
  readonly bytes: Uint8Array;
  readonly type: string;
  /** File extension without a dot: `jpg`. */
  readonly extension: string;
}

/** Shared context of the receiver. */
export interface ReceiverContext {
  readonly options: ReceiverOptions;
  readonly database: Database;
  /** HTTP client for untrusted URLs. */
  readonly client: GuardedClient;
  readonly posts: Posts;
  /** Null when Micropub isn't configured. */
  readonly micropub: Micropub | null;
  /** Spam signals from earlier responses. */
  readonly spam: () => Promise<SpamMemory>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Returns an unguessable string of letters and digits. */
  readonly random: () => string;
  /** Starts processing the queue soon, without delaying the response to the sender. */
  readonly wake: () => void;
  /** Writes a line to the operator's log; it must not contain text from untrusted senders. */
  readonly log: (line: string) => void;
}
