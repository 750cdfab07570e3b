import * as z from "zod";
import type { ElementContent, Nodes } from "hast";
import { report } from "../body-context.ts";
import { figcaption } from "../caption.ts";
import { isNoteLink } from "../footnotes.ts";
import { h } from "../hast.ts";
import { renderLink } from "../link.ts";
import { address, flag, propLine, text } from "../props.ts";
import { typeset } from "../typography.ts";
import { defineComponent } from "./component.ts";

const props = z.strictObject({
  who: text.optional().meta({ description: "who said it" }),
  where: text.optional().meta({ description: "the title of what it was said in" }),
  url: address.optional().meta({ description: "where it can be read" }),
  pull: flag.optional().meta({ description: "for a sentence of this very text, set large beside it" }),
});

/** A quotation with its author, source and link; or a pull quote from the text itself. */
export const Quote = defineComponent({
  name: "Quote",
  props,
  example:
    '<Quote who="Ann Example" where="A Garden Book" url="https://example.org/">\n\nWhat she said.\n\n</Quote>',
  children: "required",
  toElement({ who, where, url, pull }, { node, context, raw, blocks }) {
    const { lang } = context.source;
    if (pull === true) {
      if (who !== undefined || where !== undefined || url !== undefined) {
        report(
          context,
          node,
          "A <Quote pull> can't have a source",
          "It repeats a sentence of this text. Leave out who, where and url, or leave out pull.",
        );
      }
      if (raw.some(holdsNote)) {
        report(
          context,
          node,
          "A <Quote pull> can't contain a note",
          "It repeats a sentence of the text, which already has the note. Leave it out here.",
        );
      }
      return h("div", { className: ["pull"], ariaHidden: "true" }, withoutLinks(blocks()));
    }
    const quoted = blocks();
    const cite = url === undefined ? null : renderLink(url, propLine(node, "url", context), context);
    const work = where === undefined ? null : h("cite", {}, typeset(where, lang));
    const source =
      cite === null
        ? work
        : h("a", { href: cite }, work ?? (who === undefined ? url : null) ?? typeset(who ?? "", lang));
    const speaker = who === undefined || (work === null && cite !== null) ? null : typeset(who, lang);
    const comma = speaker !== null && source !== null ? ", " : null;
    return h(
      "figure",
      { className: ["quote"] },
      h("blockquote", { cite }, quoted),
      figcaption([speaker, comma, source]),
    );
  },
});

function holdsNote(node: Nodes): boolean {
  if (node.type === "element" && isNoteLink(node)) return true;
  return "children" in node && node.children.some(holdsNote);
}

/** Unwraps links: elements with `aria-hidden` must not contain focusable elements. */
function withoutLinks(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type !== "element") return [node];
    const children = withoutLinks(node.children);
    return node.tagName === "a" ? children : [{ ...node, children }];
  });
}
