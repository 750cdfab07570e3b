import type { Post } from "../content/model.ts";

/** How a post is set: a link post leads elsewhere, a note has no title, a photo post is its picture. */
export type PostFormat = "article" | "note" | "photo" | "link";

/** A post with a cover and at most so many words is about its picture. */
const PHOTO_MAX_WORDS = 120;

/** How a post is set in lists and on its page. */
export function formatOf(
  post: Pick<Post, "link" | "isTitled" | "cover"> & { readonly body: Pick<Post["body"], "words"> },
): PostFormat {
  if (post.link !== null) return "link";
  if (post.cover !== null && post.body.words <= PHOTO_MAX_WORDS) return "photo";
  return post.isTitled ? "article" : "note";
}
