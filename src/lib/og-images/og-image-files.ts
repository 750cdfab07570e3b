import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { type FileCache, hashOf } from "../cache/file-cache.ts";
import { formatsOf } from "../../i18n/formats.ts";
import type { Author, Post } from "../content/model.ts";
import { directionOf } from "../content/scripts.ts";
import type { FileSpec } from "../site/outputs.ts";
import type { Settings } from "../site/settings.ts";
import { ogImageLook } from "../themes/appearance.ts";
import { drawAll, type DrawJob } from "./draw-all.ts";
import { familiesFor, installedVersion } from "./families.ts";
import { ogImagePath, SITE_OG_IMAGE_PATH } from "./og-image-path.ts";
import type { OgImage, OgImageLook } from "./template.ts";

export interface OgImageContext {
  readonly settings: Pick<
    Settings,
    "title" | "description" | "url" | "lang" | "timeZone" | "socialPictures" | "appearance"
  >;
  readonly authors: readonly Pick<Author, "id" | "name">[];
  /** Stores images by their contents, and converted fonts. */
  readonly cache: FileCache;
  /** Whether each image is drawn when it is requested, instead of all missing images with the first. */
  readonly isOnDemand?: boolean;
  /** Called with a note about missing font packages: once, or with `isOnDemand` for each image. */
  readonly onNote?: (note: string) => void;
}

/** Data of a post for its image. */
export type OgImagePost = Pick<Post, "slug" | "title" | "authors" | "date" | "lang" | "dir">;

/**
 * An image for each post and one for the blog; none if the settings turn them off. The key of an image is the hash of
 * its contents. The first `make` of an image that isn't cached draws all images that aren't cached.
 */
export function ogImageFiles(posts: readonly OgImagePost[], context: OgImageContext): FileSpec[] {
  const { settings, authors, cache, onNote = console.warn, isOnDemand = false } = context;
  if (!settings.socialPictures) return [];
  const version = versionOfImages();
  const look = ogImageLook(settings.appearance);
  const names = new Map(authors.map(({ id, name }) => [id, name]));
  const jobFor = (sitePath: string, text: Omit<OgImage, keyof OgImageLook>): DrawJob & { path: string } => {
    const image = { ...text, ...look };
    return { path: sitePath, image, key: hashOf("og image", version, JSON.stringify(image)) };
  };
  const jobs = [
    jobFor(SITE_OG_IMAGE_PATH, siteImage(settings)),
    ...posts.map((post) => jobFor(ogImagePath(post), postImage(post, names, settings))),
  ];
  const draw = (some: readonly DrawJob[]) => drawAll(some, cache, onNote);
  let drawing: Promise<void> | undefined;
  return jobs.map(({ path: sitePath, ...job }) => ({
    path: sitePath,
    key: job.key,
    make: async () => {
      if (!isOnDemand && !cache.has(job.key))
        await (drawing ??= draw(jobs.filter(({ key }) => !cache.has(key))));
      const kept = cache.read(job.key);
      if (kept !== null) return kept;
      // On demand, or if the file is damaged, which only reading detects.
      await draw([job]);
      const png = cache.read(job.key);
      if (png === null) throw new Error(`The social image ${sitePath} is missing from the cache`);
      return png;
    },
  }));
}

/** Hash of the inputs shared by all images: this folder's code, sharp, and the installed font packages. */
function versionOfImages(): string {
  const sources = readdirSync(import.meta.dirname).filter((name) => !name.includes(".test."));
  const code = sources.map((name) => readFileSync(path.join(import.meta.dirname, name)));
  const fonts = familiesFor("", "en").map(installedVersion);
  return hashOf(...code, JSON.stringify([sharp.versions, fonts]));
}

function postImage(
  { title, authors, date, lang, dir }: OgImagePost,
  names: ReadonlyMap<string, string>,
  settings: OgImageContext["settings"],
): Omit<OgImage, keyof OgImageLook> {
  const formats = formatsOf(lang, settings.timeZone);
  const authorLine = formats.list(authors.map((id) => names.get(id) ?? id));
  return { title, siteTitle: settings.title, authorLine, date: formats.date(date), lang, dir };
}

function siteImage({
  title,
  description,
  url,
  lang,
}: OgImageContext["settings"]): Omit<OgImage, keyof OgImageLook> {
  const { host, pathname } = new URL(url);
  const siteTitle = `${host}${decodeURI(pathname)}`.replace(/\/$/, "");
  return { title, siteTitle, authorLine: "", date: description, lang, dir: directionOf(lang) };
}
