import type { Settings } from "../../site/settings.ts";
import type { SiteUrls } from "../../site/urls.ts";
import type { Author, Page, Post, Series, Tombstone } from "../model.ts";

/** Everything that could be read from the author's folder, before the checks across files. */
export interface UncheckedBlog {
  readonly settings: Settings;
  readonly urls: SiteUrls;
  /** All posts, drafts included, newest first. */
  readonly posts: readonly Post[];
  readonly pages: readonly Page[];
  readonly tombstones: readonly (Tombstone & { readonly file: string })[];
  readonly authors: readonly Author[];
  readonly series: readonly Series[];
  /** Ids of all authors, including those whose files have errors. */
  readonly authorIds: readonly string[];
  /** Id of the author of posts without `authors`; null if the blog has several authors and no `author` setting. */
  readonly usualAuthor: string | null;
  readonly seriesIds: readonly string[];
  /** Whether `blogroll.yaml` lists any blogs. */
  readonly hasBlogroll: boolean;
  /** Files of posts with issues, whose front matter may be incomplete. */
  readonly filesWithGaps: ReadonlySet<string>;
  /** Files of stored responses by slug. */
  readonly responseFiles: readonly { readonly name: string; readonly file: string }[];
  /** Path of `site.yaml` from the project's root. */
  readonly settingsFile: string;
  /** Whether drafts and scheduled posts are shown, so that links to them are fine. */
  readonly showsAll: boolean;
  /** Whether `public/` contains a file for a site path. */
  readonly isPublicFile: (sitePath: string) => boolean;
  /** Whether the project's `src/pages/` has a page at a site path. */
  readonly isOwnPage: (sitePath: string) => boolean;
  /** 1-based line of a key in a file's front matter or YAML. Reads the file, so it's only meant for issues. */
  readonly lineOf: (file: string, path: readonly PropertyKey[]) => number;
}
