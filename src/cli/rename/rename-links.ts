import path from "node:path";
import { textFileAt, textFileNamed } from "../../lib/markdown/text-files.ts";

/**
 * Replaces links to a post with its new address; fragments and queries are kept.
 * @param site address of the blog, which links may begin with.
 * @param from old site path, percent-encoded; links to it may be percent-encoded or not.
 * @param to new site path, percent-encoded.
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

/** A renamed file, with its names in links to files. */
export interface RenamedFile {
  /** Path from the project's root, forward slashes. */
  readonly file: string;
  /** Old name of the file or, for an `index` file, of its folder; without extension. */
  readonly from: string;
  readonly to: string;
}

/**
 * Replaces links to a post's file (`[[name]]`, `./name.md`, `../posts/name/`) with the file's new name. Must run before
 * the file is renamed, since links are resolved on disk.
 * @param place the file that contains the text.
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

/** Addresses in Markdown links that can name files: relative, or root-relative with a text extension. */
const DESTINATION =
  /(?<=\]\(<?|^ {0,3}\[[^\]\n]+\]:[ \t]*<?)(?![a-z][a-z\d+.-]*:)(?:\/[^\s()<>#?]+\.(?:mdx?|markdown)|[^\s()<>#?/][^\s()<>#?]*)(?=[)>\s#?])/gim;

/** The same in `href` attributes. */
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
