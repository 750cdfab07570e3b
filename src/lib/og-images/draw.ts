import sharp, { type OutputInfo } from "sharp";
import { escapeXml } from "../feeds/xml.ts";
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
  readonly color: string;
  /** Pixels. */
  readonly size: number;
  /** Where lines are broken, in pixels. */
  readonly width?: number;
  /** Families for a stroke without color that reaches above and below all letters, so that the baseline is known. */
  readonly strut?: readonly string[];
}

/** More than any image holds; keeps a runaway title cheap. */
const MAX_LENGTH = 400;
/** Distance between lines, as a share of the font's own. */
const LEADING = { usual: 0.75, tall: 0.86 } as const;
/** Of the strut: how far it reaches below the baseline and how much wider it makes a line, in units of the size. */
const STRUT = { below: 0.58, width: 0.66 } as const;

/** Draws an image as PNG. @returns also the characters that no font package has, which appear as boxes */
export async function drawOgImage(
  image: OgImage,
  fonts: Fonts,
): Promise<{ png: Buffer; missing: readonly string[] }> {
  const { margin, title: frame, area, header, byline } = LAYOUT;
  const { ink, muted } = image.colors;
  const line = lineSetter(image, fonts, (await fonts("|", "label", "en")).families);
  const siteTitle = await line(image.siteTitle, ink, header.size, frame.width - header.afterLogo);
  const date = await line(image.date, muted, byline.size, byline.width);
  const names = await line(image.authorLine, ink, byline.size, byline.width - date.width - byline.gap);
  const title = await titleBlock(image, fonts);
  const titleHeight = title?.info.height ?? 0;
  const bottom = image.artwork === null ? area.bottomWithoutArtwork : area.bottom;
  const top = area.top + (bottom - area.top - titleHeight - byline.below) / 2;
  const under = top + titleHeight + byline.below;

  const place = (block: Block | null, start: number, baseline: number, below: number) => {
    if (block === null) return [];
    const { width, height, channels } = block.info;
    const left = Math.round(image.dir === "rtl" ? OG_IMAGE_SIZE.width - start - width : start);
    return [
      {
        input: block.data,
        raw: { width, height, channels },
        left,
        top: Math.round(baseline + below) - height,
      },
    ];
  };
  const png = await sharp(Buffer.from(backdropSvg(image)))
    .composite([
      ...place(title, margin, top, titleHeight),
      ...place(
        siteTitle.block,
        margin + (image.logo === null ? 0 : header.afterLogo),
        header.baseline,
        siteTitle.below,
      ),
      ...place(names.block, margin, under, names.below),
      ...place(date.block, margin + (names.width === 0 ? 0 : names.width + byline.gap), under, date.below),
    ])
    .png({ palette: true, colours: 96, dither: 0, effort: 1, compressionLevel: 9 })
    .toBuffer();
  return {
    png,
    missing: [title, siteTitle.block, names.block, date.block].flatMap((block) => block?.set.missing ?? []),
  };
}

/** The title at the largest size that fits, in lines of about equal length; a longer one ends in an ellipsis. */
async function titleBlock(image: OgImage, fonts: Fonts): Promise<Block | null> {
  const { width, height, sizes } = LAYOUT.title;
  const whole = await fonts(withBreaks(tidy(image.title), image.lang), "title", image.lang);
  const attempt = async (set: SetText, size: number, maxWidth: number, maxHeight: number) => {
    const block = await rendered(set, { ...image, color: image.colors.ink, size, width: maxWidth });
    const fits = block !== null && block.info.width <= maxWidth && block.info.height <= maxHeight;
    return fits ? { block, size } : null;
  };
  const ascending = sizes.toReversed();
  const sized = await lastWith(ascending, (size) => attempt(whole, size, width, height));
  const graphemes = whole.runs.map(({ text }) => text);
  const best =
    sized ??
    (await lastWith([...graphemes.keys()], async (kept) =>
      attempt(await fonts(elided(graphemes, kept), "title", image.lang), ascending[0] ?? 0, width, height),
    ));
  if (best === null || best.block.info.height < best.size * 1.3) return best?.block ?? null;
  const narrower = Array.from({ length: 24 }, (_, step) => width - step * 30);
  const sameLines = best.block.info.height + best.size * 0.4;
  const balanced = await lastWith(narrower, (each) => attempt(best.block.set, best.size, each, sameLines));
  return balanced?.block ?? best.block;
}

/** Sets single lines, cut with an ellipsis where they grow wider than `maxWidth`. */
function lineSetter(image: OgImage, fonts: Fonts, strut: readonly string[]) {
  return async (text: string, color: string, size: number, maxWidth: number) => {
    const attempt = async (part: string) => {
      const block = await rendered(await fonts(part, "label", image.lang), { ...image, color, size, strut });
      const width = block === null ? 0 : block.info.width - STRUT.width * size;
      return width <= maxWidth ? { block, width, below: size * STRUT.below } : null;
    };
    const whole = tidy(text);
    const graphemes = Array.from(new Intl.Segmenter(image.lang).segment(whole), ({ segment }) => segment);
    const cut = () => lastWith([...graphemes.keys()], (kept) => attempt(elided(graphemes, kept)));
    return (await attempt(whole)) ?? (await cut()) ?? { block: null, width: 0, below: 0 };
  };
}

/** What the last candidate gives that gives something; all before it do, too. */
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
  const runs = set.runs.map(({ text, emojiLang }) =>
    emojiLang === null
      ? escapeXml(text)
      : `<span lang="${emojiLang}" foreground="${style.colors.accent}">${text}</span>`,
  );
  const isTall = set.runs.some(({ text }) => /[\u0600-\u109f\u1780-\u17ff]/.test(text));
  const strut =
    style.strut &&
    `<span face="${escapeXml(style.strut.join(","))}" size="250%" rise="${Math.round(style.size * -307)}" alpha="1">|</span>`;
  const text =
    `<span lang="${style.lang}" foreground="${style.color}" line_height="${isTall ? LEADING.tall : LEADING.usual}">` +
    `${style.dir === "rtl" ? "\u200f" : "\u200e"}${runs.join("")}${strut ?? ""}</span>`;
  const width = style.width === undefined ? {} : { width: style.width };
  const font = `${set.families.join(",")}, ${style.size}px`;
  const { data, info } = await sharp({
    text: { text, font, dpi: 72, rgba: true, wrap: "word-char", ...width },
  })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { set, data, info };
}

/** The first graphemes without punctuation at their end, and an ellipsis. */
function elided(graphemes: readonly string[], kept: number): string {
  return `${graphemes
    .slice(0, kept)
    .join("")
    .replace(/[\p{P}\s\u200b\u2060]+$/u, "")}…`;
}

/** Text on one line, without control characters and broken surrogates. */
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

/** Lets lines break between words where a script writes no spaces, and keeps Chinese and Japanese words whole. */
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
