import type { MarkdownPlugins } from "./parse-body.ts";

/** Data of an external page, stored by `backfence embed`. */
export interface StoredEmbed {
  readonly url: string;
  readonly kind: "video" | "post";
  /** Title of a film, or the text of a post. */
  readonly title: string;
  readonly author: string | null;
  readonly handle: string | null;
  readonly network: string | null;
  /** ISO 8601, or null. */
  readonly date: string | null;
  /** Path of a stored picture from the project's root, or null. */
  readonly poster: string | null;
}

/** The author's texts by their files. */
export interface TextIndex {
  /** Address of a text's page, by its file's path from the project's root: `/posts/hello/`; null for a file that has none. */
  readonly addressOf: (file: string) => string | null;
  /** Files of the texts that have a name, in whatever folder. With folders before it, only those below them. */
  readonly filesNamed: (name: string) => readonly string[];
  /** A name that resembles one that no text has; null when none does. */
  readonly nameLike: (name: string) => string | null;
}

/** How bodies are rendered beyond what their own text says. */
export interface MarkdownOptions extends MarkdownPlugins {
  /** Names the plug-ins: results of other ones are never taken from the cache. */
  readonly version?: string | undefined;
  /** `allow`: pictures from other servers are left where they are, with a note; `error`, the default: refused. */
  readonly remoteImages?: "error" | "allow" | undefined;
  /** Stored data of external pages, by address, for lines with only an address. */
  readonly embeds?: ReadonlyMap<string, StoredEmbed> | undefined;
  /** The author's texts, for links that name one; left out: files are looked for, and have the usual addresses. */
  readonly texts?: TextIndex | undefined;
}
