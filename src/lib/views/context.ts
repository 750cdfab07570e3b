import type { LanguageSite, LanguageSites } from "../content/language-sites.ts";
import type { Blog, Post } from "../content/model.ts";
import type { Blogroll } from "../site/blogroll.ts";
import type { SiteUrls } from "../site/urls.ts";
import type { LinkView } from "./site-view.ts";

/** Where a picture is used; decides which sizes are generated. */
export type PictureUse = "cover" | "card" | "photo";

/** A picture ready to be shown: addresses with the base path. */
export interface PictureSource {
  readonly src: string;
  readonly width: number;
  readonly height: number;
  /** Better formats first. */
  readonly sources: readonly { readonly type: string; readonly srcset: string }[];
  /** Sizes of `src`'s own format, `""` when there is one only. */
  readonly srcset: string;
  /** Class that paints a placeholder until the picture arrives, null for see-through pictures. */
  readonly placeholder: string | null;
  /** The same picture for the dark appearance; left out when one serves both. */
  readonly dark?: PictureSource;
}

/** A picture for social networks: absolute address. */
export interface SocialPicture {
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
}

/** The blog's languages as a page sees them. */
export interface LanguagesHere {
  readonly sites: LanguageSites;
  readonly here: LanguageSite;
}

/** Data for the views besides the blog itself. All values must depend only on content. */
export interface ViewContext {
  readonly urls: SiteUrls;
  /** The blog's languages, and the one whose pages are made; left out for a blog on its own. */
  readonly languages?: LanguagesHere;
  /** Links that pages of the user's own add to the menu. */
  readonly menu?: readonly LinkView[];
  /** Blogs that the author reads; left out or null for a blog without a blogroll. */
  readonly blogroll?: Blogroll | null;
  /** @param file path from the project's root; null when it isn't a picture. */
  picture(file: string, use: PictureUse): PictureSource | null;
  /** Picture that networks show when the post, or (null) the blog, is shared. */
  socialPicture(post: Post | null): SocialPicture | null;
  /** Up to three posts on the same subject, none of them a neighbour. */
  related(post: Post): readonly Post[];
  /**
   * Address of a stored avatar with the base path.
   * @param photo its file name below `content/responses/avatars/`.
   */
  avatar(photo: string): string | null;
  /**
   * Hash of the answers to a post, or (null) to all posts, and of the avatars that are stored; null where nothing is kept.
   */
  responsesHash(post: Post | null): string | null;
  /** Keeps what is slow to make between builds; null where nothing is kept. */
  readonly kept: { readText(key: string): string | null; write(key: string, value: string): void } | null;
}

/** A blog and its context, as every view takes them. */
export interface ViewInput {
  readonly blog: Blog;
  readonly context: ViewContext;
}
