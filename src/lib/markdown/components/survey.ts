import * as z from "zod";
import type { Element, ElementContent } from "hast";
import { report } from "../body-context.ts";
import type { BodyContext } from "../body-context.ts";
import { figcaption, linked } from "../caption.ts";
import { formatDate, formatNumber } from "../format.ts";
import { h, isElement, withoutBlanks } from "../hast.ts";
import { address, date, text } from "../props.ts";
import { typeset } from "../typography.ts";
import { defineComponent } from "./component.ts";

const props = z.strictObject({
  question: text.meta({ description: "what was asked" }),
  sample: z.number().int().positive().optional().meta({ description: "how many were asked" }),
  date: date.optional().meta({ description: "when, such as 2011 or 2011-07" }),
  source: text.optional().meta({ description: "who asked" }),
  url: address.optional().meta({ description: "where the survey can be read" }),
  unit: z.string().optional().meta({ description: "unit of the numbers; default: %" }),
  note: text.optional().meta({ description: "who was asked, or how" }),
  max: z.number().positive().optional().meta({ description: "number at which a bar is full" }),
});

const EXAMPLE =
  '<Survey question="Which of these do you grow?" sample={1200} date="2026-03" source="Example survey">\n\n' +
  "- Garlic: 72\n- Leeks: 28\n\n</Survey>";

interface Answer {
  readonly label: ElementContent[];
  readonly value: number;
}

/** Results of a survey: a table for screen readers, with bars as decoration. */
export const Survey = defineComponent({
  name: "Survey",
  props,
  example: EXAMPLE,
  children: "required",
  toElement(values, { node, context, raw }) {
    const { words, source } = context;
    const unit = values.unit ?? "%";
    const answers = answersIn(raw, context);
    const most = Math.max(...answers.map((answer) => answer.value), 0);
    const full = values.max ?? (unit === "%" ? Math.max(100, most) : most);
    const rows = answers.map((answer) => rowOf(answer, full, unit, source.lang));
    const from = values.source === undefined ? null : words.source(typeset(values.source, source.lang));
    return h(
      "figure",
      { className: ["survey"] },
      h(
        "table",
        {},
        h("caption", {}, typeset(values.question, source.lang)),
        h(
          "thead",
          { className: ["engine-word"] },
          h("tr", {}, h("th", { scope: "col" }, words.answer), h("th", { scope: "col" }, words.share)),
        ),
        h("tbody", {}, rows),
      ),
      figcaption(
        values.note === undefined ? null : h("span", {}, typeset(values.note, source.lang)),
        values.sample === undefined
          ? null
          : h("span", {}, words.sample(formatNumber(values.sample, source.lang))),
        values.date === undefined
          ? null
          : h("time", { dateTime: values.date }, formatDate(values.date, source.lang)),
        from === null && values.url === undefined
          ? null
          : h("span", {}, linked(from ?? values.url ?? "", values.url, "url", node, context)),
      ),
    );
  },
});

/** Maximum length, in characters, of a unit that isn't wrapped. */
const MAX_UNIT_LENGTH = 12;

function rowOf({ label, value }: Answer, full: number, unit: string, lang: string): Element {
  const share = full > 0 ? Math.max(0, Math.min(100, Math.round((value / full) * 1000) / 10)) : 0;
  const bar = h(
    "svg",
    { className: ["bar"], ariaHidden: "true", focusable: "false", width: "100%", height: "100%" },
    h("rect", { width: `${share}%`, height: "100%" }),
  );
  const valueClass = unit.length > MAX_UNIT_LENGTH ? ["survey-value", "survey-words"] : ["survey-value"];
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, label),
    h("td", {}, h("span", { className: valueClass }, formatNumber(value, lang, unit)), bar),
  );
}

function answersIn(raw: readonly ElementContent[], context: BodyContext): Answer[] {
  const answers: Answer[] = [];
  for (const node of raw) {
    if (!isElement(node, "ul") && !isElement(node, "ol")) {
      report(
        context,
        node,
        "<Survey> contains something other than a list",
        `Its answers are a list:\n${EXAMPLE}`,
      );
      continue;
    }
    for (const item of withoutBlanks(node.children)) {
      const answer = item.type === "element" ? answerOf(item, context) : null;
      if (answer !== null) answers.push(answer);
    }
  }
  return answers;
}

const VALUE =
  /^([\s\S]*?)\s*[:：]\s*([-+−]?\d+(?:[_,\u202f\u00a0]\d{3})*(?:\.\d+)?)\s*(?:\p{L}{0,12}|[%€$£])\s*$/u;

function answerOf(item: Element, context: BodyContext): Answer | null {
  const content = withoutBlanks(item.children);
  const [first] = content;
  const inline =
    content.length === 1 && first !== undefined && isElement(first, "p") ? first.children : item.children;
  const last = inline.at(-1);
  const match = last?.type === "text" ? VALUE.exec(last.value) : null;
  if (match === null) {
    report(
      context,
      item,
      "An answer of <Survey> has no number after a colon",
      "Write the answer, a colon and the number, decimals with a point:\n- Garlic: 72.5",
    );
    return null;
  }
  const [, before = "", number = ""] = match;
  const label: ElementContent[] = [...inline.slice(0, -1), { type: "text", value: before }];
  const value = Number(number.replace("−", "-").replace(/[_,\u202f\u00a0]/g, ""));
  return { label: context.visit(label, { isPhrasing: true, isInLink: false, depth: 9 }), value };
}
