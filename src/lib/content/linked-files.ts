import { usualAddress } from "../markdown/text-files.ts";
import type { BodyLink } from "./model.ts";

/** A text and the links in it. */
interface Linking {
  readonly body: { readonly links: readonly BodyLink[] };
}

/** A text with an address. */
interface Linked extends Linking {
  readonly file: string;
  readonly aliases: readonly string[];
}

/**
 * Texts with an alias for each link that names their file. A link to a file (`[[name]]`, `./other.md`) is written as
 * the usual address of that file while texts are rendered; a permalink pattern or `slug:` may have given the text
 * another one, which is known only when all texts have been read.
 */
export function withLinkedFiles<Text extends Linked>(
  texts: readonly Text[],
  pathOf: (text: Text) => string,
  others: readonly Linking[],
): readonly Text[] {
  const byUsual = new Map(
    texts.flatMap((text) => {
      const usual = usualAddress(text.file);
      return usual === null || usual === pathOf(text) ? [] : [[usual, text] as const];
    }),
  );
  if (byUsual.size === 0) return texts;
  const taken = new Set(texts.map(pathOf));
  const wanted = new Map<Text, Set<string>>();
  for (const { body } of [...texts, ...others])
    for (const { url } of body.links) {
      const address = url.replace(/[?#].*$/s, "");
      const text = byUsual.get(address);
      if (text === undefined || taken.has(address) || text.aliases.includes(address)) continue;
      wanted.set(text, (wanted.get(text) ?? new Set()).add(address));
    }
  return texts.map((text) => {
    const more = wanted.get(text);
    return more === undefined ? text : { ...text, aliases: [...text.aliases, ...more] };
  });
}
