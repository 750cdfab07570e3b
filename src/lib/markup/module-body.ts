import type { BodySource } from "./body-context.ts";
import { nothingFound } from "./body-context.ts";
import { noHighlight } from "./code-block.ts";
import { headingIds } from "./heading.ts";
import { noPictures } from "../pictures/picture-resolver.ts";
import { parseBody } from "./parse-body.ts";
import { transformBody } from "./transform-body.ts";
import { markupWords } from "./words.ts";

/** Whether a body has imports, exports or expressions of its own, so that only Astro can render it. */
export function isModuleBody(source: BodySource): boolean {
  if (!/[{]|^\s*(?:import|export)\b/m.test(source.source)) return false;
  const { root } = parseBody(source);
  if (root === null) return false;
  const found = nothingFound();
  transformBody(root, {
    source,
    words: markupWords(source.lang),
    pictures: noPictures,
    highlight: noHighlight,
    ids: headingIds(),
    found,
  });
  return found.isModule;
}
