import { isMap, isSeq, parseDocument } from "yaml";

/**
 * A post's text after it has moved: the old address among its `aliases`, and the `id` that feeds and giscus know it by.
 * The other lines stay as they are.
 * @returns null when the text has no YAML front matter.
 */
export function withOldAddress(text: string, alias: string, id: string): string | null {
  const match = /^(\uFEFF?---[ \t]*\r?\n)([^]*?)(\r?\n---[ \t]*(?:\r?\n|$))/.exec(text);
  if (match === null) return null;
  const [whole, opening = "", front = "", closing = ""] = match;
  const document = parseDocument(front);
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  const newline = opening.endsWith("\r\n") ? "\r\n" : "\n";
  const lines: string[] = [];
  if (!document.has("id")) lines.push(`id: ${JSON.stringify(id)}`);
  const aliases: unknown = document.get("aliases", true);
  let edited = front;
  if (aliases === undefined) lines.push(`aliases: [${JSON.stringify(alias)}]`);
  else if (isSeq(aliases) && !aliases.items.some((item) => String(item) === alias)) {
    document.addIn(["aliases"], alias);
    edited = document.toString({ lineWidth: 0 }).trimEnd().replaceAll("\n", newline);
  }
  return `${opening}${[edited, ...lines].join(newline)}${closing}${text.slice(whole.length)}`;
}
