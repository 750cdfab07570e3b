/** Site path of the blog's own social image. */
export const SITE_OG_IMAGE_PATH = "/social/site.png";

/** Size of every social image in pixels. */
export const OG_IMAGE_SIZE = { width: 1200, height: 630 } as const;

/** Site path of a post's social image. */
export function ogImagePath(post: { readonly slug: string }): string {
  return `/social/posts/${encodeURIComponent(post.slug.normalize("NFC").toWellFormed())}.png`;
}
