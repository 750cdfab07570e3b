import type { Element } from "hast";
import { svgFacts } from "../images/svg-metadata.ts";
import type { BodyContext } from "./body-context.ts";
import { remark } from "./body-context.ts";
import { renderCode, textOfCode } from "./code-block.ts";
import { h } from "./hast.ts";

/**
 * Renders a Mermaid diagram to SVG.
 * @throws Error for unsupported types of diagrams.
 */
export type DrawDiagram = (source: string) => string;

/** Loads the diagram library. It takes most of a second, so don't load it for texts without diagrams. */
export async function loadDiagrams(): Promise<DrawDiagram> {
  const { renderMermaidSVG } = await import("beautiful-mermaid");
  return (source) => themed(renderMermaidSVG(withPlainNames(withoutHead(source))));
}

const FLOWCHART = /^\s*(?:graph|flowchart)\b/;

/** Removes a diagram's front matter (title and theme). https://mermaid.js.org/config/configuration.html */
function withoutHead(source: string): string {
  return source.replace(/^\s*---[ \t]*\n[\s\S]*?\n---[ \t]*\n/, "");
}

/**
 * Replaces non-ASCII node names in a flowchart, which the library doesn't support, with ASCII names, and keeps the
 * original as the node's label. Labels in brackets, in quotes or on edges aren't changed.
 */
function withPlainNames(source: string): string {
  if (!FLOWCHART.test(source) || /^[\u0000-\u007f]*$/.test(source)) return source;
  const names = new Map<string, string>();
  return source
    .split("\n")
    .map((line) =>
      /^\s*(?:subgraph|%%|style|class|click|acc)/.test(line) ? line : line.replace(NAME, named),
    )
    .join("\n");

  function named(
    whole: string,
    label: string | undefined,
    name: string | undefined,
    offset: number,
    line: string,
  ) {
    if (label !== undefined || name === undefined || !/[^\u0000-\u007f]/.test(name)) return whole;
    const known = names.get(name);
    if (known !== undefined) return known;
    const plain = `name${names.size + 1}`;
    names.set(name, plain);
    return /^\s*[[({>]/.test(line.slice(offset + whole.length)) ? plain : `${plain}["${name}"]`;
  }
}

/** A label, or the name of a node. */
const NAME =
  /("[^"]*"|\[[^\]]*\]+|\([^)]*\)+|\{[^}]*\}+|\|[^|]*\||--\s+[^-=>|]+?\s+--|==\s+[^-=>|]+?\s+==)|([\p{L}\p{N}_]+)/gu;

const SEQUENCE =
  /^\s*(?:$|%%|sequenceDiagram|participant|actor|create|destroy|box|end|loop|alt|else|opt|par|and|critical|option|break|rect|note|(?:de)?activate|autonumber|title|acc|links?|properties|details)|-[->x)]/i;

/** Lines of a diagram that the library ignores: unclosed brackets in flowcharts, unknown lines in sequence diagrams. */
function undrawnLines(source: string): readonly string[] {
  const lines = withoutHead(source).split("\n");
  if (/^\s*sequenceDiagram\b/.test(source)) return lines.filter((line) => !SEQUENCE.test(line));
  if (!FLOWCHART.test(source)) return [];
  return lines.filter((line) => {
    const bare = line.replaceAll(/"[^"]*"|%%.*$/g, "");
    return [/[[\]]/g, /[{}]/g].some((signs) => (bare.match(signs)?.length ?? 0) % 2 === 1);
  });
}

/**
 * Light and dark colors in one drawing: an SVG image follows the color scheme of the page it is on. The page's styles
 * blend the white or black background with the page's color; in feeds, it is the background.
 */
const APPEARANCES =
  "svg{--bg:#fff;--fg:#1c1c1c}@media (prefers-color-scheme:dark){svg{--bg:#000;--fg:#e6e6e6}}";

/** Applies the blog's colors and the system font, and removes the import of a web font. */
function themed(svg: string): string {
  return svg
    .replace(/^(<svg\b[^>]*?) style="[^"]*"/, "$1")
    .replace(/@import\s+url\((?:'[^']*'|"[^"]*"|[^)]*)\)\s*;?/g, "")
    .replace(/'Inter',\s*/g, "")
    .replace("<style>", `<style>${APPEARANCES}svg{background:var(--bg)}`);
}

/**
 * Renders a diagram as an inline image, with its source below for accessibility. Diagrams that can't be rendered
 * without a browser remain code, with a note.
 */
export function renderDiagram(code: Element, context: BodyContext): Element {
  const source = textOfCode(code);
  const block = renderCode(code, context);
  const draw = context.drawDiagram;
  const svg = draw === null ? null : drawn(source, draw);
  const facts = svg === null ? null : svgFacts(Buffer.from(svg));
  if (svg === null || facts === null || facts.dangers.length > 0) {
    const kind = withoutHead(source).trim().split(/\s/)[0] ?? "";
    const why = isDrawn(kind) ? "nothing in it can be drawn" : `${kind} can't be drawn at build`;
    remark(
      context,
      code,
      `The diagram is shown as code: ${kind === "" ? "it is empty" : why}`,
      "Flowcharts, sequence, class, state, ER and xychart diagrams are drawn. For others add a picture beside the post.",
    );
    return block;
  }
  for (const line of undrawnLines(source))
    remark(
      context,
      code,
      `A line of the diagram can't be read, so it may be missing in the drawing: ${line.trim()}`,
      "Close its brackets, or put its words in quotes.",
    );
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

function isDrawn(kind: string): boolean {
  return /^(?:graph|flowchart|sequenceDiagram|classDiagram|stateDiagram|erDiagram|xychart)/.test(kind);
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
