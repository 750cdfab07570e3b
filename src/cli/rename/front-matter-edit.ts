import { isMap, isSeq, parseDocument, type Document } from "yaml";

/** Front matter values of a renamed post. */
export interface MovedPost {
  /** The old address, for `aliases`; null when the address stays. */
  readonly alias: string | null;
  /** Id of the post in feeds and giscus. */
  readonly id: string;
  /** Replaces `slug` if present. */
  readonly slug: string;
  /** Date from the old file name that the new one lacks; null when the date stays. */
  readonly day: string | null;
}

/**
 * Updates the front matter of a renamed post. Other lines stay unchanged.
 * @returns null when the front matter isn't valid YAML.
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

/** Replaces a post's old name in `translationOf` and `translations`; returns the text unchanged if neither has it. */
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

/** Splits a text at its front matter: null for TOML and JSON, an empty front matter if the text has none. */
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
