import type { Post } from "../content/model.ts";

/** Layout of a post: a link post leads to another site, a note has no title, a photo post is mainly its picture. */
export type PostFormat = "article" | "note" | "photo" | "link";

/** Maximum number of words of a photo post. */
const PHOTO_MAX_WORDS = 120;

/** Layout of a post in lists and on its page. */
export function formatOf(
  post: Pick<Post, "link" | "isTitled" | "cover"> & { readonly body: Pick<Post["body"], "words"> },
): PostFormat {
  if (post.link !== null) return "link";
  if (post.cover !== null && post.body.words <= PHOTO_MAX_WORDS) return "photo";
  return post.isTitled ? "article" : "note";
}
