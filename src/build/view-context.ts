import type { PictureFacts } from "../lib/pictures/picture-facts.ts";
import type { PictureResolver } from "../lib/pictures/picture-resolver.ts";
import { variantsOf, type PictureVariant } from "../lib/pictures/picture-variants.ts";
import type { LoadedBlog } from "../lib/posts/load-blog.ts";
import type { SiteUrls } from "../lib/site/urls.ts";
import type { PictureSource, ViewContext } from "../lib/views/context.ts";

/** Answers the views' questions out of a loaded blog. */
export function viewContext(loaded: LoadedBlog, urls: SiteUrls): ViewContext {
  const { pictures } = loaded;
  return {
    urls,
    picture: (file) => {
      const facts = pictures.get(file);
      return facts === null ? null : pictureSource(facts, urls);
    },
    socialPicture: () => null,
    related: (post) => loaded.related(post),
    avatar: () => null,
  };
}

/** A picture at an absolute address, whole; null when the file isn't there. */
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

function pictureSource(facts: PictureFacts, urls: SiteUrls): PictureSource {
  const { full, sources } = variantsOf(facts);
  const sized = (file: PictureVariant): string => `${urls.path(file.path)} ${file.width}w`;
  return {
    src: urls.path(full.path),
    width: full.width,
    height: heightAt(facts, full.width),
    sources: sources.map(({ format, files }) => ({ type: `image/${format}`, srcset: files.map(sized).join(", ") })),
    srcset: "",
    placeholder: facts.tint === null ? null : `tint-${facts.tint}`,
  };
}

function heightAt(facts: PictureFacts, width: number): number {
  return Math.max(1, Math.round((facts.height * width) / facts.width));
}
