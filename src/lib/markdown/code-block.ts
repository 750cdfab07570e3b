import type { Element, ElementContent } from "hast";
import type { BodyContext } from "./body-context.ts";
import { classesOf, h, isElement } from "./hast.ts";

/** Colours code by classes; null for languages it doesn't know. */
export type Highlight = (code: string, lang: string) => ElementContent[] | null;

/** Leaves code as it is. */
export const noHighlight: Highlight = () => null;

let loading: Promise<Highlight> | null = null;

/** Loads the highlighter once; it takes a tenth of a second, so texts without code shouldn't ask for it. */
export function loadHighlight(): Promise<Highlight> {
  loading ??= createHighlight();
  return loading;
}

async function createHighlight(): Promise<Highlight> {
  const { common, createLowlight } = await import("lowlight");
  const lowlight = createLowlight(common);
  return (code, lang) => {
    if (!lowlight.registered(lang)) return null;
    const { children } = lowlight.highlight(lang, code);
    return children.filter((child) => child.type === "element" || child.type === "text");
  };
}

/** Characters in a line that fit on the narrowest screen; longer lines scroll. */
const NARROW = 28;

/** The `<code>` of a code block in Markdown; null for a `<pre>` that the author wrote by hand. */
export function codeOf(pre: Element): Element | null {
  const [code] = pre.children;
  return code !== undefined && isElement(code, "code") && pre.children.length === 1 ? code : null;
}

/** A code block with its title, and the words for the button that copies it. */
export function renderCode(code: Element, context: BodyContext): Element {
  context.found.hasCode = true;
  const text = code.children.map((child) => (child.type === "text" ? child.value : "")).join("");
  const lang = classesOf(code)
    .map((name) => /^language-([\w+#.-]+)$/.exec(name)?.[1])
    .find((name) => name !== undefined);
  const coloured = lang === undefined ? null : context.highlight(text, lang.toLowerCase());
  const classes = [
    ...(lang === undefined ? [] : [`language-${lang}`]),
    ...(coloured === null ? [] : ["hljs"]),
  ];
  const { copy, copied } = context.words;
  const scrolls = text.split("\n").some((line) => line.length > NARROW);
  const block = h(
    "pre",
    { tabIndex: scrolls ? 0 : null, dataCode: `${copy}|${copied}`, dir: "ltr" },
    h("code", { className: classes.length === 0 ? null : classes }, coloured ?? text),
  );
  const title = titleOf(code);
  return h("figure", { className: ["code"] }, title === null ? null : h("figcaption", {}, title), block);
}

function titleOf(code: Element): string | null {
  const data: object = code.data ?? {};
  const meta = "meta" in data && typeof data.meta === "string" ? data.meta : "";
  const match = /(?:^|\s)title=(?:"([^"]*)"|'([^']*)'|(\S+))/.exec(meta);
  const title = match?.[1] ?? match?.[2] ?? match?.[3] ?? "";
  return title === "" ? null : title;
}
