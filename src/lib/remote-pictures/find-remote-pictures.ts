/** Pictures on other servers that a post's file shows. */
import path from "node:path";
import type { BodySource } from "../markdown/body-context.ts";
import { renderTree } from "../markdown/render-tree.ts";
import type { PictureResolver } from "../images/image-resolver.ts";
import { isPictureName } from "../images/image-metadata.ts";

const NONE: PictureResolver = { load: async () => undefined, get: () => null, media: () => null };

/** The file's text in two parts; `front` is empty when there is no front matter. */
export interface FileParts {
  readonly front: string;
  readonly body: string;
}

/** Divides a file after its front matter in YAML, TOML or JSON. */
export function partsOf(text: string): FileParts {
  const front =
    /^\uFEFF?(?:---[^]*?\n---|\+\+\+[^]*?\n\+\+\+|\{[^]*?\n\})[ \t]*(?:\r?\n|$)/.exec(text)?.[0] ?? "";
  return { front, body: text.slice(front.length) };
}

/** Keys of front matter that name pictures, ours and those of other generators. */
const PICTURE_KEY =
  /(?:cover|image|thumb|thumbnail|banner|hero|photo|picture|src|url)\w*["']?\s*[:=]\s*\[?\s*["']?$/i;

/**
 * Addresses of pictures elsewhere, in the order in which they are in the file. Those of the body are what a build
 * refuses; in front matter, addresses after a key that names a picture.
 * @param file absolute path. @param root the project's root, absolute.
 */
export async function findRemotePictures(
  text: string,
  file: string,
  root: string,
): Promise<readonly string[]> {
  const { front, body } = partsOf(text);
  const source: BodySource = {
    ...{ file: path.relative(root, file).replaceAll("\\", "/"), source: body, lineOffset: 0 },
    ...{ lang: "en", base: "/", root },
  };
  const { found } = await renderTree(source, NONE);
  const addresses = new Set(covers(front));
  for (const address of found.remotePictures) addresses.add(address);
  return [...addresses];
}

function* covers(front: string): Generator<string> {
  for (const match of front.matchAll(/https?:\/\/[^\s"'<>,\]]+/g)) {
    const [address] = match;
    const line = front.slice(front.lastIndexOf("\n", match.index) + 1, match.index);
    if (PICTURE_KEY.test(line) && isPictureName(address.replace(/[?#].*$/, ""))) yield address;
  }
}
