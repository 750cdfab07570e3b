/** Finds the files of posts, notes and pages, in folders of any depth. */
import { realpathSync, type Dirent } from "node:fs";
import path from "node:path";
import { issueOutside } from "../site/assert-inside.ts";
import { slugOf } from "../site/slug.ts";
import { entriesOf, isFolder } from "./folder-entries.ts";
import type { ContentFile, Place } from "./folder-entries.ts";
import { withoutDate } from "./file-date.ts";
import { languagesIn } from "./file-language.ts";

type Kind = "posts" | "notes" | "pages";

/** `.markdown` is Markdown, too. */
const TEXT = /\.(?:mdx|md|markdown)$/;

/** Names of texts in other markup formats, and of backup copies. */
const LOOKS_LIKE_TEXT =
  /\.(?:mdx?|markdown|mkdn?|mdown|mkdown|qmd|rmd|rst|org|adoc|asciidoc|textile)$|\.mdx?\.(?:txt|bak|orig|old)$/i;

/** Files of other formats, or without an extension, that may contain a post. */
const LEFT_OUT = /\.(?:te?xt|x?html?|docx?|odt|rtf|pages|canvas|ipynb)$|^(?!README|LICENSE|CNAME|Makefile|Dockerfile)[^.]+$/i;

/**
 * Lists the texts in a folder, at any depth. A post is named after its file, or after the folder of its `index` file:
 * `2024/trip.md` and `2024/trip/index.md` are `trip`. Page names include folders: `docs/intro.md` is `docs/intro`.
 */
export function listTexts(place: Place, kind: Kind): readonly ContentFile[] {
  return inFolder(place, { kind, names: [], isInBundle: false });
}

interface Way {
  readonly kind: Kind;
  /** Names of the folders between the kind's own (such as `posts/`) and the current file, including this folder. */
  readonly names: readonly string[];
  /** Whether a parent folder is that of a post, so that this folder belongs to the post. */
  readonly isInBundle: boolean;
}

function inFolder(place: Place, way: Way): readonly ContentFile[] {
  const entries = entriesOf(place.absolute)
    .filter((entry) => isInProject(entry, place) && !leadsBack(entry, place))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = entries.filter(({ name }) => TEXT.test(name)).map(({ name }) => name.replace(TEXT, ""));
  const languages = languagesIn(names);
  const tied = new Set([...languages.values()].map(({ stem }) => stem));
  /** The name of a text without its language, and the language. */
  const versionOf = (name: string): { stem: string; version?: NonNullable<ContentFile["version"]> } => {
    const base = name.replace(TEXT, "");
    const { stem, lang } = languages.get(base) ?? { stem: base, lang: null };
    return tied.has(stem) ? { stem, version: { lang, tie: `${place.file}/${stem}` } } : { stem };
  };
  const isIndex = (name: string): boolean => TEXT.test(name) && versionOf(name).stem === "index";
  const indexes = entries.filter(({ name }) => isIndex(name));
  const isBundle = way.kind !== "pages" && way.names.length > 0 && (way.isInBundle || indexes.length > 0);
  return entries.flatMap((entry): readonly ContentFile[] => {
    const file = `${place.file}/${entry.name}`;
    if (isFolder(entry, place.absolute)) {
      const inner = { ...place, absolute: path.join(place.absolute, entry.name), file };
      return inFolder(inner, { ...way, names: [...way.names, entry.name], isInBundle: isBundle });
    }
    if (!TEXT.test(entry.name)) {
      reportLookAlike(entry.name, file, place);
      return [];
    }
    if (CONFLICT_COPY.test(entry.name)) {
      place.issues.push(conflictCopy(entry.name, file));
      return [];
    }
    const { stem, ...version } = versionOf(entry.name);
    if (isIndex(entry.name)) {
      const lang = version.version?.lang;
      const first = indexes.find(({ name }) => versionOf(name).version?.lang === lang)?.name ?? "";
      return indexOf(entry.name, file, first, place, way).map((index) => ({ ...index, ...version }));
    }
    if (isBundle) {
      place.issues.push(secondText(entry.name, file, way, place));
      return [];
    }
    return [{ name: nameOf(stem, way), file, ...version }];
  });
}

/** Whether an entry is in the project. Adds an issue for a symlink that leads out of it. */
function isInProject(entry: Dirent, { absolute, root, issues }: Place): boolean {
  const issue = entry.isSymbolicLink() ? issueOutside(root, path.join(absolute, entry.name)) : null;
  if (issue !== null) issues.push(issue);
  return issue === null;
}

/** Whether an entry is a symlink to a folder that contains it, which would never end. If so, adds an issue. */
function leadsBack(entry: Dirent, { absolute, file, issues }: Place): boolean {
  if (!entry.isSymbolicLink() || !isFolder(entry, absolute)) return false;
  const target = realpathSync(path.join(absolute, entry.name));
  if (!`${realpathSync(absolute)}${path.sep}`.startsWith(target + path.sep)) return false;
  issues.push({
    message: "This link leads back to a folder that it is in",
    file: `${file}/${entry.name}`,
    hint: "Delete it: the texts of that folder are in the blog already.",
  });
  return true;
}

function indexOf(name: string, file: string, first: string, place: Place, way: Way): readonly ContentFile[] {
  const { kind, names } = way;
  if (name !== first) {
    const message = `This folder has two texts: ${first} and ${name}`;
    place.issues.push({ message, file, hint: "Keep one of the two." });
    return [];
  }
  const last = names.at(-1);
  if (last === undefined) {
    place.issues.push({
      message: `A file named index has no address of its own: it would be the list of all ${kind}`,
      file,
      hint: `Name it for what it says, such as ${place.file}/my-first-${kind.slice(0, -1)}${path.extname(name)}.`,
    });
    return [];
  }
  return [{ name: nameOf(last, { ...way, names: names.slice(0, -1) }), file }];
}

/** A file or folder's name for addresses. For posts, without the date at its start, which is the post's date. */
function nameOf(name: string, { kind, names }: Pick<Way, "kind" | "names">): string {
  if (kind === "pages") return [...names, name].map(addressable).join("/");
  return addressable(withoutDate(name.normalize("NFC")));
}

/** Slugifies names with spaces and symbols, which note-taking programs allow; other names stay unchanged. */
function addressable(name: string): string {
  const plain = name.normalize("NFC");
  return /^[\p{L}\p{M}\p{N}\p{So}\u200C\u200D_.~-]+$/u.test(plain) ? plain : slugOf(plain);
}

function secondText(name: string, file: string, { names }: Way, place: Place) {
  const folder = path.posix.dirname(place.file);
  return {
    message: `This text is in the folder of another, ${names.at(-1) ?? ""}, so it isn't a post itself`,
    file,
    hint: `Move it to ${folder}/${name}, or begin its name with _ when the other text uses it: _${name}`,
  };
}

function reportLookAlike(name: string, file: string, { issues, leftOut }: Place): void {
  if (LOOKS_LIKE_TEXT.test(name)) {
    const right = name.replace(/\.(mdx?)\.\w+$/i, ".$1").replace(/\.(\w+)$/, (_, end: string) => `.${endOf(end)}`);
    issues.push({
      message: `The name of a post or page ends in .md or .mdx, this one in ${/(?:\.mdx?)?\.\w+$/i.exec(name)?.[0] ?? ""}`,
      file,
      hint: `Name it ${path.posix.join(path.posix.dirname(file), right)}, or begin its name with _ to keep it out of the blog.`,
    });
  } else if (LEFT_OUT.test(name)) leftOut.push(file);
}

/** Copies that Dropbox, Nextcloud, ownCloud, Syncthing and Resilio Sync make if two devices have changed a file. */
const CONFLICT_COPY =
  / ?\([^()]*conflicted copy[^()]*\)|\.sync-conflict-\d{8}-\d{6}(?:-\w+)?|_conflict-\d{8}-\d{6}|\.[Cc]onflict(?=\.)/;

function conflictCopy(name: string, file: string) {
  const original = name.replace(CONFLICT_COPY, "");
  return {
    message: "This is a copy that a program made when two devices had changed the file",
    file,
    hint: `Compare it with ${path.posix.join(path.posix.dirname(file), original)}, keep what is right in there, and delete the copy.`,
  };
}

function endOf(ending: string): string {
  return ending.toLowerCase() === "mdx" ? "mdx" : "md";
}
