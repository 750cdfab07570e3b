/** Collects authors' texts for random changes from folders of a blog, of another generator or of test cases. */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { partsOf } from "../../../src/lib/remote-pictures/find-remote-pictures.ts";
import type { BodyFormat } from "../../../src/lib/markdown/dialect/prepared.ts";

export interface FuzzText {
  /** Path relative to the searched folder. */
  readonly name: string;
  readonly format: BodyFormat;
  /** Front matter with its delimiters; empty where there is none. */
  readonly front: string;
  readonly body: string;
}

/** Longer texts take long to render and find no additional faults. */
const MAX_LENGTH = 12_000;

/** Returns every Markdown and MDX file below the folders, sorted by name. */
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
 * Replaces a text's pictures with an existing one and its links with external ones, so that the rest of the text is
 * built. Broken links and pictures have separate test cases.
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
