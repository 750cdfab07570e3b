import { isMap, isSeq, parseDocument, type Document } from "yaml";

/** What a post's front matter says after it has moved. */
export interface MovedPost {
  /** The old address, for `aliases`; null when the address stays. */
  readonly alias: string | null;
  /** By which feeds and giscus know the post. */
  readonly id: string;
  /** Replaces a `slug`, where there is one. */
  readonly slug: string;
  /** The day that the old name gave it and the new one doesn't; null when the date stays. */
  readonly day: string | null;
}

/**
 * A post's text with the front matter of its new place. The other lines stay as they are.
 * @returns null when the front matter isn't YAML that can be read.
 */
export function withMovedFrontMatter(text: string, { alias, id, slug, day }: MovedPost): string | null {
  const parts = frontMatterOf(text);
  if (parts === null) return null;
  const { opening, front, closing, body, newline } = parts;
  const document = parseDocument(front);
  if (document.errors.length > 0 || !(isMap(document.contents) || document.contents === null)) return null;
  const lines: string[] = [];
  let isChanged = false;
  if (document.has("slug") && document.get("slug") !== slug) {
    document.set("slug", slug);
    isChanged = true;
  }
  if (!document.has("id")) lines.push(`id: ${JSON.stringify(id)}`);
  if (day !== null && !document.has("date")) lines.push(`date: ${day}`);
  const aliases: unknown = document.get("aliases", true);
  if (alias !== null && aliases === undefined) lines.push(`aliases: [${JSON.stringify(alias)}]`);
  else if (alias !== null && isSeq(aliases) && !aliases.items.some((item) => String(item) === alias)) {
    document.addIn(["aliases"], alias);
    isChanged = true;
  }
  const edited = isChanged ? printed(document, newline) : front;
  return `${opening}${[edited, ...lines].filter(Boolean).join(newline)}${closing}${body}`;
}

/** A text whose `translationOf` and `translations` name a post by its new name; unchanged when they don't name it. */
export function withRenamedTranslation(text: string, from: string, to: string): string {
  const parts = frontMatterOf(text);
  if (parts === null) return text;
  const { opening, front, closing, body, newline } = parts;
  const document = parseDocument(front);
  if (document.errors.length > 0 || !isMap(document.contents)) return text;
  let isChanged = false;
  if (document.get("translationOf") === from) {
    document.set("translationOf", to);
    isChanged = true;
  }
  const translations: unknown = document.get("translations", true);
  if (isSeq(translations))
    for (const [at, item] of translations.items.entries())
      if (String(item) === from) {
        document.setIn(["translations", at], to);
        isChanged = true;
      }
  return isChanged ? `${opening}${printed(document, newline)}${closing}${body}` : text;
}

function printed(document: Document, newline: string): string {
  return document
    .toString({ lineWidth: 0, flowCollectionPadding: false })
    .trimEnd()
    .replaceAll("\n", newline);
}

interface Parts {
  readonly opening: string;
  readonly front: string;
  readonly closing: string;
  readonly body: string;
  readonly newline: string;
}

/** Null for TOML and JSON. A text without front matter gets an empty one. */
function frontMatterOf(text: string): Parts | null {
  const match = /^(\uFEFF?---[ \t]*\r?\n)([^]*?)(\r?\n---[ \t]*(?:\r?\n|$))/.exec(text);
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  if (match !== null) {
    const [whole, opening = "", front = "", closing = ""] = match;
    return { opening, front, closing, body: text.slice(whole.length), newline };
  }
  if (/^\uFEFF?\s*(?:---|\+\+\+|\{)/.test(text)) return null;
  return {
    opening: `---${newline}`,
    front: "",
    closing: `${newline}---${newline}${newline}`,
    body: text,
    newline,
  };
}
