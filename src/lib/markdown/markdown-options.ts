import type { MarkdownPlugins } from "./parse-body.ts";

/** Data of an external page, stored by `backfence embed`. */
export interface StoredEmbed {
  readonly url: string;
  readonly kind: "video" | "post";
  /** Title of a video, or the text of a post. */
  readonly title: string;
  readonly author: string | null;
  readonly handle: string | null;
  readonly network: string | null;
  /** Date in ISO 8601, or null. */
  readonly date: string | null;
  /** Path of a stored picture from the project's root, or null. */
  readonly poster: string | null;
}

/** Lookup of the author's texts by file and name. */
export interface TextIndex {
  /** Page address of a text, such as `/posts/hello/`, by its path from the project's root; null if it has no page. */
  readonly addressOf: (file: string) => string | null;
  /** Files of the texts with a name, in any folder. If the name includes folders, only texts in those. */
  readonly filesNamed: (name: string) => readonly string[];
  /** The text name most similar to an unknown name; null if none is similar. */
  readonly nameLike: (name: string) => string | null;
}

/** Options for rendering bodies that apply to all texts. */
export interface MarkdownOptions extends MarkdownPlugins {
  /** Version of the plugins, part of the cache key. */
  readonly version?: string | undefined;
  /** `allow`: pictures on other servers are linked as they are, with a note. `error` (default): they are rejected. */
  readonly remoteImages?: "error" | "allow" | undefined;
  /** Stored data of external pages, by address, for lines with only an address. */
  readonly embeds?: ReadonlyMap<string, StoredEmbed> | undefined;
  /** The author's texts, to resolve links. By default, files are looked up on disk and get the default addresses. */
  readonly texts?: TextIndex | undefined;
}
