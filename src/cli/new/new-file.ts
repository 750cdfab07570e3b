import { stringify } from "yaml";
import { isoInZone } from "../../lib/content/dates.ts";
import { nameFromMoment, nameFromTitle } from "../../lib/content/new-name.ts";

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

const FOLDERS: Readonly<Record<Kind, string>> = {
  post: "posts",
  note: "notes",
  page: "pages",
  author: "authors",
  series: "series",
};

/** The file of something new, valid as it is. */
export function newFile(options: NewFileOptions): NewFile {
  const { kind, title, isFolder, extension, template, now, timeZone } = options;
  const name = title.trim() === "" ? nameFromMoment(now.toISOString(), timeZone) : nameFromTitle(title);
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
