import type { ElementContent, Nodes } from "hast";
import type { OwnWords } from "../../i18n/messages.ts";
import type { AuthorIssue } from "../author-error.ts";
import type { BodyImport, BodyLink, Heading } from "../content/model.ts";
import type { PictureResolver } from "../images/image-resolver.ts";
import type { Highlighter } from "./highlighter.ts";
import type { HeadingIds } from "./heading.ts";
import type { MarkdownOptions } from "./markdown-options.ts";
import type { DrawDiagram } from "./diagram.ts";
import type { RenderMath } from "./math.ts";
import type { BodyTranslations } from "./body-translations.ts";
import type { BodyFormat } from "./dialect/prepared.ts";

/** The text of one post or page, and the data needed to render it. */
export interface BodySource {
  /** Path from the project's root, such as `content/posts/hello.mdx`. */
  readonly file: string;
  /** The text after the front matter. */
  readonly source: string;
  /** Number of lines in the file before `source`. */
  readonly lineOffset: number;
  /** BCP 47 language tag. */
  readonly lang: string;
  /** The author's own interface texts (`content/words.yaml`), if any. */
  readonly words?: OwnWords | undefined;
  /** Base path of the site, `/` or `/blog/`. */
  readonly base: string;
  /** The project's root folder, absolute. */
  readonly root: string;
  /** Format of the text; derived from the file name by default. */
  readonly format?: BodyFormat;
  /** Whether its pictures are a note's photos, marked up as such with microformats. */
  readonly isNote?: boolean | undefined;
}

/** The given format, or else by the file name: `md` for .md and .markdown, `mdx` for any other. */
export function formatOf({ format, file }: BodySource): BodyFormat {
  return format ?? (/\.(?:md|markdown)$/i.test(file) ? "md" : "mdx");
}

/** Inputs and findings of rendering a body. */
export interface BodyContext {
  readonly source: BodySource;
  readonly words: BodyTranslations;
  readonly pictures: PictureResolver;
  /** Null for a text without code blocks. */
  readonly highlighter: Highlighter | null;
  readonly ids: HeadingIds;
  /** Number of levels that headings are lowered by: 1 in a text with first-level headings, else 0. */
  readonly headingShift: number;
  readonly found: Found;
  /** Null for a text without diagrams. */
  readonly drawDiagram: DrawDiagram | null;
  /** Null for a text without formulas. */
  readonly math: RenderMath | null;
  readonly options: MarkdownOptions;
  /** The parsed text, which the offsets in the tree refer to. */
  readonly text: string;
  /** Renders nested nodes; `place` describes where they are. */
  readonly visit: (nodes: readonly ElementContent[], place: Place) => ElementContent[];
}

/** Context of a node: block or inline, in a link or not. */
export interface Place {
  readonly isPhrasing: boolean;
  readonly isInLink: boolean;
  /** Number of enclosing elements; 0 directly in the body. */
  readonly depth: number;
  /** Whether it is in preformatted text, where all characters are literal. */
  readonly isVerbatim?: boolean;
}

export interface Found {
  readonly headings: Heading[];
  readonly links: BodyLink[];
  /** Files as paths from the project's root. */
  readonly pictures: Set<string>;
  /** Addresses of other texts that links refer to by file, by the files' paths from the project's root. */
  readonly texts: Map<string, string>;
  /** Names in wikilinks, each with all files that it may refer to: a new file with that name can change the target. */
  readonly names: Map<string, readonly string[]>;
  /** Addresses of pictures on other servers, each with the line where it is first used. */
  readonly remotePictures: Map<string, number>;
  readonly issues: AuthorIssue[];
  /** Languages of code blocks that have already been reported as unknown. */
  readonly unknownLangs: Set<string>;
  /** Notes for the author. */
  readonly notes: AuthorIssue[];
  readonly imports: BodyImport[];
  /** Text of the post's own `import` and `export` lines. */
  esm: string;
  isModule: boolean;
  hasCode: boolean;
  /** Whether there are hand-written tags, so that the nesting has to be compared with that of an HTML parser. */
  hasTags: boolean;
  tables: number;
  tabs: number;
}

export function nothingFound(): Found {
  return {
    headings: [],
    links: [],
    pictures: new Set(),
    texts: new Map(),
    names: new Map(),
    remotePictures: new Map(),
    issues: [],
    notes: [],
    unknownLangs: new Set(),
    imports: [],
    esm: "",
    isModule: false,
    hasCode: false,
    hasTags: false,
    tables: 0,
    tabs: 0,
  };
}

/** 1-based line of a node in the author's file. */
export function lineOf(node: Nodes, source: BodySource): number {
  return (node.position?.start.line ?? 1) + source.lineOffset;
}

/** Records an error at a node or a line (1-based in the file). */
export function report(context: BodyContext, at: Nodes | number, message: string, hint: string): void {
  const { source, found } = context;
  const line = typeof at === "number" ? at : lineOf(at, source);
  // The same error twice on a line is reported once.
  if (found.issues.some((issue) => issue.line === line && issue.message === message)) return;
  found.issues.push({ message, file: source.file, line, hint });
}

/** Records a note, which doesn't stop the build. */
export function remark(context: BodyContext, at: Nodes | number, message: string, hint: string): void {
  const { source, found } = context;
  const line = typeof at === "number" ? at : lineOf(at, source);
  found.notes.push({ message, file: source.file, line, hint });
}
