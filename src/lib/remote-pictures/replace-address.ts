import { partsOf } from "./find-remote-pictures.ts";

/**
 * A text with a picture's address replaced wherever it shows the picture: in Markdown, in a reference's definition, in
 * an attribute, in front matter. Links to it and code blocks stay as they are, and so does everything else.
 */
export function withAddressReplaced(text: string, address: string, file: string): string {
  const forms = new Set([address, address.replaceAll("&", "&amp;")]);
  const written = [...forms].map(escapeRegExp).join("|");
  const places = new RegExp(
    [
      String.raw`(?<=!\[(?:[^\]\\]|\\.)*\]\(\s*<?)(?:${written})(?=>?[\s)])`,
      String.raw`(?<=^ {0,3}\[[^\]]+\]:\s*<?)(?:${written})(?=>?(?:\s|$))`,
      String.raw`(?<=\b(?:src|poster)\s*=\s*\{?["'])(?:${written})(?=["'])`,
    ].join("|"),
    "gm",
  );
  const value = new RegExp(String.raw`(?<=[:=,[-]\s*["']?)(?:${written})(?=["']?\s*(?:[,}\]]|#|$))`, "gm");
  const { front, body } = partsOf(text);
  return front.replaceAll(value, file) + outsideFences(body, (part) => part.replaceAll(places, file));
}

/** Applies a change to the parts of a text that are no fenced code. */
function outsideFences(text: string, change: (part: string) => string): string {
  const fence = /^[ \t]*(`{3,}|~{3,})[^\n]*\n(?:[^]*?\n)??[ \t]*\1[`~]*[ \t]*(?=\r?\n|$)/gm;
  let result = "";
  let end = 0;
  for (const match of text.matchAll(fence)) {
    result += change(text.slice(end, match.index)) + match[0];
    end = match.index + match[0].length;
  }
  return result + change(text.slice(end));
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}
