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

/** The text of one post or page and what is needed to render it. */
export interface BodySource {
  /** Path from the project's root, such as `content/posts/hello.mdx`. */
  readonly file: string;
  /** The text after the front matter. */
  readonly source: string;
  /** Lines of the file before `source` begins. */
  readonly lineOffset: number;
  /** BCP 47. */
  readonly lang: string;
  /** The author's own texts (`content/words.yaml`); none when left out. */
  readonly words?: OwnWords | undefined;
  /** Base path of the site, `/` or `/blog/`. */
  readonly base: string;
  /** The project's root folder, absolute. */
  readonly root: string;
  /** How the text is written; by the file's name when it's left out. */
  readonly format?: BodyFormat;
  /** Whether its pictures are the photos of a note, for readers of microformats. */
  readonly isNote?: boolean | undefined;
}

/** How a body is written: `md` when its file's name says so, else `mdx`. */
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
  /** By how much headings are lower than they are written: 1 in a text with headings of the first level. */
  readonly headingShift: number;
  readonly found: Found;
  /** Null for a text without diagrams. */
  readonly drawDiagram: DrawDiagram | null;
  /** Null for a text without formulas. */
  readonly math: RenderMath | null;
  readonly options: MarkdownOptions;
  /** The text that was parsed, to which the offsets of the tree belong. */
  readonly text: string;
  /** Renders nodes that are inside another one; `phrasing` where only a sentence may stand. */
  readonly visit: (nodes: readonly ElementContent[], place: Place) => ElementContent[];
}

/** Context of a node: block or inline, in a link or not. */
export interface Place {
  readonly isPhrasing: boolean;
  readonly isInLink: boolean;
  /** How many elements it is in; 0 is the body itself. */
  readonly depth: number;
  /** Whether it is in preformatted text, in which signs stand for themselves. */
  readonly isVerbatim?: boolean;
}

export interface Found {
  readonly headings: Heading[];
  readonly links: BodyLink[];
  /** Files, paths from the project's root. */
  readonly pictures: Set<string>;
  /** Addresses of other texts in links that name their files, by the files' paths from the project's root. */
  readonly texts: Map<string, string>;
  /** Names in wikilinks, each with all files that it may mean: a new one of that name may be the one that's meant. */
  readonly names: Map<string, readonly string[]>;
  /** Addresses of pictures on other servers with the line where each is shown first. */
  readonly remotePictures: Map<string, number>;
  readonly issues: AuthorIssue[];
  /** Names of languages of code blocks that were reported as unknown. */
  readonly unknownLangs: Set<string>;
  /** Notes for the author. */
  readonly notes: AuthorIssue[];
  readonly imports: BodyImport[];
  /** Text of the post's own `import` and `export` lines. */
  esm: string;
  isModule: boolean;
  hasCode: boolean;
  /** Whether tags were written by hand, so that the result must be held against what a browser makes of it. */
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

/** Notes down a mistake at a node or a line. */
export function report(context: BodyContext, at: Nodes | number, message: string, hint: string): void {
  const { source, found } = context;
  const line = typeof at === "number" ? at : lineOf(at, source);
  // The same mistake twice in a line is one to read.
  if (found.issues.some((issue) => issue.line === line && issue.message === message)) return;
  found.issues.push({ message, file: source.file, line, hint });
}

/** Notes down what is worth saying and stops nothing. */
export function remark(context: BodyContext, at: Nodes | number, message: string, hint: string): void {
  const { source, found } = context;
  const line = typeof at === "number" ? at : lineOf(at, source);
  found.notes.push({ message, file: source.file, line, hint });
}
