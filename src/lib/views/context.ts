import type { LanguageSite, LanguageSites } from "../content/language-sites.ts";
import type { Blog, Post } from "../content/model.ts";
import type { Blogroll } from "../site/blogroll.ts";
import type { SiteUrls } from "../site/urls.ts";
import type { LinkView } from "./site-view.ts";

/** Where a picture is used; decides which sizes are generated. */
export type PictureUse = "cover" | "card" | "photo";

/** A picture for display. Addresses include the base path. */
export interface PictureSource {
  readonly src: string;
  readonly width: number;
  readonly height: number;
  /** Better formats first. */
  readonly sources: readonly { readonly type: string; readonly srcset: string }[];
  /** `srcset` in the format of `src`; `""` if there is only one size. */
  readonly srcset: string;
  /** CSS class for a placeholder until the picture is loaded; null for transparent pictures. */
  readonly placeholder: string | null;
  /** Variant for the dark appearance; left out if one picture serves both. */
  readonly dark?: PictureSource;
}

/** A picture for social networks: absolute address. */
export interface SocialPicture {
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
}

/** The blog in all its languages, and in that of the current page. */
export interface LanguagesHere {
  readonly sites: LanguageSites;
  readonly here: LanguageSite;
}

/** Data for the views in addition to the blog itself. All values must depend only on content. */
export interface ViewContext {
  readonly urls: SiteUrls;
  /** The blog's languages, and the one of these pages; left out for a blog that isn't divided by language. */
  readonly languages?: LanguagesHere;
  /** Links that the user's own pages add to the menu. */
  readonly menu?: readonly LinkView[];
  /** Blogs that the author reads; left out or null for a blog without a blogroll. */
  readonly blogroll?: Blogroll | null;
  /** @param file path from the project's root. @returns null if it isn't a picture. */
  picture(file: string, use: PictureUse): PictureSource | null;
  /** Picture that networks show when the post, or (null) the blog, is shared. */
  socialPicture(post: Post | null): SocialPicture | null;
  /** Up to three posts on the same subject, without neighbors. */
  related(post: Post): readonly Post[];
  /**
   * Address of a stored avatar with the base path.
   * @param photo its file name below `content/responses/avatars/`.
   */
  avatar(photo: string): string | null;
  /**
   * Hash of the responses to a post, or (null) to all posts, and of the stored avatars; null without a cache.
   */
  responsesHash(post: Post | null): string | null;
  /** Caches slow results between builds; null without a cache. */
  readonly kept: { readText(key: string): string | null; write(key: string, value: string): void } | null;
}

/** A blog and its context: the input of every view. */
export interface ViewInput {
  readonly blog: Blog;
  readonly context: ViewContext;
}
