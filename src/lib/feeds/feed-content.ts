import type { FeedItemFacts, FeedPicture } from "./feed-item.ts";
import { cleanText } from "./xml.ts";

/**
 * What a reader of the feed reads: the note that goes before the text, the cover, the body and the question to readers
 * at its end. Some readers show the content without its language, so right-to-left text says its direction itself.
 * @param bodyHtml the rendered body with absolute addresses.
 */
export function feedContent(facts: FeedItemFacts, bodyHtml: string): string {
  const { contentNote, cover, question, dir, lang } = facts;
  const parts = [
    contentNote === null ? "" : `<p><em>${escapeHtml(contentNote)}</em></p>`,
    cover === null ? "" : pictureHtml(cover),
    bodyHtml,
    question === null ? "" : `<p><strong>${escapeHtml(question)}</strong></p>`,
  ];
  const html = parts.filter((part) => part !== "").join("\n");
  return cleanText(dir === "rtl" ? `<div dir="rtl" lang="${escapeHtml(lang)}">\n${html}\n</div>` : html);
}

/** Plain text as paragraphs of HTML, its single line breaks kept. */
export function paragraphs(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== "")
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll("\n", "<br>")}</p>`)
    .join("\n");
}

function pictureHtml({ url, width, height, alt, credit }: FeedPicture): string {
  const caption = credit === null ? "" : `<figcaption>${escapeHtml(credit)}</figcaption>`;
  const image = `<img src="${escapeHtml(url)}" alt="${escapeHtml(alt)}" width="${width}" height="${height}">`;
  return `<figure>${image}${caption}</figure>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
