/** Checks that the files which posts import are there, before the bundler looks for them. */
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import type { AuthorIssue } from "../../author-error.ts";
import { readIfThere } from "../../cache/file-state.ts";
import { didYouMean } from "../../did-you-mean.ts";
import { decodeText } from "../../yaml/decode-text.ts";
import type { Post } from "../model.ts";

/** Extensions that Vite adds to imports without one. */
const EXTENSIONS = ["", ".mjs", ".js", ".mts", ".ts", ".jsx", ".tsx", ".json"];

/** Imports of files that aren't there. @param root folder that paths of posts start from. */
export function checkImports(posts: readonly Post[], root: string): readonly AuthorIssue[] {
  const modules = posts.filter(({ body }) => body.kind === "module");
  return modules.flatMap(({ file }) => {
    const { text } = decodeText(readIfThere(path.join(root, file)) ?? Buffer.alloc(0), file);
    return importsIn(text).flatMap(({ from, line }) => {
      const target = path.resolve(root, path.dirname(file), from.replace(/[?#].*$/s, ""));
      return isModule(target) ? [] : [missing(from, target, file, line)];
    });
  });
}

interface Import {
  /** As written, beginning with `./` or `../`. */
  readonly from: string;
  /** 1-based. */
  readonly line: number;
}

/** Imports and re-exports by relative paths. Those in blocks of code, comments and paragraphs are text. */
export function importsIn(text: string): readonly Import[] {
  const blank = (part: string): string => part.replaceAll(/[^\n]/g, " ");
  const code = [FRONT_MATTER, FENCE, COMMENT, PARAGRAPH].reduce((left, part) => left.replaceAll(part, blank), text);
  return [...code.matchAll(IMPORT)].map((found) => {
    const [whole, from = ""] = found;
    return { from, line: code.slice(0, found.index + whole.length).split("\n").length };
  });
}

const FRONT_MATTER = /^(---|\+\+\+)[ \t]*\r?\n[\s\S]*?\n\1[ \t]*\r?\n/g;

const FENCE = /^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\1[`~]*[ \t]*\r?$|$(?![\s\S]))/gm;

const COMMENT = /\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->/g;

/** Lines without an empty one between them, of which the first is no code of a module. */
const PARAGRAPH = /(?<=^|\n[ \t]*\r?\n)(?!import\b|export\b)[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*/g;

const IMPORT =
  /^(?:import[ \t]*(?:[\w$*{][\w$*{},\s]*?\sfrom\s*|[\w$*{][\w$*{},\s]*?\}\s*from\s*)?|export\s*[*{][\w$*{},\s]*?from\s*)["'](\.{1,2}\/[^"'\n]+)["']/gm;

function isModule(target: string): boolean {
  return EXTENSIONS.some((end) => isFile(target + end) || isFile(path.join(target, `index${end}`)));
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

function missing(from: string, target: string, file: string, line: number): AuthorIssue {
  const meant = didYouMean(path.basename(target), filesIn(path.dirname(target)));
  const hint =
    meant === null
      ? "Correct the path, which starts from the folder of the post, or remove the import."
      : `Did you mean “${from.slice(0, from.lastIndexOf("/") + 1)}${meant}”?`;
  return { message: `This imports a file that isn't there: ${from}`, file, line, hint };
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
