import path from "node:path";
import { textFileAt, textFileNamed } from "../../lib/markdown/text-files.ts";

/**
 * A text with its links to one post changed to the post's new address; a part (`#…`) or query stays.
 * @param site address of the blog, with which links may begin.
 * @param from and @param to site paths, percent-encoded; links may be written either way.
 */
export function withRenamedLinks(text: string, site: string, from: string, to: string): string {
  const written = [...new Set([from, decodeURI(from)])].map((one) => escaped(one.replace(/\/$/, "")));
  const link = new RegExp(
    `(?<=[("'\\s<:])(${escaped(site.replace(/\/$/, ""))})?(?:${written.join("|")})/?(?=[)"'\\s>#?]|$)`,
    "gm",
  );
  return text.replaceAll(link, (_, origin: string = "") => origin + decodeURI(to));
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** A file that is renamed, and what it is called in links that name files. */
export interface RenamedFile {
  /** Path from the project's root, forward slashes. */
  readonly file: string;
  /** Names of the file or, for an `index` file, of its folder, without an ending. */
  readonly from: string;
  readonly to: string;
}

/**
 * A text with its links to the file of a post (`[[name]]`, `./name.md`, `../posts/name/`) changed to the file's new
 * name. The old file still has to be there.
 * @param place the file that holds the text.
 */
export function withRenamedFile(
  text: string,
  place: { readonly file: string; readonly root: string },
  { file, from, to }: RenamedFile,
): string {
  const rename = (written: string): string => {
    const segments = written.split("/");
    const at = segments.findLastIndex((segment) => nameIn(segment) === from || nameIn(segment) === to);
    const last = at === -1 ? segments.length - 1 : at;
    const ending = /\.(?:mdx?|markdown)$/i.exec(segments[last] ?? "")?.[0] ?? "";
    return segments.with(last, `${to}${ending}`).join("/");
  };
  const inWikiLinks = text.replaceAll(/(?<=\[\[)[^[\]\n|#]+(?=[\]|#\\])/g, (name) =>
    textFileNamed(name, place) === file ? rename(name) : name,
  );
  const change = (address: string) => (textFileAt(address, place) === file ? rename(address) : address);
  return inWikiLinks.replaceAll(DESTINATION, change).replaceAll(HREF, change);
}

/** Addresses that can name files, in links of Markdown: relative, or from the root with a text's ending. */
const DESTINATION =
  /(?<=\]\(<?|^ {0,3}\[[^\]\n]+\]:[ \t]*<?)(?![a-z][a-z\d+.-]*:)(?:\/[^\s()<>#?]+\.(?:mdx?|markdown)|[^\s()<>#?/][^\s()<>#?]*)(?=[)>\s#?])/gim;

/** The same in elements. */
const HREF =
  /(?<=\bhref=(["']))(?![a-z][a-z\d+.-]*:)(?:\/[^\s"'<>#?]+\.(?:mdx?|markdown)|[^\s"'<>#?/][^\s"'<>#?]*)(?=\1|[#?])/gim;

function nameIn(segment: string): string {
  let decoded = segment;
  try {
    decoded = decodeURIComponent(segment);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
  }
  return path.posix.parse(decoded).ext.match(/^\.(?:mdx?|markdown)$/i)
    ? path.posix.parse(decoded).name
    : decoded;
}
