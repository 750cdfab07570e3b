import path from "node:path";
import type { AuthorIssue } from "../author-error.ts";
import { SVG_ADVICE } from "../images/clean-svg.ts";
import type { PictureResolver } from "../images/image-resolver.ts";
import { didYouMean } from "../did-you-mean.ts";
import { namesIn } from "../site/read-text.ts";
import type { PictureRef } from "./model.ts";

/** A picture as written in front matter or an author's file. */
export interface WrittenPicture {
  readonly src: string;
  readonly dark?: string | undefined;
  /** Left out for decorative pictures. */
  readonly alt?: string | undefined;
  readonly credit?: string | undefined;
  readonly creditUrl?: string | undefined;
}

export interface FoundPicture {
  /** Null when there is an issue. */
  readonly ref: PictureRef | null;
  readonly issue: AuthorIssue | null;
}

/**
 * Finds the file of a picture: `./cover.svg` is relative to the file that refers to it, `/cover.svg` is in `public/`.
 * @param at file and line that refer to it.
 */
export async function findPicture(
  written: WrittenPicture,
  at: { readonly file: string; readonly line: number },
  context: { readonly root: string; readonly pictures: PictureResolver },
): Promise<FoundPicture> {
  const fail = (message: string, hint: string): FoundPicture => ({
    ref: null,
    issue: { ...at, message, hint },
  });
  if (/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(written.src)) {
    return fail(
      `The picture ${written.src} is on another server`,
      "Readers' browsers contact no other server. Save it beside this file:\nsrc: ./cover.jpg",
    );
  }
  const folder = written.src.startsWith("/") ? "public" : path.posix.dirname(at.file);
  const src = written.src.replaceAll("\\", "/");
  const file = path.posix.join(folder, src);
  if (file.startsWith("../")) {
    return fail(`The picture ${written.src} is outside the project`, "Save it beside this file:\nsrc: ./cover.jpg");
  }
  if (!PICTURE_NAME.test(file)) {
    return fail(
      `${written.src} isn't a picture type that a blog can show`,
      "Use jpg, png, webp, avif, gif or svg.",
    );
  }
  await context.pictures.load([file]);
  const facts = context.pictures.get(file);
  if (facts === null) {
    const guess = didYouMean(path.posix.basename(file), namesIn(path.join(context.root, path.dirname(file))));
    const hint =
      guess === null ? `Put the file there: ${file}` : `Did you mean ./${guess}? Looked for: ${file}`;
    return fail(`The picture ${written.src} isn't there, or can't be read as a picture`, hint);
  }
  const danger = facts.dangers[0];
  if (danger !== undefined) {
    return fail(
      `The picture ${written.src} contains ${danger}`,
      SVG_ADVICE,
    );
  }
  if (facts.damage !== null) {
    return fail(
      `The picture ${written.src} ${facts.damage}`,
      "Save or copy it again from where it came, as jpg, png, webp, avif, gif or svg.",
    );
  }
  const { alt = "", credit = null, creditUrl = null, dark } = written;
  const ref = { file, alt, credit, creditUrl };
  if (dark === undefined) return { ref, issue: null };
  const { ref: night, issue } = await findPicture({ src: dark }, at, context);
  return night === null ? { ref: null, issue } : { ref: { ...ref, dark: night.file }, issue: null };
}

const PICTURE_NAME = /\.(?:jpe?g|png|webp|avif|gif|svg)$/i;
