/** Finds pictures on other servers in a post's file. */
import path from "node:path";
import type { BodySource } from "../markdown/body-context.ts";
import { renderTree } from "../markdown/render-tree.ts";
import type { PictureResolver } from "../images/image-resolver.ts";
import { isPictureName } from "../images/image-metadata.ts";
import { divide } from "../yaml/front-matter.ts";

const NONE: PictureResolver = { load: async () => undefined, get: () => null, media: () => null };

/** A file's text in two parts; `front` is empty without front matter. */
export interface FileParts {
  readonly front: string;
  readonly body: string;
}

/** Splits a file after its front matter, in any supported format. */
export function partsOf(text: string): FileParts {
  const { bodyOffset } = divide(text);
  let end = 0;
  for (const { index, 0: mark } of [...text.matchAll(/\r\n?|\n/g)].slice(0, bodyOffset))
    end = index + mark.length;
  return { front: text.slice(0, end), body: text.slice(end) };
}

/** Front matter keys of pictures, Backfence's and those of other generators. */
const PICTURE_KEY =
  /(?:cover|image|thumb|thumbnail|banner|hero|photo|picture|src|url)\w*["']?\s*[:=]\s*\[?\s*["']?$/i;

/**
 * URLs of pictures on other servers with their 1-based lines, in file order: those in front matter after a key of a
 * picture, and those in the body that a build rejects.
 * @param file absolute path. @param root the project's root, absolute.
 */
export async function findRemotePictures(
  text: string,
  file: string,
  root: string,
): Promise<ReadonlyMap<string, number>> {
  const { front, body } = partsOf(text);
  const source: BodySource = {
    ...{ file: path.relative(root, file).replaceAll("\\", "/"), source: body, lineOffset: linesIn(front) },
    ...{ lang: "en", base: "/", root },
  };
  const { found } = await renderTree(source, NONE);
  const addresses = new Map(covers(front));
  for (const [address, line] of found.remotePictures)
    if (!addresses.has(address)) addresses.set(address, line);
  return addresses;
}

function linesIn(text: string): number {
  return text.match(/\r\n?|\n/g)?.length ?? 0;
}

function* covers(front: string): Generator<[address: string, line: number]> {
  for (const match of front.matchAll(/https?:\/\/[^\s"'<>,\]]+/g)) {
    const [address] = match;
    const line = front.slice(front.lastIndexOf("\n", match.index) + 1, match.index);
    if (
      PICTURE_KEY.test(line) &&
      !/\bcredit\w*["']?\s*[:=]\s*["']?$/i.test(line) &&
      isPictureName(address.replace(/[?#].*$/, ""))
    )
      yield [address, linesIn(front.slice(0, match.index)) + 1];
  }
}
