import { markdownToHast, markdownToHtml, mdxToHast, mdxToJs } from "satteri";
import type { Features, HastPluginList, MdastPluginList } from "satteri";
import type { Nodes, Root } from "hast";
import type { AuthorIssue } from "../author-error.ts";
import type { BodySource } from "./body-context.ts";
import { formatOf } from "./body-context.ts";
import { placeInProject } from "../stack-places.ts";
import { markupWords } from "./body-translations.ts";
import { prepareText } from "./dialect/prepare.ts";
import { originalLine } from "./dialect/prepared.ts";
import type { LineIssue, PreparedText } from "./dialect/prepared.ts";
import { explainParseError } from "./parse-error.ts";
import { assembleHtml } from "./raw-html.ts";

/** Maximum number of errors reported for one body. */
const MAX_ERRORS = 20;

/** Sätteri plugins that the author added, in the form of Astro's `markdown.processor`. */
export interface MarkdownPlugins {
  readonly mdastPlugins?: MdastPluginList | undefined;
  readonly hastPlugins?: HastPluginList | undefined;
}

/** A body's tree, and the errors and notes found while parsing it. */
export interface ParsedBody {
  /** Null when the text can't be parsed. Line numbers are those of the author's text. */
  readonly root: Root | null;
  readonly issues: readonly AuthorIssue[];
  readonly notes: readonly AuthorIssue[];
  /** The parsed text, which the offsets in the tree refer to. */
  readonly text: string;
  /** The prepared text, before any errors were removed from it. */
  readonly prepared: PreparedText;
}

/**
 * Parses a body. For invalid MDX, reports each error, removes it and parses again, so that all independent errors are
 * found; the tree is that of the remaining text.
 */
export async function parseBody(source: BodySource, plugins: MarkdownPlugins = {}): Promise<ParsedBody> {
  const format = formatOf(source);
  const prepared = prepareText(source.source, format);
  const features = featuresFor(source);
  const at = ({ line, message, hint }: LineIssue): AuthorIssue => ({
    message,
    file: source.file,
    line: line + source.lineOffset,
    hint,
  });
  const issues = prepared.issues.map(at);
  const notes = prepared.notes.map(at);
  if (format === "md") {
    const tree = await treeOf(prepared.text, "md", features, plugins).catch(pluginError);
    if (tree instanceof PluginError)
      return { root: null, issues: [...issues, tree.issueIn(source)], notes, text: prepared.text, prepared };
    const assembled = assembleHtml(tree, prepared.text);
    const moved = (issue: LineIssue): AuthorIssue =>
      at({ ...issue, line: originalLine(prepared.lines, issue.line) });
    issues.push(...assembled.issues.map(moved));
    notes.push(...assembled.notes.map(moved));
    return {
      root: withOriginalLines(assembled.root, prepared.lines),
      issues,
      notes,
      text: prepared.text,
      prepared,
    };
  }
  let text = prepared.text;
  let brokenTag: string | null = null;
  while (issues.length < MAX_ERRORS) {
    try {
      const root = withOriginalLines(await treeOf(text, "mdx", features, plugins), prepared.lines);
      return { root, issues, notes, text, prepared };
    } catch (error) {
      if (error instanceof PluginError) {
        issues.push(error.issueIn(source));
        break;
      }
      const found = explainParseError(error, text);
      if (found.closes === null || found.closes !== brokenTag) {
        const { message, hint } = found;
        const line = found.line === null ? null : originalLine(prepared.lines, found.line);
        issues.push(line === null ? { message, file: source.file, hint } : at({ line, message, hint }));
      }
      if (found.without === null) break;
      brokenTag = found.opens ?? brokenTag;
      text = found.without;
    }
  }
  return { root: null, issues, notes, text, prepared };
}

/** Parser options beyond Markdown: typographic quotes in English only, dashes and ellipses in all languages. */
function featuresFor(source: BodySource): Features {
  const words = markupWords(source);
  return {
    frontmatter: false,
    definitionList: true,
    smartPunctuation: { quotes: /^en\b/i.test(source.lang), dashes: true, ellipses: true },
    gfm: {
      footnotes: {
        label: words.footnotes,
        backLabel: (number, rerun) => words.backToNote(rerun > 1 ? `${number}-${rerun}` : String(number)),
        clobberPrefix: "",
      },
    },
  };
}

async function treeOf(
  text: string,
  format: "md" | "mdx",
  features: Features,
  { mdastPlugins = [], hastPlugins = [] }: MarkdownPlugins,
): Promise<Root> {
  const hasPlugins = mdastPlugins.length + hastPlugins.length > 0;
  if (!hasPlugins)
    return rootOf(format === "mdx" ? mdxToHast(text, { features }) : markdownToHast(text, { features }));
  const captured: unknown[] = [];
  const capture = {
    name: "backfence-tree",
    after(root: unknown) {
      captured.push(plainCopy(root));
    },
  };
  const options = { features, mdastPlugins, hastPlugins: [...hastPlugins, capture] };
  try {
    await (format === "mdx" ? mdxToJs(text, options) : markdownToHtml(text, options));
    return rootOf(captured[0]);
  } catch (error) {
    // Parsing without plugins throws a syntax error if the text itself is invalid.
    if (format === "mdx") mdxToHast(text, { features });
    throw new PluginError(error);
  }
}

/** Wraps an error thrown by one of the author's plugins. */
class PluginError extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }

  issueIn({ file, root }: BodySource): AuthorIssue {
    const place = this.cause instanceof Error ? placeInProject(this.cause, root) : null;
    return {
      message: `A Markdown plug-in of the project fails at this text: ${this.message.split("\n")[0] ?? ""}`,
      file,
      hint: `Correct the plug-in${place === null ? "" : ` (${place.file}:${place.line})`}, or remove it from astro.config.mjs.`,
    };
  }
}

function pluginError(error: unknown): PluginError {
  if (error instanceof PluginError) return error;
  throw error;
}

/** Copies the parser's tree, whose nodes are created lazily, to plain objects. */
function plainCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainCopy);
  if (typeof value !== "object" || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    if (typeof part !== "function" && !(part instanceof WeakMap)) copy[key] = plainCopy(part);
  }
  return copy;
}

function rootOf(root: unknown): Root {
  if (!isRoot(root)) throw new Error("The parser returned no root");
  return root;
}

function isRoot(node: unknown): node is Root {
  return typeof node === "object" && node !== null && "type" in node && node.type === "root";
}

/** Changes the tree's line numbers from those of the prepared text to the author's. */
function withOriginalLines(root: Root, lines: readonly number[]): Root {
  if (lines.every((line, index) => line === index + 1)) return root;
  const walk = (node: Nodes): void => {
    if (node.position !== undefined) {
      const { start, end } = node.position;
      node.position = {
        start: { ...start, line: originalLine(lines, start.line) },
        end: { ...end, line: originalLine(lines, end.line) },
      };
    }
    if ("children" in node) for (const child of node.children) walk(child);
  };
  walk(root);
  return root;
}

/** Errors in the JavaScript of a body with imports or expressions, which only compiling reveals. */
export function checkModule(source: BodySource, { text, lines }: PreparedText): readonly AuthorIssue[] {
  try {
    mdxToJs(text, { features: featuresFor(source) });
    return [];
  } catch (error) {
    const { message, line, hint } = explainParseError(error, text);
    const place = line === null ? {} : { line: originalLine(lines, line) + source.lineOffset };
    return [{ message, file: source.file, ...place, hint }];
  }
}
