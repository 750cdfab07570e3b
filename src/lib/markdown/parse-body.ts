import { mdxToHast, mdxToJs } from "satteri";
import type { Features } from "satteri";
import type { Root } from "hast";
import type { AuthorIssue } from "../author-error.ts";
import type { BodySource } from "./body-context.ts";
import { explainParseError } from "./parse-error.ts";
import { printable } from "./printable.ts";
import { markupWords } from "./body-translations.ts";

/** Most mistakes of syntax that are looked for in one body. */
const MOST_MISTAKES = 20;

/**
 * The tree of a body. A text that is no valid MDX gives every mistake that can be told apart from the ones before
 * it, and the tree of what is left when they are taken out; null when nothing can be made of it.
 */
export function parseBody(source: BodySource): { root: Root | null; issues: readonly AuthorIssue[] } {
  const issues: AuthorIssue[] = [];
  const features = featuresFor(source);
  let text = printable(source.source);
  let brokenTag: string | null = null;
  while (issues.length < MOST_MISTAKES) {
    try {
      return { root: rootOf(text, features), issues };
    } catch (error) {
      const found = explainParseError(error, text);
      if (found.closes === null || found.closes !== brokenTag) {
        const line = found.line === null ? {} : { line: found.line + source.lineOffset };
        issues.push({ message: found.message, file: source.file, ...line, hint: found.hint });
      }
      if (found.without === null) break;
      brokenTag = found.opens ?? brokenTag;
      text = found.without;
    }
  }
  return { root: null, issues };
}

/** What the parser does beyond Markdown: quotes are made typographic in English only, dashes and dots everywhere. */
function featuresFor(source: BodySource): Features {
  const words = markupWords(source);
  return {
    frontmatter: false,
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

function rootOf(text: string, features: Features): Root {
  const root = mdxToHast(text, { features });
  if (root.type !== "root") throw new Error(`The parser returned a ${root.type} and not a root`);
  return root;
}

/** Mistakes in the JavaScript of a body with imports or expressions, which only compiling it brings to light. */
export function checkModule(source: BodySource): readonly AuthorIssue[] {
  try {
    mdxToJs(source.source, { features: featuresFor(source) });
    return [];
  } catch (error) {
    const { message, line, hint } = explainParseError(error, source.source);
    return [
      { message, file: source.file, ...(line === null ? {} : { line: line + source.lineOffset }), hint },
    ];
  }
}
