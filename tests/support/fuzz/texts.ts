/** Texts that authors wrote, from folders of a blog, of another generator or of cases, to be changed at random. */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { partsOf } from "../../../src/lib/remote-pictures/find-remote-pictures.ts";
import type { BodyFormat } from "../../../src/lib/markdown/dialect/prepared.ts";

export interface FuzzText {
  /** Path from the folder that was searched. */
  readonly name: string;
  readonly format: BodyFormat;
  /** Front matter with its frame; empty where there is none. */
  readonly front: string;
  readonly body: string;
}

/** Longer texts take long to render and show nothing that short ones don't. */
const MAX_LENGTH = 12_000;

/** Every Markdown and MDX file below some folders, in the order of names. */
export function textsIn(folders: readonly string[]): readonly FuzzText[] {
  return folders.flatMap((folder) =>
    globSync("**/*.{md,mdx,markdown,MDX}", { cwd: folder })
      .filter((name) => !/(?:^|\/)(?:node_modules|licences|INDEX\.md)/.test(name))
      .sort()
      .map((name): FuzzText => {
        const text = readFileSync(path.join(folder, name), "utf8").replaceAll("\r\n", "\n");
        const format = /\.mdx$/i.test(name) ? "mdx" : "md";
        const { front, body } = partsOf(text);
        return { name, format, front, body: body.slice(0, MAX_LENGTH) };
      }),
  );
}

/**
 * A text whose pictures are there and whose links lead out of the blog, so that what else is in it is built. Links and
 * pictures that lead nowhere have cases of their own.
 */
export function settledText(text: FuzzText): FuzzText {
  const picture = /\.(?:png|jpe?g|gif|webp|avif|svg|bmp|tiff?)(?:[?#][^\s)"']*)?$/i;
  const settled = (address: string): string =>
    /^(?:#|mailto:)/.test(address) ? address : picture.test(address) ? "./fence.svg" : "https://a.example/";
  const body = text.body
    .replaceAll(
      /(\]\(\s*<?)([^\s)>]+)/g,
      (_, open: string, address: string) => open + (open.startsWith("]") ? settled(address) : address),
    )
    .replaceAll(
      /^( {0,3}\[[^\]^]+\]:\s*)(\S+)/gm,
      (_, open: string, address: string) => open + settled(address),
    )
    .replaceAll(
      /(\b(?:src|href|poster)=["'])([^"']+)/g,
      (_, open: string, address: string) => open + settled(address),
    )
    .replaceAll(/!\[\]/g, "![A fence]");
  return { ...text, body };
}
