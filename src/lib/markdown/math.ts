import { htmlToHast } from "satteri";
import type { Element, ElementContent, Nodes } from "hast";
import type { BodyContext } from "./body-context.ts";
import { report } from "./body-context.ts";
import { MARK } from "./dialect/markers.ts";
import { h } from "./hast.ts";

/**
 * Converts a TeX formula to MathML.
 * @throws Error whose message describes the invalid TeX.
 */
export type RenderMath = (tex: string, isDisplay: boolean) => string;

/** Loads KaTeX if a text contains formulas; else null. */
export async function loadMath(preparedText: string): Promise<RenderMath | null> {
  const hasMath = preparedText.includes(MARK.math) || preparedText.includes(MARK.displayMath);
  if (!hasMath && !/^[ \t>]*(?:```|~~~)\s*(?:math|latex-math)\b/m.test(preparedText)) return null;
  const { default: katex } = await import("katex");
  // Chemical formulas: \ce{H2O}, \pu{20 °C}.
  if (/\\(?:ce|pu)\{/.test(preparedText)) await import("katex/contrib/mhchem");
  return (tex, isDisplay) =>
    katex.renderToString(tex, {
      output: "mathml",
      displayMode: isDisplay,
      throwOnError: true,
      strict: "ignore",
      trust: false,
      maxExpand: 500,
      maxSize: 50,
    });
}

/**
 * Renders a formula as MathML, which needs no script or stylesheet; the TeX source is included, for copying and for
 * screen readers. An invalid formula is reported and shown as it was written.
 */
export function renderMath(tex: string, isDisplay: boolean, at: Nodes, context: BodyContext): Element {
  const render = context.math;
  const asWritten = h("code", {}, tex);
  if (render === null) return asWritten;
  try {
    const math = mathIn(htmlToHast(render(tex, isDisplay), { fragment: true }));
    if (math === null) return asWritten;
    if (isDisplay) return h("div", { className: ["math"], tabIndex: tex.length > 40 ? 0 : null }, math);
    return MAY_BE_WIDE.test(tex) ? h("span", { className: ["math-long"], tabIndex: 0 }, math) : math;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    report(
      context,
      at,
      `The formula ${shorten(tex)} isn't valid TeX`,
      /\\(?:label|ref|eqref)\{/.test(tex)
        ? `Formulas have no numbers to refer to, unless \\tag{1} gives one. Leave it out:\n${tex.replace(/\s*\\(?:label|ref|eqref)\{[^}]*\}/g, "").trim() || "(1)"}`
        : `${said.replace(/^KaTeX parse error: /, "").replace(/[\u0332\u0331]/g, "")}\nFor the characters themselves write \\$.`,
    );
    return asWritten;
  }
}

/** An inline formula can't wrap; one that is long or contains spacing commands gets its own scroll area. */
const MAY_BE_WIDE = /^[^]{25}|\\(?:[hm]?kern|[hm]?skip|[hm]space|q?quad|rule|phantom)(?![a-zA-Z])/;

function mathIn(tree: Nodes): Element | null {
  if (tree.type === "element" && tree.tagName === "math") return withoutStyles(tree);
  if (!("children" in tree)) return null;
  for (const child of tree.children) {
    const math = mathIn(child);
    if (math !== null) return math;
  }
  return null;
}

function withoutStyles(element: Element): Element {
  const properties = Object.fromEntries(
    Object.entries(element.properties).filter(([name]) => !/^(?:style|className|.*xmlns.*)$/i.test(name)),
  );
  return {
    ...element,
    properties,
    children: element.children.map((child): ElementContent =>
      child.type === "element" ? withoutStyles(child) : child,
    ),
  };
}

function shorten(tex: string): string {
  const line = tex.replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
