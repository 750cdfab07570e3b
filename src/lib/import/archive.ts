/** Contents of an export, in a model shared by all platforms. */
import type { RecordId } from "./ledger.ts";
import type { ResponseKind } from "../responses/model.ts";
import type { StoredText } from "../text-spool.ts";

/** Markup of an entry's text. `text`: HTML with significant line breaks. */
export type TextFormat = "html" | "text" | "markdown";

/**
 * `protected`: readers need a password. `scheduled`: to be published at its date. Only `public` entries are published;
 * the last three are never written.
 */
export type EntryState = "public" | "draft" | "pending" | "scheduled" | "private" | "protected" | "trashed";

export type ResponseState = "approved" | "pending" | "spam" | "trashed";

/**
 * A date as the source writes it: ISO 8601, with a zone (`2008-03-17T10:22:00-05:00`) or as wall time of the blog
 * (`2008-03-17T10:22:00`).
 */
export type SourceDate = string;

export interface ArchiveSite {
  title: string | null;
  description: string | null;
  /** Address of the old blog. */
  url: string | null;
  lang: string | null;
  timeZone: string | null;
}

export interface ArchiveAuthor {
  readonly record: RecordId;
  /** Key by which entries refer to the author: a login, an address or the name itself. */
  readonly key: string;
  readonly name: string;
  /** Kept in memory only, to recognize the author's own comments. */
  readonly email: string | null;
  readonly url: string | null;
  /** Id of the account on the old platform. */
  readonly userId: string | null;
}

export interface ArchiveTerm {
  readonly record: RecordId;
  readonly kind: "category" | "tag" | "series" | "other";
  readonly slug: string;
  readonly name: string;
}

/** External addresses related to an entry. */
export interface ArchiveRelations {
  /** Target of a link post. */
  readonly link?: string | null;
  /** The original, if the entry is a copy. */
  readonly canonical?: string | null;
  /** Copies of the entry. */
  readonly syndication?: readonly string[];
  readonly inReplyTo?: string | null;
  /** The post that a reblog repeats. */
  readonly repostOf?: string | null;
}

export interface ArchiveEntry {
  readonly record: RecordId;
  /** Records of sections and metadata keys, which share the entry's fate. */
  readonly parts: readonly RecordId[];
  /** Id by which responses refer to the entry. */
  readonly id: string;
  /** A note has no title. */
  readonly kind: "post" | "note" | "page";
  readonly state: EntryState;
  readonly title: string;
  /** Last part of its old address; empty if it had none. */
  readonly slug: string;
  readonly date: SourceDate | null;
  readonly updated: SourceDate | null;
  /** Keys of authors. */
  readonly authors: readonly string[];
  readonly tags: readonly string[];
  readonly body: StoredText;
  readonly format: TextFormat;
  readonly description: string | null;
  /** Old addresses, the main one first. Absolute, or paths. */
  readonly addresses: readonly string[];
  /** Names that wikilinks use for it, besides its file name. */
  readonly names?: readonly string[];
  readonly comments: "open" | "closed" | "off";
  readonly lang: string | null;
  /** Name of the series that it belongs to. */
  readonly series: string | null;
  readonly isPinned: boolean;
  readonly cover: { readonly src: string; readonly alt: string } | null;
  /** Unknown keys, stored unchanged. */
  readonly raw: Readonly<Record<string, string>>;
  /** Folder in the source against which relative picture addresses are resolved; empty for its root. */
  readonly folder: string;
  readonly relations?: ArchiveRelations;
  /** Records of the keys in `raw`. */
  readonly stored?: readonly RecordId[];
}

/** Default values for entries. */
export const ENTRY_DEFAULTS = {
  parts: [],
  title: "",
  slug: "",
  date: null,
  updated: null,
  authors: [],
  tags: [],
  description: null,
  addresses: [],
  comments: "open",
  lang: null,
  series: null,
  isPinned: false,
  cover: null,
  raw: {},
  folder: "",
} as const satisfies Partial<ArchiveEntry>;

export interface ArchiveResponse {
  readonly record: RecordId;
  readonly parts: readonly RecordId[];
  /** Id on the old platform; null if it had none. */
  readonly id: string | null;
  /** Id of the entry. */
  readonly entry: string;
  /** Id of the parent response. */
  readonly parent: string | null;
  readonly kind: "comment" | "trackback" | "pingback" | "webmention";
  /** For webmentions: the page that mentions the entry, and the kind of mention. */
  readonly mention?: { readonly source: string; readonly property: ResponseKind } | undefined;
  readonly state: ResponseState;
  readonly author: {
    readonly name: string;
    readonly url: string | null;
    /** Kept in memory only. */
    readonly email: string | null;
    readonly userId: string | null;
    /** Address of the account, verified by the old platform. */
    readonly account?: string | null;
  };
  readonly date: SourceDate | null;
  readonly text: StoredText;
  readonly format: "html" | "text";
  /** Title of the page that sent a trackback. */
  readonly title: string | null;
  readonly site: string | null;
  /** Fragment of the response on the old page, without `#`. */
  readonly anchor: string | null;
}

/** One page of a comments-only export. Responses have its id as their `entry`. */
export interface ArchiveThread {
  readonly record: RecordId;
  readonly id: string;
  /** Addresses and paths of the page, the best first. */
  readonly addresses: readonly string[];
  /** Title of the page; empty if the export has none. */
  readonly title: string;
}

export interface ArchiveAttachment {
  readonly record: RecordId;
  readonly parts: readonly RecordId[];
  readonly id: string;
  /** Old address of the file. */
  readonly url: string;
  /** Address of its attachment page. */
  readonly page?: string;
  /** Id of the entry that it was uploaded to. */
  readonly entry?: string;
  /** Its position among the files of that entry. */
  readonly order?: number;
  readonly alt: string;
  readonly caption: string;
}

export interface Archive {
  readonly site: ArchiveSite;
  readonly authors: ArchiveAuthor[];
  readonly terms: ArchiveTerm[];
  readonly entries: ArchiveEntry[];
  readonly responses: ArchiveResponse[];
  /** Filled by comments-only exports. */
  readonly threads: ArchiveThread[];
  readonly attachments: ArchiveAttachment[];
  /** Redirects of old lists and feeds to new site paths. */
  readonly redirects: { readonly from: string; readonly to: string }[];
}

export function emptyArchive(): Archive {
  return {
    site: { title: null, description: null, url: null, lang: null, timeZone: null },
    authors: [],
    terms: [],
    entries: [],
    responses: [],
    threads: [],
    attachments: [],
    redirects: [],
  };
}
