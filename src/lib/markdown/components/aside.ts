import * as z from "zod";
import { h } from "../hast.ts";
import { text } from "../props.ts";
import { typeset } from "../typography.ts";
import { defineComponent } from "./component.ts";

const props = z.strictObject({
  type: z
    .enum(["note", "tip", "warning", "final"])
    .optional()
    .meta({ description: "note (the default), tip, warning, or final for a closing thought" }),
  title: text.optional().meta({ description: "a heading of its own" }),
});

/** A box beside the main text: a note, a tip, a warning, or a closing thought. */
export const Aside = defineComponent({
  name: "Aside",
  props,
  example: '<Aside type="tip" title="Before you send it">\n\nRead it aloud.\n\n</Aside>',
  children: "required",
  toElement({ type = "note", title }, { context, blocks }) {
    const heading = title === undefined ? context.words.asides[type] : typeset(title, context.source.lang);
    const classes = title === undefined ? ["note-box-title", "engine-word"] : ["note-box-title"];
    return h(
      "div",
      { className: ["note-box", `note-box-${type}`], role: "note" },
      h("p", { className: classes }, h("strong", {}, heading)),
      blocks(),
    );
  },
});
