import { parseAllDocuments, stringify, visit, type Scalar } from "yaml";
import { isoInZone } from "../../lib/content/dates.ts";
import { authorIdFromName, nameFromMoment, nameFromTitle } from "../../lib/content/new-name.ts";
import { isEnginePath } from "../../lib/content/site-map.ts";

export const KINDS = ["post", "note", "page", "author", "series"] as const;
export type Kind = (typeof KINDS)[number];

export interface NewFileOptions {
  readonly kind: Kind;
  /** Title, or an author's name, on one line. May be empty for a note. */
  readonly title: string;
  /** Create `<name>/index.md` in a folder of its own, with room for pictures. */
  readonly isFolder: boolean;
  readonly isDraft: boolean;
  readonly extension: "md" | "mdx";
  /** null = the blog's language. */
  readonly lang: string | null;
  /** Author ids; empty = omit `authors`, so the blog's default author applies. */
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

/** Builds a new file whose content is valid as it is. */
export function newFile(options: NewFileOptions): NewFile {
  const { kind, title, isFolder, extension, template, now, timeZone } = options;
  const name = title === "" ? nameFromMoment(now.toISOString(), timeZone) : nameOf(kind, title);
  const isYaml = kind === "author" || kind === "series";
  const file = isYaml ? `${name}.yaml` : isFolder ? `${name}/index.${extension}` : `${name}.${extension}`;
  const text = template === null ? builtIn(options) : filled(template, options, name);
  return { file: `${FOLDERS[kind]}/${file}`, text };
}

/** File name from the title, changed for a page if the engine uses its address. */
function nameOf(kind: Kind, title: string): string {
  const name = kind === "author" ? authorIdFromName(title) : nameFromTitle(title);
  return kind === "page" && isEnginePath(`/${name}/`) ? `${name}-page` : name;
}

function builtIn({ kind, title, isDraft, lang, authors, now, timeZone }: NewFileOptions): string {
  const about = (key: string) => stringify({ [key]: title }, { lineWidth: 0 }).trimEnd();
  if (kind === "author")
    return `${about("name")}\n# short: Who that is, in one line.\n# bio: A paragraph, in Markdown.\n`;
  if (kind === "series") return `${about("title")}\n# description: What the series is about.\n`;
  const date = `date: ${isoInZone(now.toISOString(), timeZone)}`;
  const isPage = kind === "page";
  const lines = [
    "---",
    ...(title === "" ? [] : [about("title")]),
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

/** Whether a template contains the placeholder `{{author}}`. */
export function usesAuthor(template: string): boolean {
  return /\{\{ *author *\}\}/.test(template);
}

/** A template with `{{title}}`, `{{date}}`, `{{slug}}` and `{{author}}` filled in. */
function filled(
  template: string,
  { kind, title, now, timeZone, authors }: NewFileOptions,
  slug: string,
): string {
  const values: Readonly<Record<string, string>> = {
    title,
    date: isoInZone(now.toISOString(), timeZone),
    slug,
    author: authors[0] ?? "",
  };
  const fill = (text: string, known: typeof values): string =>
    text.replaceAll(/\{\{ *(\w+) *\}\}/g, (whole, name: string) => known[name] ?? whole);
  const { title: _, ...others } = values;
  const inYaml = (text: string): string => withTitleInYaml(fill(text, others), title);
  if (kind === "author" || kind === "series") return inYaml(template);
  const [, front = "", rest = template] =
    /^(\uFEFF?---[ \t]*\r?\n[^]*?\n---[ \t]*(?=\r?\n|$))([^]*)$/.exec(template) ?? [];
  return inYaml(front) + fill(rest, values);
}

/** Replaces `{{title}}` while the YAML is parsed, where braces would be a map. */
const TITLE = "backfence-title";

/** YAML with `{{title}}` filled in; a value that contains it is quoted if the title requires it. */
function withTitleInYaml(template: string, title: string): string {
  const text = template.replaceAll(/\{\{ *title *\}\}/g, TITLE);
  let filledIn = text;
  const [document] = parseAllDocuments(text);
  if (document === undefined || "empty" in document) return template;
  const scalars: Scalar[] = [];
  visit(document, { Scalar: (_, node) => void scalars.push(node) });
  for (const { value, range } of scalars.toReversed()) {
    if (typeof value !== "string" || !value.includes(TITLE) || range == null) continue;
    const whole = value.replaceAll(TITLE, () => title);
    const isPlain = stringify(whole, { lineWidth: 0 }) === `${whole}\n` && !/[,[\]{}]/.test(whole);
    filledIn =
      filledIn.slice(0, range[0]) + (isPlain ? whole : JSON.stringify(whole)) + filledIn.slice(range[1]);
  }
  return filledIn.replaceAll(TITLE, () => title);
}
