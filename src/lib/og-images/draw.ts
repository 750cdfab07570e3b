import sharp, { type CreateText, type OutputInfo } from "sharp";
import { directionOfText } from "../content/text-direction.ts";
import { escapeXml } from "../escape.ts";
import type { Fonts, SetText } from "./fonts.ts";
import { OG_IMAGE_SIZE } from "./og-image-path.ts";
import { backdropSvg, LAYOUT, type OgImage } from "./template.ts";

/** Text as pixels, cropped to its ink. */
interface Block {
  readonly set: SetText;
  readonly data: Buffer;
  readonly info: OutputInfo;
}

interface TextStyle extends Pick<OgImage, "lang" | "dir" | "colors"> {
  readonly color: keyof OgImage["colors"];
  /** Pixels. */
  readonly size: number;
  /** Axes of variable fonts, such as `wght=500,opsz=24`. */
  readonly axes: string;
  /** Maximum line width in pixels. */
  readonly width?: number;
  /** Whether lines break only between words, or within words if necessary. */
  readonly wrap?: "word" | "word-char";
  /** Font families of an invisible bar that extends above and below all letters, so that the baseline is known. */
  readonly strut?: readonly string[];
}

/** Size that all social networks fetch; images with dense titles get fewer colors to stay below it. */
export const MAX_BYTES = 60 * 1024;
const PNG = { palette: true, colours: 96, dither: 0, effort: 1, compressionLevel: 6 } as const;
const SMALLER = { colours: 16, compressionLevel: 9 } as const;

/** Maximum text length in UTF-16 code units, more than fits into an image; keeps overlong titles cheap. */
const MAX_LENGTH = 400;
/** Maximum distance in pixels by which glyphs may extend beyond the end of a line. */
const OVERHANG = 6;
/** Line height, as a multiple of the font's own. */
const LEADING = { usual: 0.75, tall: 0.86 } as const;
/** Extent of the strut below the baseline, and the width it adds to a line; multiples of the font size. */
const STRUT = { below: 0.58, width: 0.66 } as const;

/** Draws an image as PNG. @returns also the characters that no font has, which are drawn as boxes. */
export async function drawOgImage(image: OgImage, fonts: Fonts): Promise<{ png: Buffer; missing: string[] }> {
  const { margin, title: frame, area, header, byline } = LAYOUT;
  const line = lineSetter(image, fonts, (await fonts("|", "en")).families);
  const siteTitle = await line(image.siteTitle, "ink", header.size, frame.width - header.afterLogo);
  const date = await line(image.date, "muted", byline.size, byline.width);
  const names = await line(image.authorLine, "ink", byline.size, byline.width - date.width - byline.gap);
  const title = { block: await titleBlock(image, fonts), below: 0 };

  const titleHeight = title.block?.info.height ?? 0;
  const room = (image.artwork === null ? area.bottomWithoutArtwork : area.bottom) - area.top;
  const titleEnd = area.top + (room + titleHeight - byline.below) / 2;
  const afterLogo = image.logo === null ? 0 : header.afterLogo;
  const afterNames = names.width === 0 ? 0 : names.width + byline.gap;
  const placed = [
    { ...siteTitle, start: afterLogo, y: header.baseline },
    { ...title, start: 0, y: titleEnd },
    { ...names, start: 0, y: titleEnd + byline.below },
    { ...date, start: afterNames, y: titleEnd + byline.below },
  ];
  const layers = placed.flatMap(({ block, start, y, below }) => {
    if (block === null) return [];
    const { width, height, channels } = block.info;
    const left = Math.round(
      image.dir === "rtl" ? OG_IMAGE_SIZE.width - margin - start - width : margin + start,
    );
    return [
      { input: block.data, raw: { width, height, channels }, left, top: Math.round(y + below) - height },
    ];
  });
  const drawing = sharp(Buffer.from(backdropSvg(image))).composite(layers);
  const small = await drawing.clone().png(PNG).toBuffer();
  const png = small.length <= MAX_BYTES ? small : await drawing.png({ ...PNG, ...SMALLER }).toBuffer();
  return { png, missing: placed.flatMap(({ block }) => block?.set.missing ?? []) };
}

/** The title at the largest size that fits, in lines of about equal length; cut with an ellipsis if too long. */
async function titleBlock(image: OgImage, fonts: Fonts): Promise<Block | null> {
  const { width, height, sizes, axes } = LAYOUT.title;
  const attempt = async (
    set: SetText,
    size: number,
    wrap: "word" | "word-char",
    maxWidth: number = width,
    maxHeight: number = height,
  ) => {
    const block = await rendered(set, { ...image, color: "ink", size, axes, wrap, width: maxWidth });
    if (block === null || block.info.width > maxWidth + OVERHANG || block.info.height > maxHeight)
      return null;
    return { block, size, wrap };
  };
  const best = await fitted(
    withBreaks(tidy(image.title), image.lang),
    (text) => fonts(text, image.lang),
    async (whole) =>
      (await lastWith(sizes, (size) => attempt(whole, size, "word"))) ??
      (await lastWith(sizes, (size) => attempt(whole, size, "word-char"))),
    (shortened) => attempt(shortened, sizes[0], "word-char"),
  );
  if (best === null) return null;
  const { block, size, wrap } = best;
  if (block.info.height < size * 1.3) return block;
  const widths = Array.from({ length: 15 }, (_, step) => width - step * 48);
  const sameLines = block.info.height + size * 0.4;
  return (await lastWith(widths, (each) => attempt(block.set, size, wrap, each, sameLines)))?.block ?? block;
}

/** Sets single lines, cut with an ellipsis if they are wider than `maxWidth`. */
function lineSetter(image: OgImage, fonts: Fonts, strut: readonly string[]) {
  return async (text: string, color: keyof OgImage["colors"], size: number, maxWidth: number) => {
    const attempt = async (set: SetText) => {
      const block = await rendered(set, { ...image, color, size, axes: LAYOUT.lineAxes, strut });
      const width = block === null ? 0 : block.info.width - STRUT.width * size;
      return width <= maxWidth ? { block, width, below: size * STRUT.below } : null;
    };
    const line = await fitted(tidy(text), (part) => fonts(part, image.lang), attempt, attempt);
    return line ?? { block: null, width: 0, below: 0 };
  };
}

/** Result for the whole text; if null, for the longest beginning with an ellipsis that has a result. */
async function fitted<Result>(
  text: string,
  fontsOf: (text: string) => Promise<SetText>,
  attempt: (whole: SetText) => Promise<Result | null>,
  attemptPart: (shortened: SetText) => Promise<Result | null>,
): Promise<Result | null> {
  const whole = await fontsOf(text);
  const graphemes = whole.runs.map((run) => run.text);
  const shortened = async (kept: number) => attemptPart(await fontsOf(elided(graphemes, kept)));
  return (await attempt(whole)) ?? lastWith([...graphemes.keys()], shortened);
}

/** Binary search: the result of the last candidate that has one, provided that all earlier candidates have one. */
async function lastWith<Candidate, Result>(
  candidates: readonly Candidate[],
  attempt: (candidate: Candidate) => Promise<Result | null>,
): Promise<Result | null> {
  let [low, high, best]: [number, number, Result | null] = [0, candidates.length, null];
  while (low < high) {
    const middle = (low + high) >> 1;
    const [candidate] = candidates.slice(middle);
    const result = candidate === undefined ? null : await attempt(candidate);
    if (result === null) high = middle;
    else [best, low] = [result, middle + 1];
  }
  return best;
}

async function rendered(set: SetText, style: TextStyle): Promise<Block | null> {
  if (set.runs.length === 0) return null;
  const { colors, lang, size, axes, width, wrap = "none" } = style;
  const runs = set.runs.map(({ text, emojiLang }) =>
    emojiLang === null
      ? escapeXml(text)
      : `<span lang="${emojiLang}" foreground="${escapeXml(colors.accent)}">${escapeXml(text)}</span>`,
  );
  if (style.strut !== undefined) {
    const face = escapeXml(style.strut.join(","));
    runs.push(`<span face="${face}" size="250%" rise="${Math.round(-307 * size)}" alpha="1">|</span>`);
  }
  const plain = set.runs.map(({ text }) => text).join("");
  const mark = directionOfText(plain, style.dir) === "rtl" ? "\u200f" : "\u200e";
  const leading = /[\u0900-\u109f\u1780-\u17ff]/.test(plain) ? LEADING.tall : LEADING.usual;
  const outer = `lang="${escapeXml(lang)}" foreground="${escapeXml(colors[style.color])}" line_height="${leading}"`;
  const options: CreateText = {
    text: `<span ${outer}>${mark}${runs.join("")}</span>`,
    font: `${set.families.join(",")}, ${size}px @${axes}`,
    dpi: 72,
    rgba: true,
    wrap,
    ...(width !== undefined && { width }),
  };
  try {
    const pixels = await sharp({ text: options }).raw().toBuffer({ resolveWithObject: true });
    return { set, ...pixels };
  } catch (error) {
    // The text has no ink, such as a Braille blank.
    if (error instanceof Error && error.message.includes("no text to render")) return null;
    throw error;
  }
}

/** The first graphemes without trailing punctuation, and an ellipsis. */
function elided(graphemes: readonly string[], kept: number): string {
  return `${graphemes
    .slice(0, kept)
    .join("")
    .replace(/[\p{P}\s\u200b\u2060]+$/u, "")}…`;
}

/** Text on one line, without control characters and lone surrogates. */
function tidy(text: string): string {
  return text
    .toWellFormed()
    .normalize("NFC")
    .replaceAll(/(?!\s)[\p{Cc}\p{Co}\u00AD\uFEFF\uFFFC\uFFFD]/gu, "")
    .replaceAll(/\s+/gu, " ")
    .replaceAll(/(?<=\p{L})'(?=\p{L})/gu, "’")
    .trim()
    .slice(0, MAX_LENGTH)
    .toWellFormed();
}

/** Allows line breaks between words in scripts without spaces, and prevents them within Chinese and Japanese words. */
function withBreaks(text: string, lang: string): string {
  if (
    !/[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(text)
  )
    return text;
  const words = Array.from(new Intl.Segmenter(lang, { granularity: "word" }).segment(text));
  return words
    .map(({ segment, isWordLike }, index) => {
      if (/^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]+$/u.test(segment))
        return Array.from(segment).join("\u2060");
      return isWordLike && words[index - 1]?.isWordLike ? `\u200b${segment}` : segment;
    })
    .join("");
}
