import type { Element, ElementContent } from "hast";
import { h, isElement } from "../../markdown/hast.ts";
import { attributesOf } from "./attributes.ts";
import { flow, type BookPlace } from "./content-model.ts";

/** A post's notes as `aside` elements, which reading systems can show where the text refers to them. */
export function notesSection(section: Element, place: BookPlace): ElementContent[] {
  const lists = section.children.filter((child) => isElement(child, "ol"));
  const items = lists.flatMap((list) => (list.type === "element" ? list.children : []));
  const notes = items
    .filter((item): item is Element => isElement(item, "li"))
    .map((item, index) =>
      h(
        "aside",
        { ...attributesOf(item, place), "epub:type": "footnote", role: "doc-footnote" },
        h("p", { className: ["note-number"] }, `${index + 1}.`),
        flow(item.children, place),
      ),
    );
  const others = flow(
    section.children.filter((child) => !isElement(child, "ol")),
    place,
  );
  if (notes.length === 0) return others;
  return [
    h("section", { className: ["notes"], "epub:type": "footnotes", role: "doc-endnotes" }, others, notes),
  ];
}
