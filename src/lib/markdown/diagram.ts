import type { Element } from "hast";
import { svgFacts } from "../images/svg-metadata.ts";
import type { BodyContext } from "./body-context.ts";
import { remark } from "./body-context.ts";
import { renderCode, textOfCode } from "./code-block.ts";
import { h } from "./hast.ts";

/** Draws the source of a Mermaid diagram as SVG. @throws Error for kinds of diagrams that it doesn't know. */
export type DrawDiagram = (source: string) => string;

/** Loads what draws diagrams: it takes most of a second, so texts without one shouldn't ask for it. */
export async function loadDiagrams(): Promise<DrawDiagram> {
  const { renderMermaidSVG } = await import("beautiful-mermaid");
  return (source) => themed(renderMermaidSVG(source));
}

/**
 * Both appearances in one drawing: a picture follows the color scheme of the page it is on. White and black become the
 * color of the page, which blends them with its own; in feeds they are the ground of the drawing.
 */
const APPEARANCES =
  "svg{--bg:#fff;--fg:#1c1c1c}@media (prefers-color-scheme:dark){svg{--bg:#000;--fg:#e6e6e6}}";

/** The drawing in the blog's colors and the system's font; it fetches nothing. */
function themed(svg: string): string {
  return svg
    .replace(/^(<svg\b[^>]*?) style="[^"]*"/, "$1")
    .replace(/@import\s+url\((?:'[^']*'|"[^"]*"|[^)]*)\)\s*;?/g, "")
    .replace(/'Inter',\s*/g, "")
    .replace("<style>", `<style>${APPEARANCES}svg{background:var(--bg)}`);
}

/**
 * A diagram as a picture in the page itself, with its source below for those who can't see it. Kinds that can't be
 * drawn without a browser stay code, with a note.
 */
export function renderDiagram(code: Element, context: BodyContext): Element {
  const source = textOfCode(code);
  const block = renderCode(code, context);
  const draw = context.drawDiagram;
  const svg = draw === null ? null : drawn(source, draw);
  const facts = svg === null ? null : svgFacts(Buffer.from(svg));
  if (svg === null || facts === null || facts.dangers.length > 0) {
    const kind = source.trim().split(/\s/)[0] ?? "";
    remark(
      context,
      code,
      `The diagram is shown as code: ${kind === "" ? "it is empty" : `${kind} can't be drawn at build`}`,
      "Flowcharts, sequence, class, state, ER and xychart diagrams are drawn. For others add a picture beside the post.",
    );
    return block;
  }
  const { width, height } = facts;
  const title = /^\s*(?:accTitle|title)\s*:?\s+(.+)$/m.exec(source)?.[1]?.trim();
  const { diagram, diagramSource } = context.words;
  return h(
    "figure",
    { className: ["diagram"] },
    h("img", {
      src: `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`,
      alt: title === undefined ? diagram : `${diagram}: ${title}`,
      width,
      height,
      loading: "lazy",
      decoding: "async",
    }),
    h("details", {}, h("summary", { className: ["engine-word"] }, diagramSource), block),
  );
}

function drawn(source: string, draw: DrawDiagram): string | null {
  if (source.length > 50_000) return null;
  try {
    return draw(source);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}
