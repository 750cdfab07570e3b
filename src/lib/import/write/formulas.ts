/** Handles formulas that aren't valid TeX, such as those with macros of the old theme, since they'd fail the build. */
import katex from "katex";
import { texAt } from "../../markdown/dialect/scan.ts";
import { decodeEntities } from "../html/entities.ts";
import { FORMULA } from "../html/formula.ts";
import { changeProse } from "../fenced-code.ts";

const IN_DOLLARS = /(?<![\\$])(?:\$\$(?!\$)([^$]+?)\$\$|\$(?![\s$])([^$\n]+?)(?<![\s\\])\$(?!\d))/g;

/** Turns invalid formulas into code. @param onInvalid called with each of them. */
export function withValidFormulas(markdown: string, onInvalid: (tex: string) => void): string {
  if (!markdown.includes("$")) return markdown;
  return changeProse(markdown, (prose) =>
    prose.replace(IN_DOLLARS, (whole, display?: string, inline?: string) => {
      const tex = display ?? inline ?? "";
      if (isValid(tex, display !== undefined)) return whole;
      onInvalid(tex.trim());
      return tex.includes("\n") ? `\n\n\`\`\`tex\n${tex.trim()}\n\`\`\`\n\n` : `\`${tex.trim()}\``;
    }),
  );
}

/** WordPress.com's `$latex x^2$`, optionally with colors and size, and `[latex]x^2[/latex]`. */
const LATEX =
  /\$latex[\s=]([^$\n`]+?)(?:\s*&(?:amp;|#038;)?(?:bg|fg|s)=-?\w+)*\$|\[latex[^\]\n]*\]([^`[]+?)\[\/latex\]/g;

/** Marks the formulas of WordPress in HTML; invalid TeX becomes code. */
export function withMarkedFormulas(html: string): string {
  if (!html.includes("latex")) return html;
  return html.replace(LATEX, (_whole, inline?: string, block?: string) => {
    const tex = (inline ?? block ?? "").trim();
    const text = tex.replaceAll("<", "&lt;");
    const isFormula = isValid(decodeEntities(tex), false);
    return isFormula ? `<span class="${FORMULA}">${text}</span>` : `<code>${text}</code>`;
  });
}

const OPENING = /(?<!\\)\\{1,2}[[(]/g;

/**
 * Escapes brackets that look like a formula's but contain invalid TeX, such as the escaped brackets of a Windows path
 * `[\bin\]`.
 */
export function withoutFalseFormulas(markdown: string): string {
  if (!/\\[[(]/.test(markdown)) return markdown;
  return changeProse(markdown, (prose) =>
    prose.replace(OPENING, (opening, at: number) => {
      const tex = texAt(prose, at, prose.length);
      if (tex === null || isValid(tex.formula, tex.isDisplay)) return opening;
      const bracket = opening.at(-1) === "[" ? "&#91;" : "&#40;";
      return opening.length === 2 ? bracket : `&#92;${opening.slice(2)}`;
    }),
  );
}

function isValid(tex: string, displayMode: boolean): boolean {
  if (tex.length > MOST_SIGNS) return false;
  try {
    katex.renderToString(tex, { output: "mathml", displayMode, strict: "ignore", maxExpand: 500 });
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

const MOST_SIGNS = 10_000;
