import type { Settings } from "../../site/settings.ts";
import type { SiteUrls } from "../../site/urls.ts";
import type { Author, Page, Post, Series, Tombstone } from "../model.ts";

/** Everything that could be read from the author's folder, before it's known whether it fits together. */
export interface UncheckedBlog {
  readonly settings: Settings;
  readonly urls: SiteUrls;
  /** All posts, drafts included, newest first. */
  readonly posts: readonly Post[];
  readonly pages: readonly Page[];
  readonly tombstones: readonly (Tombstone & { readonly file: string })[];
  readonly authors: readonly Author[];
  readonly series: readonly Series[];
  /** Ids of all authors, of those whose files have mistakes as well. */
  readonly authorIds: readonly string[];
  /** Id of the author of posts without `authors`; null when the blog has several and no `author`. */
  readonly usualAuthor: string | null;
  readonly seriesIds: readonly string[];
  /** Whether `blogroll.yaml` names blogs. */
  readonly hasBlogroll: boolean;
  /** Posts of whose front matter not all is known, since it has mistakes. */
  readonly filesWithGaps: ReadonlySet<string>;
  /** Files of stored responses by slug. */
  readonly responseFiles: readonly { readonly name: string; readonly file: string }[];
  /** Path of `site.yaml` from the project's root. */
  readonly settingsFile: string;
  /** Whether drafts and scheduled posts are shown, so that links to them are fine. */
  readonly showsAll: boolean;
  /** Whether `public/` holds a file for a site path. */
  readonly isPublicFile: (sitePath: string) => boolean;
  /** Whether the project's `src/pages/` has a page at a site path. */
  readonly isOwnPage: (sitePath: string) => boolean;
  /** 1-based line of a key in the YAML of a file. Reads the file: for issues only. */
  readonly lineOf: (file: string, path: readonly PropertyKey[]) => number;
}
