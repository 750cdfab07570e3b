/** Site path of the picture that stands for the blog itself. */
export const SITE_PICTURE_PATH = "/social/site.png";

/** Size of every social picture in pixels. */
export const SOCIAL_PICTURE_SIZE = { width: 1200, height: 630 } as const;

/** Site path of a post's social picture. */
export function socialPicturePath(post: { readonly slug: string }): string {
  return `/social/posts/${encodeURIComponent(post.slug.normalize("NFC").toWellFormed())}.png`;
}
