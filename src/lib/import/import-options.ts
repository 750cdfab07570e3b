import type { Doubt } from "./archive-builder.ts";
import type { ImportFormat } from "./detect.ts";
import type { PictureFetching } from "./fetch-pictures.ts";
import type { LedgerCounts } from "./ledger.ts";
import type { OutputSummary } from "./write/output-folder.ts";

export interface ImportProgress {
  readonly step: "reading" | "fetching pictures" | "writing posts" | "writing responses";
  readonly done: number;
  readonly of: number;
}

export interface ImportOptions {
  /** File, folder or zip. */
  readonly source: string;
  /** The author's folder, to which everything is written. */
  readonly contentDir: string;
  /** If true, nothing is written; the result is the same. */
  readonly isDryRun: boolean;
  /** Folder with the pictures of the old blog; not needed for pictures within the export. */
  readonly images: string | null;
  /** Fetches missing pictures; if left out, they become links. */
  readonly fetch?: PictureFetching | undefined;
  /** Ids of authors by their names and logins on the old platform. */
  readonly authorMap?: ReadonlyMap<string, string> | undefined;
  /** Address of the new blog; null for that in `site.yaml`, else that of the old blog. */
  readonly baseUrl: string | null;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

/** Losses and doubts of one text. */
export interface ReportedText {
  readonly title: string;
  readonly file: string;
  readonly notes: readonly string[];
}

/** Result of an import, without personal addresses. */
export interface ImportResult {
  readonly format: ImportFormat;
  /** Name of the old blog. */
  readonly title: string;
  readonly oldUrl: string | null;
  readonly ledger: LedgerCounts;
  /** Why records were left out. */
  readonly ignored: readonly { readonly reason: string; readonly count: number }[];
  readonly files: OutputSummary;
  /** Published posts and notes, and their responses, by year. */
  readonly years: readonly { readonly year: number; readonly posts: number; readonly responses: number }[];
  readonly texts: readonly ReportedText[];
  readonly doubts: readonly Doubt[];
  readonly counts: {
    readonly posts: number;
    /** Texts without a title. */
    readonly notes: number;
    readonly pages: number;
    readonly drafts: number;
    readonly responses: number;
    /** Responses of earlier imports, which stay because the export lacks them. */
    readonly earlierResponses: number;
    readonly aliases: number;
    readonly links: number;
    readonly pictures: number;
    readonly remotePictures: number;
    readonly undescribedPictures: number;
    readonly brokenPictures: readonly string[];
    readonly embeds: number;
    /** Number of e-mail and IP addresses in the export, none of which was written. */
    readonly maskedAddresses: number;
  };
}
