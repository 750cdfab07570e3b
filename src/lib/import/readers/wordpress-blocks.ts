/** WordPress editor blocks whose text is elsewhere in the export: reusable blocks, footnotes, embeds without a body. */
import * as z from "zod";
import { escapeHtml } from "../../escape.ts";
import { parsedJson } from "./parse-json.ts";

const REUSED = /<!-- wp:block (\{[^\n]*?\}) (?:\/-->|-->\s*<!-- \/wp:block -->)/g;
const EMBED = /<!-- wp:(?:core-)?embed(?:\/[\w-]+)? (\{[^\n]*?\}) \/-->/g;
const FOOTNOTES = /<!-- wp:footnotes(?: \{[^\n]*?\})? \/-->/;

const footnotesSchema = z.array(z.looseObject({ id: z.string(), content: z.string() }));
const attributesSchema = z.looseObject({ ref: z.number().nullish(), url: z.string().nullish() });

/** Limits nesting, since reusable blocks may contain others and themselves. */
const MOST_LEVELS = 4;
const LONGEST_TEXT = 5_000_000;

/** Whether a text contains reusable blocks. */
export function reusesBlocks(content: string): boolean {
  return content.includes("<!-- wp:block {");
}

/**
 * Inserts reusable blocks into a text.
 * @param blockText returns the text of a reusable block; null if the export lacks it, so that it stays a comment.
 */
export function withReusedBlocks(
  content: string,
  blockText: (id: string) => string | null,
  level = 0,
): string {
  if (level === MOST_LEVELS || content.length > LONGEST_TEXT) return content;
  return content.replace(REUSED, (whole, json: string) => {
    const text = blockText(String(attributesIn(json).ref ?? ""));
    return text === null ? whole : withReusedBlocks(text, blockText, level + 1);
  });
}

/** Converts embeds that have only an address to a line with that address. */
export function withBareEmbeds(content: string): string {
  return content.replace(EMBED, (whole, json: string) => {
    const { url } = attributesIn(json);
    return url == null ? whole : `<p><a href="${escapeHtml(url)}">${escapeHtml(url)}</a></p>`;
  });
}

/**
 * Replaces the footnotes block with the list of footnotes; null if they're invalid or the text refers to none.
 * @param stored the field `footnotes` of the post.
 */
export function withFootnotes(content: string, stored: string): string | null {
  const notes = footnotesSchema.safeParse(parsedJson(stored));
  if (!notes.success || !content.includes("data-fn=")) return null;
  const items = notes.data.map(({ id, content: note }) => `<li id="${escapeHtml(id)}">${note}</li>`);
  const list = `<ol class="footnotes">${items.join("\n")}</ol>`;
  return FOOTNOTES.test(content) ? content.replace(FOOTNOTES, () => list) : `${content}\n${list}`;
}

function attributesIn(json: string): z.output<typeof attributesSchema> {
  const attributes = attributesSchema.safeParse(parsedJson(json));
  return attributes.success ? attributes.data : {};
}
