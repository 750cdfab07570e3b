/** Converts Tumblr's block format (https://www.tumblr.com/docs/npf) to HTML. */
import { escapeHtml } from "../../../escape.ts";
import * as z from "zod";
import { askHtml, linkHtml, photosHtml } from "./post.ts";

const text = z.string().nullish();
const mediaSchema = z.looseObject({ url: text, width: z.number().nullish(), type: text });
const formatSchema = z.looseObject({
  start: z.number(),
  end: z.number(),
  type: z.string(),
  url: text,
  blog: z.looseObject({ name: text, url: text }).nullish(),
});
const blockSchema = z.looseObject({
  type: z.string(),
  subtype: text,
  text,
  indent_level: z.number().nullish(),
  formatting: z.array(formatSchema).nullish(),
  media: z.union([z.array(mediaSchema), mediaSchema]).nullish(),
  alt_text: text,
  caption: text,
  url: text,
  title: text,
  description: text,
  artist: text,
  embed_html: text,
  embed_url: text,
  question: text,
  answers: z.array(z.looseObject({ answer_text: text })).nullish(),
});
const layoutSchema = z.looseObject({
  type: z.string(),
  blocks: z.array(z.number()).nullish(),
  attribution: z.looseObject({ blog: z.looseObject({ name: text, url: text }).nullish() }).nullish(),
});

export const blocksSchema = z.array(blockSchema);
export const layoutsSchema = z.array(layoutSchema);
type Block = z.output<typeof blockSchema>;
type Layout = z.output<typeof layoutSchema>;

/** HTML of the blocks; those of a question are grouped, with the asker's name. */
export function blocksHtml(blocks: readonly Block[], layouts: readonly Layout[]): string {
  const ask = layouts.find(({ type }) => type === "ask");
  if (ask === undefined) return listsOf(blocks);
  const asked = new Set(ask.blocks ?? []);
  const asker = ask.attribution?.blog;
  return askHtml(
    asker?.name ?? "",
    asker?.url ?? "",
    listsOf(blocks.filter((_, index) => asked.has(index))),
    listsOf(blocks.filter((_, index) => !asked.has(index))),
  );
}

/** The title of a post in blocks: its first block, if that's a heading. */
export function blocksTitle(blocks: readonly Block[]): string {
  const [first] = blocks;
  return first?.type === "text" && first.subtype === "heading1" ? (first.text ?? "").trim() : "";
}

/** Groups list items, each of which is a separate block, into lists. */
function listsOf(blocks: readonly Block[]): string {
  let html = "";
  let open = "";
  for (const block of blocks) {
    const list = listTag(block);
    if (list !== open) html += (open === "" ? "" : `</${open}>`) + (list === "" ? "" : `<${list}>`);
    open = list;
    html += list === "" ? blockHtml(block) : `<li>${formatted(block)}</li>`;
    html += "\n";
  }
  return html + (open === "" ? "" : `</${open}>`);
}

function listTag({ type, subtype }: Block): string {
  if (type !== "text") return "";
  return subtype === "ordered-list-item" ? "ol" : subtype === "unordered-list-item" ? "ul" : "";
}

function blockHtml(block: Block): string {
  switch (block.type) {
    case "text":
      return textHtml(block);
    case "image": {
      const caption = escapeHtml(block.caption ?? "");
      return photosHtml([{ src: widest(block), caption, alt: block.alt_text ?? "" }]);
    }
    case "link": {
      const address = block.url ?? "";
      const about =
        block.description == null || block.description === "" ? "" : `: ${escapeHtml(block.description)}`;
      return `<p>${linkHtml(address, block.title || address)}${about}</p>`;
    }
    case "audio":
    case "video": {
      const address = block.url ?? block.embed_url ?? widest(block);
      if (address !== "") return `<${block.type} src="${escapeHtml(address)}"></${block.type}>`;
      return block.embed_html ?? "";
    }
    case "poll": {
      const answers = (block.answers ?? []).map(
        ({ answer_text: words }) => `<li>${escapeHtml(words ?? "")}</li>`,
      );
      return `<p>${escapeHtml(block.question ?? "")}</p><ul>${answers.join("")}</ul>`;
    }
    default:
      return block.url == null ? "" : `<p>${linkHtml(block.url, block.title || block.url)}</p>`;
  }
}

function textHtml(block: Block): string {
  const inner = formatted(block);
  switch (block.subtype) {
    case "heading1":
      return `<h2>${inner}</h2>`;
    case "heading2":
      return `<h3>${inner}</h3>`;
    case "quote":
    case "indented":
      return `<blockquote><p>${inner}</p></blockquote>`;
    case "chat":
      return `<p>${inner}</p>`;
    default:
      return `<p>${inner}</p>`;
  }
}

function widest({ media }: Block): string {
  const all = media == null ? [] : Array.isArray(media) ? media : [media];
  return all.toSorted((a, b) => (b.width ?? 0) - (a.width ?? 0))[0]?.url ?? "";
}

const MARKS: Readonly<Record<string, string>> = {
  bold: "b",
  italic: "i",
  strikethrough: "s",
  small: "small",
};
const MOST_MARKS = 2000;

/** HTML of a text with its formatting, whose positions are in code points. */
function formatted({ text: words, formatting }: Block): string {
  const points = [...(words ?? "")];
  const marks = (formatting ?? []).slice(0, MOST_MARKS).flatMap(({ start, end, type, url, blog }) => {
    const address = type === "mention" ? (blog?.url ?? "") : type === "link" ? (url ?? "") : "";
    const tag = MARKS[type] ?? (address === "" ? "" : "a");
    return tag === "" || end <= start ? [] : [{ start, end, tag, address }];
  });
  // Marks may overlap, so all are closed at each edge and those that continue are reopened.
  const edges = [...new Set([0, points.length, ...marks.flatMap(({ start, end }) => [start, end])])]
    .filter((edge) => edge >= 0 && edge <= points.length)
    .sort((a, b) => a - b);
  let html = "";
  for (const [index, from] of edges.entries()) {
    const to = edges[index + 1] ?? points.length;
    if (to <= from) continue;
    const held = marks.filter(({ start, end }) => start <= from && end >= to);
    const piece = escapeHtml(points.slice(from, to).join("")).replaceAll("\n", "<br>");
    html += held.reduce(
      (inner, { tag, address }) =>
        tag === "a" ? `<a href="${escapeHtml(address)}">${inner}</a>` : `<${tag}>${inner}</${tag}>`,
      piece,
    );
  }
  return html;
}
