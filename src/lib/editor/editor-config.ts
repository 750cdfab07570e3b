import { editorSchema, KINDS } from "../content/reference.ts";
import type { Settings } from "../site/settings.ts";
import { editorBackend } from "./editor-backend.ts";
import { editorFields, type EditorField, type FieldOverrides } from "./editor-fields.ts";

export interface EditorConfigOptions {
  readonly settings: Pick<Settings, "title" | "url" | "editor">;
  /** Name of the content folder. */
  readonly contentName: string;
  /** The blog's texts; paths from the parent of the content folder. */
  readonly files: readonly string[];
}

/** A list of entries of one kind and layout. */
export interface EditorCollection {
  readonly name: string;
  readonly label: string;
  readonly folder: string;
  readonly fields: readonly EditorField[];
  readonly [option: string]: unknown;
}

/** Date format of `backfence new`. No field has a default, which the editor would write into existing posts. */
const MOMENT = { widget: "datetime", format: "YYYY-MM-DDTHH:mm:ssZ" } as const;

/** Raw Markdown only: the rich text mode would rewrite directives, MDX and footnotes. */
const TEXT: EditorField = {
  name: "body",
  label: "Text",
  widget: "richtext",
  modes: ["raw"],
  required: false,
};

const LONG_TEXTS: FieldOverrides = { description: { widget: "text" }, bio: { widget: "text" } };

const POST: FieldOverrides = {
  ...LONG_TEXTS,
  date: { ...MOMENT, required: true },
  updated: MOMENT,
  authors: { widget: "relation", collection: "authors", multiple: true, ...named("name") },
  series: { widget: "relation", collection: "series", ...named("title") },
  "cover.src": { widget: "image" },
  "cover.dark": { widget: "image" },
};

function named(key: string) {
  return { value_field: "{{slug}}", search_fields: [key], display_fields: [key] };
}

/** The editor's configuration, which is published as `config.json` beside its page. */
export function editorConfig(options: EditorConfigOptions): object {
  const { settings } = options;
  if (settings.editor === null) throw new Error("The settings name no editor");
  const { origin } = new URL(settings.url);
  const prefix = settings.editor.folder === null ? "" : `${settings.editor.folder}/`;
  return {
    backend: editorBackend(settings.editor),
    app_title: settings.title,
    site_url: origin,
    display_url: settings.url,
    show_preview_links: false,
    media_folder: `${prefix}public/images`,
    public_folder: "/images",
    slug: { encoding: "unicode", clean_accents: false },
    output: { omit_empty_optional_fields: true, encode_file_path: false },
    collections: collections(options, `${prefix}${options.contentName}`),
  };
}

function collections({ files, contentName }: EditorConfigOptions, content: string): EditorCollection[] {
  const schemas = {
    post: editorSchema(KINDS.post),
    page: editorSchema(KINDS.page),
    author: editorSchema(KINDS.author),
    series: editorSchema(KINDS.series),
  };
  const post = inOrder([...editorFields(schemas.post, { ...POST, title: { required: true } }), TEXT]);
  const note = inOrder([...editorFields(schemas.post, POST), TEXT]);
  const page = inOrder([...editorFields(schemas.page, LONG_TEXTS), TEXT]);
  const layoutsOf = (folder: string) => layoutsIn(files, `${contentName}/${folder}/`);
  return [
    ...texts("posts", "Post", post, { content, used: layoutsOf("posts"), first: "folder.md" }),
    ...texts("notes", "Note", note, {
      ...{ content, used: layoutsOf("notes"), first: "file.md" },
      options: { slug: "{{year}}-{{month}}-{{day}}-{{hour}}{{minute}}", identifier_field: "date" },
    }),
    ...texts("pages", "Page", page, { content, used: layoutsOf("pages"), first: "file.md" }),
    {
      ...{ name: "authors", label: "Authors", label_singular: "Author", icon: "person" },
      ...{ folder: `${content}/authors`, extension: "yaml", format: "yaml", identifier_field: "name" },
      ...{ media_folder: "", public_folder: "" },
      fields: editorFields(schemas.author, { ...LONG_TEXTS, "photo.src": { widget: "image" } }),
    },
    {
      ...{ name: "series", label: "Series", label_singular: "Series", icon: "library_books" },
      ...{ folder: `${content}/series`, extension: "yaml", format: "yaml" },
      fields: editorFields(schemas.series, LONG_TEXTS),
    },
  ];
}

/** Fields at the top of forms; the others follow in the order of the schema. */
const FIRST = ["title", "description", "body", "date", "draft", "tags", "authors", "cover"];

function inOrder(fields: readonly EditorField[]): EditorField[] {
  const place = ({ name }: EditorField) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  return fields.toSorted((a, b) => place(a) - place(b));
}

/** File layout of a text: `name/index.md` or `name.md`. */
type Layout = "folder.md" | "folder.mdx" | "file.md" | "file.mdx";

const LAYOUTS: Readonly<Record<Layout, string>> = {
  "folder.md": "folders",
  "folder.mdx": "folders, .mdx",
  "file.md": "files",
  "file.mdx": "files, .mdx",
};

/** The layouts of the texts in a folder; ignores texts in nested folders, which the editor doesn't support. */
function layoutsIn(files: readonly string[], folder: string): ReadonlySet<Layout> {
  const known = files.flatMap((file) => {
    if (!file.startsWith(folder)) return [];
    const [, inFolder, extension] = /^[^/]+(\/index)?\.(mdx?)$/.exec(file.slice(folder.length)) ?? [];
    if (extension !== "md" && extension !== "mdx") return [];
    return [`${inFolder === undefined ? "file" : "folder"}.${extension}` as const];
  });
  return new Set(known);
}

interface TextOptions {
  readonly content: string;
  readonly used: ReadonlySet<Layout>;
  /** Layout for new texts. */
  readonly first: Layout;
  readonly options?: Readonly<Record<string, unknown>>;
}

const NEWEST_FIRST = { fields: ["date", "title"], default: { field: "date", direction: "descending" } };

/** A collection for new texts, and one for each other layout in the blog. */
function texts(
  folder: string,
  noun: string,
  fields: readonly EditorField[],
  { content, used, first, options = {} }: TextOptions,
): EditorCollection[] {
  const others = Object.keys(LAYOUTS)
    .filter(isLayout)
    .filter((layout) => layout !== first && used.has(layout));
  return [first, ...others].map((layout) => {
    const [place, extension] = layout.split(".");
    const isFirst = layout === first;
    return {
      name: isFirst ? folder : `${folder}-${layout.replace(".", "-")}`,
      label: isFirst && others.length === 0 ? `${noun}s` : `${noun}s (${LAYOUTS[layout]})`,
      label_singular: noun,
      folder: `${content}/${folder}`,
      ...(place === "folder" ? { path: "{{slug}}/index" } : {}),
      ...{ extension, format: "yaml-frontmatter", create: isFirst, slug: "{{slug}}" },
      ...{ media_folder: "", public_folder: "" },
      ...options,
      ...(noun === "Page" ? {} : { sortable_fields: NEWEST_FIRST }),
      view_filters: [{ label: "Drafts", field: "draft", pattern: true }],
      fields,
    };
  });
}

function isLayout(name: string): name is Layout {
  return name in LAYOUTS;
}
