/** Contents of an export, in one model for all platforms. */
import type { RecordId } from "./ledger.ts";
import type { ResponseKind } from "../responses/model.ts";
import type { StoredText } from "../text-spool.ts";

/** How the texts of an entry are written. `text`: HTML in which line breaks count. */
export type TextFormat = "html" | "text" | "markdown";

/**
 * `protected`: readers need a password. `scheduled`: it waits for its date. Only `public` entries are published; the last
 * three are never written.
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
  /** By which entries name the author: a login, an address or the name itself. */
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

/** Addresses elsewhere that belong to an entry. */
export interface ArchiveRelations {
  /** What a link post points to. */
  readonly link?: string | null;
  /** The original, when the entry is a copy. */
  readonly canonical?: string | null;
  /** Copies of the entry. */
  readonly syndication?: readonly string[];
  readonly inReplyTo?: string | null;
  /** What a reblog repeats. */
  readonly repostOf?: string | null;
}

export interface ArchiveEntry {
  readonly record: RecordId;
  /** Sections and metadata keys, which share the fate of the entry. */
  readonly parts: readonly RecordId[];
  /** By which responses name the entry. */
  readonly id: string;
  /** A note has no title. */
  readonly kind: "post" | "note" | "page";
  readonly state: EntryState;
  readonly title: string;
  /** Last part of its old address; empty when it had none. */
  readonly slug: string;
  readonly date: SourceDate | null;
  readonly updated: SourceDate | null;
  /** Keys of authors. */
  readonly authors: readonly string[];
  readonly tags: readonly string[];
  readonly body: StoredText;
  readonly format: TextFormat;
  readonly description: string | null;
  /** Old addresses, the first of which is the one that it was known by. Absolute, or paths. */
  readonly addresses: readonly string[];
  /** By which wikilinks call it, besides the name of its file. */
  readonly names?: readonly string[];
  readonly comments: "open" | "closed" | "off";
  readonly lang: string | null;
  /** Name of the series that it is a part of. */
  readonly series: string | null;
  readonly isPinned: boolean;
  readonly cover: { readonly src: string; readonly alt: string } | null;
  /** Keys without a meaning here, stored as they are. */
  readonly raw: Readonly<Record<string, string>>;
  /** Folder of the source for pictures with relative addresses; empty for its root. */
  readonly folder: string;
  readonly relations?: ArchiveRelations;
  /** Records of the keys in `raw`. */
  readonly stored?: readonly RecordId[];
}

/** What most entries of most platforms have in common. */
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
  /** Id on the old platform; null when it had none. */
  readonly id: string | null;
  /** Id of the entry. */
  readonly entry: string;
  /** Id of the response that it replies to. */
  readonly parent: string | null;
  readonly kind: "comment" | "trackback" | "pingback" | "webmention";
  /** Of a webmention: the page that mentions the entry, and how. */
  readonly mention?: { readonly source: string; readonly property: ResponseKind } | undefined;
  readonly state: ResponseState;
  readonly author: {
    readonly name: string;
    readonly url: string | null;
    /** Kept in memory only. */
    readonly email: string | null;
    readonly userId: string | null;
    /** Address of the account for which the old platform vouches. */
    readonly account?: string | null;
  };
  readonly date: SourceDate | null;
  readonly text: StoredText;
  readonly format: "html" | "text";
  /** Of a trackback. */
  readonly title: string | null;
  readonly site: string | null;
  /** Name of its place in the old page, without `#`. */
  readonly anchor: string | null;
}

/** The comments of one page in an export that holds comments alone. Responses name its id as their entry. */
export interface ArchiveThread {
  readonly record: RecordId;
  readonly id: string;
  /** Addresses and paths by which the page was known, the best first. */
  readonly addresses: readonly string[];
  /** Title of the page; empty when the export has none. */
  readonly title: string;
}

export interface ArchiveAttachment {
  readonly record: RecordId;
  readonly parts: readonly RecordId[];
  readonly id: string;
  /** Where it lay. */
  readonly url: string;
  /** Address of the page that showed it alone. */
  readonly page?: string;
  /** Id of the entry that it was uploaded to. */
  readonly entry?: string;
  /** Its place among the files of that entry. */
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
  /** Filled by exports of comments alone. */
  readonly threads: ArchiveThread[];
  readonly attachments: ArchiveAttachment[];
  /** Old addresses of lists and feeds, and the new place of each. */
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
