/** Links between the texts of a source by file name, as in Markdown, Hugo, Zola and Obsidian. */
import path from "node:path";
import { withoutDate } from "../content/file-date.ts";

/** A text of the source. */
export interface LinkedText {
  /** Its file, relative to the root of the source. */
  readonly file: string;
  /** Other names that wikilinks use for it. */
  readonly names: readonly string[];
  readonly title: string;
  /** Site path of its page. */
  readonly path: string;
  /** Whether the page is published. */
  readonly isListed: boolean;
}

/**
 * Finds the target of a link; null if there is none, or several match equally well.
 * @param target a path, relative or from any folder above, or only a name; with or without extension.
 * @param folder folder of the text with the link.
 */
export type FindText = (target: string, folder: string) => LinkedText | null;

export function textFinder(texts: readonly LinkedText[]): FindText {
  const byPath = new Map<string, LinkedText>();
  const byName = new Map<string, { readonly key: string; readonly text: LinkedText }[]>();
  const name = (called: string, key: string, text: LinkedText): void => {
    const known = byName.get(called);
    if (known === undefined) byName.set(called, [{ key, text }]);
    else if (!known.some((other) => other.text === text)) known.push({ key, text });
  };
  for (const text of texts) {
    const key = compared(text.file);
    byPath.set(key, text);
    const last = path.posix.basename(key);
    for (const called of [last, withoutDate(last), ...text.names.map(compared)]) name(called, key, text);
  }
  return (target, folder) => {
    const wanted = compared(target.replace(/[?#].*$/s, "").replace(/^@\//, "/"));
    const isFromRoot = wanted.startsWith("/");
    const bare = path.posix.join("/", wanted).slice(1);
    const exact = byPath.get(isFromRoot ? bare : path.posix.join("/", compared(folder), wanted).slice(1));
    if (exact !== undefined) return exact;
    const called = byName.get(path.posix.basename(bare)) ?? [];
    const below = called.filter(({ key }) => `/${key}`.endsWith(`/${bare}`));
    const [only, ...others] = below.length > 0 ? below : called;
    return only === undefined || others.length > 0 ? null : only.text;
  };
}

/** A path for comparison: lower case, without its extension and a trailing `index`. */
function compared(file: string): string {
  return decoded(file)
    .normalize("NFC")
    .toLowerCase()
    .replace(/\.(?:md|mdx|markdown|mdown|mkdn?|html?)$/, "")
    .replace(/(?:^|\/)_?index$/, "")
    .replace(/\/$/, "");
}

function decoded(file: string): string {
  try {
    return decodeURIComponent(file);
  } catch (error) {
    if (error instanceof URIError) return file;
    throw error;
  }
}
