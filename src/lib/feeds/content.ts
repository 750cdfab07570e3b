import type { Post } from "../content/model.ts";
import { cleanXml, escapeHtml } from "../escape.ts";

/** A picture with an absolute URL. */
export interface FeedPicture {
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
  readonly credit: string | null;
}

/**
 * Returns the HTML content of a feed item: the content note, the cover, the body and the closing question to readers.
 * Some feed readers ignore the item's language, so right-to-left content is wrapped in an element with `dir` and
 * `lang`.
 * @param bodyHtml rendered body with absolute URLs.
 */
export function feedContent(
  { contentNote, question, dir, lang }: Pick<Post, "contentNote" | "question" | "dir" | "lang">,
  cover: FeedPicture | null,
  bodyHtml: string,
): string {
  const parts = [
    contentNote === null ? "" : `<p><em>${escapeHtml(contentNote)}</em></p>`,
    cover === null ? "" : pictureHtml(cover),
    bodyHtml,
    question === null ? "" : `<p><strong>${escapeHtml(question)}</strong></p>`,
  ];
  const html = parts.filter((part) => part !== "").join("\n");
  return cleanXml(dir === "rtl" ? `<div dir="rtl" lang="${escapeHtml(lang)}">\n${html}\n</div>` : html);
}

function pictureHtml({ url, width, height, alt, credit }: FeedPicture): string {
  const caption = credit === null ? "" : `<figcaption>${escapeHtml(credit)}</figcaption>`;
  const image = `<img src="${escapeHtml(url)}" alt="${escapeHtml(alt)}" width="${width}" height="${height}">`;
  return `<figure>${image}${caption}</figure>`;
}
