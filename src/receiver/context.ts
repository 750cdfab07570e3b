import type { SpamMemory } from "../lib/responses/spam.ts";
import type { GuardedClient } from "../lib/protocols/guarded-fetch.ts";
import type { ContentStore } from "./content/content-store.ts";
import type { MicropubOptions, ReceiverOptions } from "./options.ts";
import type { Database } from "./store/database.ts";
import type { Posts } from "./posts.ts";

/** What Micropub needs beside the rest. */
export interface Micropub {
  readonly store: ContentStore;
  readonly options: MicropubOptions;
  /**
   * A picture without what else its file held, such as the place where it was taken.
   * @returns null for what isn't a picture, or is too large to be decoded.
   */
  readonly cleanPicture: (bytes: Uint8Array) => Promise<CleanPicture | null>;
  /** What a build would refuse in a text; nothing where texts can't be rendered. */
  readonly textProblems: (text: WrittenText) => Promise<readonly string[]>;
}

/** A text that is about to be committed. */
export interface WrittenText {
  /** From the content folder. */
  readonly path: string;
  /** Markdown after the front matter. */
  readonly body: string;
  readonly lang: string;
  /** File names that lie beside it. */
  readonly besides: ReadonlySet<string>;
}

export interface CleanPicture {
  readonly bytes: Uint8Array;
  readonly type: string;
  /** Ending of the file's name: `jpg`. */
  readonly extension: string;
}

/** Shared context of the receiver. */
export interface ReceiverContext {
  readonly options: ReceiverOptions;
  readonly database: Database;
  /** For untrusted addresses. */
  readonly client: GuardedClient;
  readonly posts: Posts;
  /** Null where no Micropub is configured. */
  readonly micropub: Micropub | null;
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
