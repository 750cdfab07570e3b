import { stringify } from "yaml";
import { isoInZone, partsInZone } from "../../lib/content/dates.ts";
import { slugOf } from "../../lib/site/slug.ts";

export const KINDS = ["post", "note", "page", "author", "series"] as const;
export type Kind = (typeof KINDS)[number];

export interface NewFileOptions {
  readonly kind: Kind;
  /** Title, or the name of an author. May be empty for a note. */
  readonly title: string;
  /** In a folder of its own, with room for pictures. */
  readonly isFolder: boolean;
  readonly isDraft: boolean;
  readonly extension: "md" | "mdx";
  /** null = the blog's language. */
  readonly lang: string | null;
  /** Ids; empty where the blog's only author is meant. */
  readonly authors: readonly string[];
  readonly now: Date;
  readonly timeZone: string | null;
  /** Text of the author's own template for this kind, from content/templates/. */
  readonly template: string | null;
}

export interface NewFile {
  /** Path from the content folder: `posts/over-the-fence.md`. */
  readonly file: string;
  readonly text: string;
}

/** Bytes of a name made from a title; mail and chat programs cut longer addresses. */
const MAX_BYTES = 100;

const FOLDERS: Readonly<Record<Kind, string>> = {
  post: "posts",
  note: "notes",
  page: "pages",
  author: "authors",
  series: "series",
};

/** The file of something new, valid as it is. */
export function newFile(options: NewFileOptions): NewFile {
  const { kind, title, isFolder, extension, template } = options;
  const name = title.trim() === "" ? momentName(options) : shortened(slugOf(title));
  const isYaml = kind === "author" || kind === "series";
  const file = isYaml ? `${name}.yaml` : isFolder ? `${name}/index.${extension}` : `${name}.${extension}`;
  const text = template === null ? builtIn(options) : filled(template, options, name);
  return { file: `${FOLDERS[kind]}/${file}`, text };
}

function builtIn({ kind, title, isDraft, lang, authors, now, timeZone }: NewFileOptions): string {
  const about = (key: string) => stringify({ [key]: title.trim() }, { lineWidth: 0 }).trimEnd();
  if (kind === "author")
    return `${about("name")}\n# short: Who that is, in one line.\n# bio: A paragraph, in Markdown.\n`;
  if (kind === "series") return `${about("title")}\n# description: What the series is about.\n`;
  const date = `date: ${isoInZone(now.toISOString(), timeZone)}`;
  const isPage = kind === "page";
  const lines = [
    "---",
    ...(title.trim() === "" ? [] : [about("title")]),
    ...(kind === "note" ? [] : ["# description: One or two sentences for lists, feeds and search engines."]),
    ...(isPage ? [] : [date]),
    ...(isPage || authors.length === 0 ? [] : [`authors: [${authors.join(", ")}]`]),
    ...(kind === "post" ? ["tags: []"] : []),
    ...(lang === null ? [] : [`lang: ${lang}`]),
    ...(isDraft ? ["draft: true # remove this line to publish"] : []),
    "---",
    "",
    "Begin here.",
    "",
  ];
  return lines.join("\n");
}

/** A template with `{{title}}`, `{{date}}`, `{{slug}}` and `{{author}}` filled in. */
function filled(template: string, { title, now, timeZone, authors }: NewFileOptions, slug: string): string {
  const values: Readonly<Record<string, string>> = {
    title: title.trim(),
    date: isoInZone(now.toISOString(), timeZone),
    slug,
    author: authors[0] ?? "",
  };
  return template.replaceAll(/\{\{ *(\w+) *\}\}/g, (whole, name: string) => values[name] ?? whole);
}

/** Name of a note without a title: `2026-05-01-0930`. */
function momentName({ now, timeZone }: NewFileOptions): string {
  const { year, month, day, hour, minute } = partsInZone(now.toISOString(), timeZone);
  return `${year}-${month}-${day}-${hour}${minute}`;
}

/** A name cut between words, or, where there is no such place, between characters. */
function shortened(name: string): string {
  let cut = name;
  while (Buffer.byteLength(cut) > MAX_BYTES) {
    const place = cut.lastIndexOf("-");
    cut = place > 0 ? cut.slice(0, place) : [...cut].slice(0, -1).join("");
  }
  return cut;
}
