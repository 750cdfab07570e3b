import type { Element, ElementContent, Nodes } from "hast";
import type { BodyContext } from "./body-context.ts";
import { remark } from "./body-context.ts";
import { didYouMean } from "../did-you-mean.ts";
import { readCodeComments } from "./code-comments.ts";
import { readDiff } from "./code-diff.ts";
import { parseFence } from "./code-fence.ts";
import type { FenceInfo, LineMark } from "./code-fence.ts";
import { classesOf, h, isElement } from "./hast.ts";
import { createHighlighter } from "./highlighter.ts";
import type { Highlighter } from "./highlighter.ts";
import { markWords, splitLines } from "./code-lines.ts";

let loading: Promise<Highlighter> | null = null;

/** Loads the highlighter on first use. */
export function loadHighlighter(): Promise<Highlighter> {
  loading ??= createHighlighter();
  return loading;
}

/** Number of characters per line that fit on the narrowest screen; longer lines scroll. */
const NARROW = 28;

/** The `<code>` of a Markdown code block; null for any other `<pre>`. */
export function codeOf(pre: Element): Element | null {
  const [code] = pre.children;
  return code !== undefined && isElement(code, "code") && pre.children.length === 1 ? code : null;
}

/** Language and options in the opening line of a code block. */
export function fenceOf(code: Element): FenceInfo {
  const data: object = code.data ?? {};
  const meta = "meta" in data && typeof data.meta === "string" ? data.meta : "";
  const lang = classesOf(code).find((name) => name.startsWith("language-"));
  return parseFence(`${lang?.slice("language-".length) ?? ""} ${meta}`);
}

/** VitePress's label in brackets after the language, `js [app.js]`; null if there is none. */
export function labelOf({ unknown }: Pick<FenceInfo, "unknown">): string | null {
  return unknown.map((word) => /^\[(.+)\]$/.exec(word)?.[1]).find((word) => word !== undefined) ?? null;
}

/** The text of a code block. */
export function textOfCode(code: Element): string {
  return code.children.map((child) => (child.type === "text" ? child.value : "")).join("");
}

/** Names of the languages of all code blocks in a tree. */
export function languagesIn(tree: Nodes): ReadonlySet<string> {
  const langs = new Set<string>();
  const walk = (node: Nodes): void => {
    const code = node.type === "element" && node.tagName === "pre" ? codeOf(node) : null;
    const lang = code === null ? null : fenceOf(code).lang;
    if (lang !== null) langs.add(lang);
    if ("children" in node) for (const child of node.children) walk(child);
  };
  walk(tree);
  return langs;
}

/** Renders a code block with its title, and with the labels of its copy button as data. */
export function renderCode(code: Element, context: BodyContext): Element {
  context.found.hasCode = true;
  const fence = fenceOf(code);
  const written = textOfCode(code).replace(/\n$/, "");
  const diff = fence.isDiff ? readDiff(written) : null;
  const annotated = readCodeComments(diff?.code ?? written);
  reportUnknown(code, fence, context);
  reportLinesBeyond(code, fence, written.split("\n").length, context);
  const lines = new Map([...fence.lines, ...(diff?.lines ?? []), ...annotated.lines]);
  const words = [...fence.words, ...annotated.words];
  const lang = fence.isDiff && diff === null ? "diff" : (fence.lang?.toLowerCase() ?? null);
  const highlighted = lang === null ? null : (context.highlighter?.highlight(annotated.code, lang) ?? null);
  const plain: ElementContent[] = [{ type: "text", value: annotated.code }];
  const content = linesOf(markWords(highlighted ?? plain, words), lines, fence.firstNumber !== null);
  const { copy, copied } = context.words;
  const scrolls = annotated.code.split("\n").some((line) => line.length > NARROW);
  const classes = [
    ...(lang !== null && /^[\w+#.-]+$/.test(lang) ? [`language-${lang}`] : []),
    ...(highlighted === null ? [] : ["hljs"]),
    ...(fence.firstNumber === null ? [] : ["numbered"]),
  ];
  const first = fence.firstNumber ?? 1;
  const block = h(
    "pre",
    { tabIndex: scrolls ? 0 : null, dataCode: `${copy}|${copied}`, dir: "ltr" },
    h(
      "code",
      { className: classes.length === 0 ? null : classes },
      content,
      lines.size > 0 || fence.firstNumber !== null ? null : "\n",
    ),
  );
  const start = first === 1 ? null : first;
  const title = fence.title ?? labelOf(fence);
  return h(
    "figure",
    { className: ["code"], dataStart: start },
    title === null || title === "" ? null : h("figcaption", {}, title),
    block,
  );
}

function linesOf(
  content: ElementContent[],
  marks: ReadonlyMap<number, LineMark>,
  isNumbered: boolean,
): ElementContent[] {
  if (!isNumbered && marks.size === 0) return content;
  return splitLines(content).map((line, index) =>
    h(marks.get(index + 1) ?? "span", { className: ["line"] }, line, "\n"),
  );
}

function reportLinesBeyond(code: Element, fence: FenceInfo, count: number, context: BodyContext): void {
  const beyond = [...fence.lines.keys()].filter((line) => line < 1 || line > count);
  if (beyond.length === 0) return;
  remark(
    context,
    code,
    `A code block marks line ${beyond.length > 5 ? `${beyond.slice(0, 5).join(", ")} …` : beyond.join(", ")}, which it doesn't have`,
    "Its first line is line 1, whatever number is shown.",
  );
}

function reportUnknown(code: Element, { lang, unknown }: FenceInfo, context: BodyContext): void {
  const { highlighter, found } = context;
  const meaningless = unknown.filter((word) => !/^\[.+\]$/.test(word));
  if (meaningless.length > 0) {
    remark(
      context,
      code,
      `A code block has an unknown option: ${meaningless.join(" ")}`,
      'The options are: {1,3-4}, ins={2}, del={3}, /word/, showLineNumbers, title="a.js".',
    );
  }
  if (lang === null || highlighter === null || highlighter.isKnown(lang) || found.unknownLangs.has(lang))
    return;
  found.unknownLangs.add(lang);
  const near = didYouMean(lang, highlighter.names);
  remark(
    context,
    code,
    `The language ${lang} of a code block isn't known, so it isn't highlighted`,
    near === null
      ? "Write `text` for code without highlighting."
      : `Did you mean ${near}? Write text for no highlighting.`,
  );
}
