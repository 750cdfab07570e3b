import { type FileCache, hashOf } from "../cache/file-cache.ts";
import type { Author, Post } from "../content/model.ts";
import { directionOf } from "../content/scripts.ts";
import type { FileSpec } from "../site/outputs.ts";
import type { Settings } from "../site/settings.ts";
import { formatsOf } from "../../i18n/formats.ts";
import type { DrawnPicture, PictureText } from "./draw-og-image.ts";
import { drawingVersion } from "./drawing-version.ts";
import { openDrawer } from "./drawer.ts";
import { SITE_PICTURE_PATH, socialPicturePath } from "./og-image-path.ts";

export interface SocialPictureContext {
  readonly settings: Pick<Settings, "title" | "description" | "url" | "lang" | "timeZone" | "socialPictures">;
  readonly authors: readonly Pick<Author, "id" | "name">[];
  /** Keeps pictures by what they show, and unpacked fonts. */
  readonly cache: FileCache;
  /** Told of characters that no installed font has; the picture goes without them. */
  readonly onUndrawn?: (sitePath: string, characters: readonly string[]) => void;
}

/** What a picture shows of a post. */
export type PicturedPost = Pick<Post, "slug" | "title" | "authors" | "date" | "lang" | "dir">;

/**
 * A picture for each post and one for the blog; none when the settings say so. A picture is drawn when neither the
 * last build nor the cache holds it under its key, the hash of all that it shows.
 */
export function socialPictureFiles(
  posts: readonly PicturedPost[],
  context: SocialPictureContext,
): FileSpec[] {
  if (!context.settings.socialPictures) return [];
  const draw = openDrawer(context.cache);
  const version = drawingVersion();
  const names = new Map(context.authors.map(({ id, name }) => [id, name]));
  const file = (path: string, text: PictureText): FileSpec => {
    const key = hashOf("social picture", version, JSON.stringify(text));
    return { path, key, make: () => pictureBytes(path, key, () => draw(text), context) };
  };
  return [
    file(SITE_PICTURE_PATH, siteText(context.settings)),
    ...posts.map((post) => file(socialPicturePath(post), postText(post, names, context.settings))),
  ];
}

async function pictureBytes(
  path: string,
  key: string,
  draw: () => Promise<DrawnPicture>,
  { cache, onUndrawn }: SocialPictureContext,
): Promise<Uint8Array> {
  const stored = cache.read(key);
  if (stored !== null) return stored;
  const { png, undrawn } = await draw();
  if (undrawn.length > 0) onUndrawn?.(path, undrawn);
  cache.write(key, png);
  return png;
}

function postText(
  post: PicturedPost,
  names: ReadonlyMap<string, string>,
  { title, timeZone }: SocialPictureContext["settings"],
): PictureText {
  const formats = formatsOf(post.lang, timeZone);
  return {
    title: post.title,
    byline: formats.list(post.authors.map((id) => names.get(id) ?? id)),
    note: formats.date(post.date),
    blog: title,
    lang: post.lang,
    dir: post.dir,
  };
}

function siteText({ title, description, url, lang }: SocialPictureContext["settings"]): PictureText {
  const { host, pathname } = new URL(url);
  return {
    title,
    byline: "",
    note: description,
    blog: `${host}${decodeURI(pathname)}`.replace(/\/$/, ""),
    lang,
    dir: directionOf(lang),
  };
}
