import { hashOf } from "../lib/cache/file-cache.ts";
import type { ImageMetadata } from "../lib/images/image-metadata.ts";
import type { PictureResolver } from "../lib/images/image-resolver.ts";
import { variantsOf, type PictureVariant } from "../lib/images/image-variants.ts";
import { themedPath, type Side } from "../lib/images/themed-svg.ts";
import type { LoadedBlog } from "../lib/content/load-blog.ts";
import { neighboursAt, relatedToShow } from "../lib/content/neighbours.ts";
import type { Post } from "../lib/content/model.ts";
import type { Settings } from "../lib/site/settings.ts";
import { OG_IMAGE_SIZE, ogImagePath, SITE_OG_IMAGE_PATH } from "../lib/og-images/og-image-path.ts";
import { avatarPath } from "../lib/responses/avatar-files.ts";
import type { SiteUrls } from "../lib/site/urls.ts";
import type { Palette } from "../lib/themes/theme-schema.ts";
import type { PictureSource, SocialPicture, ViewContext } from "../lib/views/context.ts";

export interface ViewSources {
  /** Menu links of the user's own pages. */
  readonly menu: ViewContext["menu"];
  readonly blogroll: ViewContext["blogroll"];
  /** Cache of sorted conversations between builds. */
  readonly kept: ViewContext["kept"];
  /** File names of stored avatars. */
  readonly avatars: ReadonlySet<string>;
}

/** Creates the context of the views from a loaded blog. */
export function viewContext(
  loaded: LoadedBlog,
  urls: SiteUrls,
  { kept, avatars, menu, blogroll = null }: ViewSources,
): ViewContext {
  const { pictures } = loaded;
  const { settings } = loaded.blog;
  return {
    urls,
    ...(menu === undefined ? {} : { menu }),
    blogroll,
    picture: (file) => {
      const facts = pictures.get(file);
      return facts === null ? null : pictureSource(facts, urls, settings.appearance.colors);
    },
    socialPicture: (post) =>
      coverToShare(post, loaded, urls) ??
      (settings.socialPictures ? socialPicture(post, settings, urls) : null),
    related: relatedIn(loaded),
    avatar: (photo) => (avatars.has(photo) ? urls.path(avatarPath(photo)) : null),
    responsesHash: responsesHashIn(loaded, avatars),
    kept,
  };
}

/** Hashes the inputs of a post's responses, or of all responses: their records and the stored avatars. */
function responsesHashIn(
  { responsesHashes }: LoadedBlog,
  avatars: ReadonlySet<string>,
): ViewContext["responsesHash"] {
  const ofAvatars = hashOf(...[...avatars].sort());
  return (post) =>
    post === null
      ? hashOf(ofAvatars, ...[...responsesHashes].flat())
      : `${responsesHashes.get(post.slug) ?? ""} ${ofAvatars}`;
}

/** A post's cover if shared links show covers; otherwise, or for an SVG, null. */
function coverToShare(
  post: Post | null,
  { blog, pictures }: LoadedBlog,
  urls: SiteUrls,
): SocialPicture | null {
  const cover = post?.cover ?? null;
  if (cover === null || blog.settings.look.socialImage !== "cover" || cover.file.endsWith(".svg"))
    return null;
  const full = fullPicture(cover.file, pictures, urls);
  return full === null ? null : { url: full.url, width: full.width, height: full.height, alt: cover.alt };
}

/** The generated image that social networks show for a post, or for the blog. */
function socialPicture(post: Post | null, settings: Settings, urls: SiteUrls): SocialPicture {
  const sitePath = post === null ? SITE_OG_IMAGE_PATH : ogImagePath(post);
  return { url: urls.absolute(sitePath), ...OG_IMAGE_SIZE, alt: post?.title ?? settings.title };
}

/** Looks up the posts that a post's page links to as related. */
function relatedIn({ blog: { posts }, related }: LoadedBlog): ViewContext["related"] {
  const bySlug = new Map(posts.map((post, place) => [post.slug, { post, place }]));
  return ({ slug }) => {
    const place = bySlug.get(slug)?.place;
    if (place === undefined) return [];
    return relatedToShow(related[slug] ?? [], neighboursAt(posts, place)).flatMap(
      (other) => bySlug.get(other)?.post ?? [],
    );
  };
}

/** Absolute URL and size of a picture in full size; null if the file doesn't exist. */
export function fullPicture(
  file: string,
  pictures: PictureResolver,
  urls: SiteUrls,
): { url: string; width: number; height: number } | null {
  const facts = pictures.get(file);
  if (facts === null) return null;
  const { full } = variantsOf(facts);
  return { url: urls.absolute(full.path), width: full.width, height: heightAt(facts, full.width) };
}

function pictureSource(facts: ImageMetadata, urls: SiteUrls, colors: Palette): PictureSource {
  const plain = sourceOf(facts, urls);
  if (!facts.isThemed) return plain;
  const themed = (side: Side) => ({ ...plain, src: urls.path(themedPath(facts, side, colors)) });
  return { ...themed("light"), dark: themed("dark") };
}

function sourceOf(facts: ImageMetadata, urls: SiteUrls): PictureSource {
  const { full, sources } = variantsOf(facts);
  const sized = (file: PictureVariant): string => `${urls.path(file.path)} ${file.width}w`;
  return {
    src: urls.path(full.path),
    width: full.width,
    height: heightAt(facts, full.width),
    sources: sources.map(({ format, files }) => ({
      type: `image/${format}`,
      srcset: files.map(sized).join(", "),
    })),
    srcset: "",
    placeholder: facts.tint === null ? null : `tint-${facts.tint}`,
  };
}

function heightAt(facts: ImageMetadata, width: number): number {
  return Math.max(1, Math.round((facts.height * width) / facts.width));
}
