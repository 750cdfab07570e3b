import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import subsetFont from "subset-font";
import { hashOf } from "../cache/file-cache.ts";
import { escapeXml } from "../feeds/xml.ts";
import { charsetOf } from "./charset.ts";
import { EMOJI, familiesFor, isWithin, type Slice, slicesOf } from "./families.ts";

/** `title`: large and heavier. `label`: small, for names and dates. */
export type Cut = "title" | "label";

/** A piece of text; emoji have the language tag by which fontconfig finds their file. */
export interface TextRun {
  readonly text: string;
  readonly emojiLang: string | null;
}

/** A text with its fonts. */
export interface SetText {
  readonly runs: readonly TextRun[];
  /** Names for Pango, best first: paths of font files. */
  readonly families: readonly string[];
  /** Characters that no installed package has. */
  readonly missing: readonly string[];
}

/** Finds the fonts for a text and loads them. */
export type Fonts = (text: string, cut: Cut, lang: string) => Promise<SetText>;

const AXES = { title: { wght: 620, opsz: 72 }, label: { wght: 500, opsz: 24 } } as const;
const IGNORABLE = /^[\p{Default_Ignorable_Code_Point}\s]$/u;

/**
 * Opens the fonts of this process. Each file is a family named by its path, so a text names the very files that it is
 * set in, and other loaded fonts make no difference.
 * @param folder keeps the fonts as TrueType, the only format that Pango reads.
 * @param configFile `FONTCONFIG_FILE` of this process, written before the first text is drawn.
 */
export function openFonts(folder: string, configFile: string, hasSystemFonts: boolean): Fonts {
  const charsets = new Map<string, Promise<ReadonlySet<number>>>();
  const slices = memoize(slicesOf);
  const fontFile = memoize((slice: Slice) => memoize((cut: Cut) => path.join(folder, fontName(slice, cut))));
  mkdirSync(folder, { recursive: true });
  const emojiFiles = slices(EMOJI).map((slice) => fontFile(slice)("title"));
  writeWhole(configFile, configOf(folder, emojiFiles, hasSystemFonts));

  const find = async (text: string, candidates: readonly Slice[], cut: Cut): Promise<Slice | null> => {
    const [first = 0, ...others] = Array.from(text, (character) => character.codePointAt(0) ?? 0);
    for (const slice of candidates) {
      if (!isWithin(first, slice.ranges)) continue;
      const file = fontFile(slice)(cut);
      const loading = charsets.get(file) ?? loadFont(slice.file, AXES[cut], file);
      charsets.set(file, loading);
      const charset = await loading;
      if ([first, ...others].every((code) => charset.has(code) || isIgnorable(code))) return slice;
    }
    return null;
  };

  return async (text, cut, lang) => {
    const candidates = familiesFor(text, lang).flatMap(slices);
    const [runs, missing, used]: [TextRun[], string[], Set<Slice>] = [[], [], new Set()];
    for (const { segment } of new Intl.Segmenter(lang).segment(text)) {
      const emoji = isEmoji(segment) ? await find(segment, slices(EMOJI), "title") : null;
      runs.push({
        text: segment,
        emojiLang: emoji === null ? null : emojiLang(slices(EMOJI).indexOf(emoji)),
      });
      for (const character of emoji === null ? segment : "") {
        if (IGNORABLE.test(character)) continue;
        const slice = await find(character, candidates, cut);
        if (slice === null) missing.push(character);
        else used.add(slice);
      }
    }
    const families = candidates.filter((slice) => used.has(slice)).map((slice) => fontFile(slice)(cut));
    return { runs, families, missing };
  };
}

function memoize<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}

/** Converts a font once, adds it to those of this process, and returns the code points that it has. */
async function loadFont(source: string, axes: { wght: number; opsz: number }, file: string) {
  if (!existsSync(file)) {
    const isStatic = source.includes("/@fontsource/") || source.includes("\\@fontsource\\");
    const variationAxes = isStatic ? {} : source.includes("-opsz-") ? axes : { wght: axes.wght };
    const options = {
      keepAllGlyphs: true,
      targetFormat: "truetype",
      noHinting: true,
      variationAxes,
    } as const;
    writeWhole(file, await subsetFont(readFileSync(source), "", options));
  }
  await sharp({ text: { text: " .", fontfile: file } }).toBuffer();
  return charsetOf(readFileSync(file));
}

/** Through a rename, since other processes read and write the same files. */
function writeWhole(file: string, contents: string | Uint8Array): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, file);
}

function fontName({ file }: Slice, cut: Cut): string {
  return `${hashOf("TrueType font", JSON.stringify(AXES[cut]), readFileSync(file))}.ttf`;
}

function isIgnorable(code: number): boolean {
  return IGNORABLE.test(String.fromCodePoint(code));
}

/** A sequence that readers expect to see as a picture: by nature, by a variation selector, a flag or a keycap. */
function isEmoji(cluster: string): boolean {
  return EMOJI.characters.test(cluster) && !cluster.includes("\uFE0E");
}

const emojiLang = (index: number): string => `x-emoji-${index}`;

/**
 * Nothing of the machine's own settings, which differ in hinting. Pango looks for emoji in a family that can't be
 * named, so a rule for each language tag names the file.
 */
function configOf(folder: string, emojiFiles: readonly string[], hasSystemFonts: boolean): string {
  const edit = (name: string, value: string): string =>
    `<edit name="${name}" mode="assign" binding="strong">${value}</edit>`;
  const emoji = emojiFiles.map(
    (file, index) =>
      `<match target="pattern"><test name="lang"><string>${emojiLang(index)}</string></test>` +
      `${edit("family", `<string>${escapeXml(file)}</string>`)}</match>`,
  );
  return [
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>`,
    `<cachedir>${escapeXml(folder)}</cachedir>`,
    ...(hasSystemFonts ? SYSTEM_FONTS : []),
    `<match target="scan"><test name="file" compare="contains"><string>${escapeXml(folder)}</string></test>`,
    `<edit name="family" mode="assign_replace"><name>file</name></edit></match>`,
    ...emoji,
    `<match target="font">${edit("hinting", "<bool>false</bool>")}${edit("antialias", "<bool>true</bool>")}</match>`,
    "</fontconfig>",
  ].join("\n");
}

const SYSTEM_FONTS = [
  '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>',
  ...["/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts", "WINDOWSFONTDIR"].map(
    (dir) => `<dir>${dir}</dir>`,
  ),
];
