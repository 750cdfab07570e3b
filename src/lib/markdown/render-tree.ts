import { htmlToHast } from "satteri";
import type { Nodes, Root } from "hast";
import type { PictureResolver } from "../images/image-resolver.ts";
import type { BodyContext, BodySource, Found } from "./body-context.ts";
import { nothingFound } from "./body-context.ts";
import { languagesIn, loadHighlighter } from "./code-block.ts";
import { loadDiagrams } from "./diagram.ts";
import { embedsIn } from "./embed.ts";
import { givenIds, headingIds } from "./heading.ts";
import type { Highlighter } from "./highlighter.ts";
import { checkModule, parseBody, type ParsedBody } from "./parse-body.ts";
import { loadEmoji, resolveMarks } from "./text-marks.ts";
import { loadMath } from "./math.ts";
import type { MarkdownOptions } from "./markdown-options.ts";
import { ANY_MARK } from "./dialect/markers.ts";
import { printable } from "./printable.ts";
import { filesNamedIn } from "./local-image-path.ts";
import { htmlWriter } from "./to-html.ts";
import { transformBody } from "./transform-body.ts";
import { markupWords } from "./body-translations.ts";

/** The rendered tree of a body, and the findings. */
export interface RenderedTree {
  readonly root: Root;
  readonly found: Found;
}

/** Parses a body and renders its tree. Used both for plain bodies and for those compiled by Astro. */
export async function renderTree(
  source: BodySource,
  pictures: PictureResolver,
  options: MarkdownOptions = {},
): Promise<RenderedTree> {
  const found = nothingFound();
  const nothing: RenderedTree = { root: { type: "root", children: [] }, found };
  const parsed = await parsedOrNull(source, options);
  const tooDeep = parsed === null ? 1 : lineTooDeep(parsed.root);
  if (parsed === null || tooDeep !== null) {
    found.issues.push({ ...TOO_DEEP, file: source.file, line: (tooDeep ?? 1) + source.lineOffset });
    return nothing;
  }
  found.issues.push(...parsed.issues);
  found.notes.push(...parsed.notes);
  if (parsed.root === null) return nothing;
  const emojiOf = await loadEmoji(source.source);
  if (emojiOf !== null || ANY_MARK.test(parsed.text)) resolveMarks(parsed.root, emojiOf ?? (() => null));
  const posters = embedsIn(source.source, options.embeds).flatMap(({ poster }) => poster ?? []);
  const files = [...filesNamedIn(parsed.root, source), ...posters];
  if (files.length > 0) await pictures.load(files);
  const context: Omit<BodyContext, "visit" | "headingShift"> = {
    source,
    words: markupWords(source),
    pictures,
    highlighter: await highlighterFor(parsed.root),
    drawDiagram: languagesIn(parsed.root).has("mermaid") ? await loadDiagrams() : null,
    ids: headingIds(givenIds(parsed.root)),
    found,
    text: parsed.text,
    math: await loadMath(parsed.text),
    options,
  };
  const root = transformBody(parsed.root, context);
  if (found.isModule && found.issues.length === 0) found.issues.push(...checkModule(source, parsed.prepared));
  if (!found.isModule && found.hasTags && found.issues.length === 0) checkNesting(root, source, found);
  return { root, found };
}

/** The parsed body; null when it is nested too deeply for the parser. */
async function parsedOrNull(source: BodySource, options: MarkdownOptions): Promise<ParsedBody | null> {
  try {
    return await parseBody(source, options);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Maximum nesting depth. Browsers flatten elements nested deeper than 512. */
const MAX_DEPTH = 300;

const TOO_DEEP = {
  message: `Quotations, lists or tags are nested more than ${MAX_DEPTH} levels deep`,
  hint: "Close some of them before others begin.",
};

/** 1-based line of the first element that is nested too deeply, or null. */
function lineTooDeep(root: Root | null): number | null {
  let level: readonly Nodes[] = root === null ? [] : [root];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth += 1)
    level = level.flatMap((node) => ("children" in node ? node.children : []));
  const [first] = level;
  return first === undefined ? null : (first.position?.start.line ?? 1);
}

async function highlighterFor(root: Root): Promise<Highlighter | null> {
  const langs = languagesIn(root);
  if (langs.size === 0) return null;
  const highlighter = await loadHighlighter();
  await highlighter.load(langs);
  return highlighter;
}

/** HTML of a rendered tree. */
export function htmlOf(node: Nodes): string {
  return printable(write(node)).replace(UNPRINTABLE_REFERENCE, "\uFFFD");
}

const write = htmlWriter({ characterReferences: { useNamedReferences: true } });

const UNPRINTABLE_REFERENCE = /&#x(?:[0-8be-f]|1[0-9a-f]|7f|[89][0-9a-f]|fdd[0-9a-f]|fde[0-9a-f]|fff[ef]);/gi;

/** Reports hand-written tags that are nested in a way that browsers would rearrange. */
function checkNesting(root: Root, source: BodySource, found: Found): void {
  const html = htmlOf(root);
  const asBrowsersReadIt = htmlOf(htmlToHast(html, { fragment: true }));
  if (normal(html) === normal(asBrowsersReadIt)) return;
  found.issues.push({
    message: "Tags in this text are nested in a way that browsers would rearrange",
    file: source.file,
    line: source.lineOffset + Math.max(1, lineOfFirstTag(source.source)),
    hint: "Look at the tags written by hand: rows belong in <table>, items in <ul> or <ol>, and no <p>, <a> or <button> in another.",
  });
}

function normal(html: string): string {
  return html.replace(/<\/?tbody>|\s+/g, "");
}

function lineOfFirstTag(text: string): number {
  return text.split("\n").findIndex((line) => /<[a-z]/.test(line)) + 1;
}
