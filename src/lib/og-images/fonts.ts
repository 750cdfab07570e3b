import { readFileSync } from "node:fs";
import path from "node:path";
import { create } from "fontkitten";
import sharp from "sharp";
import subsetFont from "subset-font";
import { isWhole, writeChecked } from "../cache/checked-file.ts";
import { hashOf } from "../cache/file-cache.ts";
import { escapeXml } from "../escape.ts";
import { memoizeWeak } from "../memoize-weak.ts";
import { EMOJI, familiesFor, type Slice, slicesOf } from "./families.ts";

/** A text with its fonts. */
export interface SetText {
  /** Graphemes; an emoji has a language tag by which fontconfig finds its file. */
  readonly runs: readonly { readonly text: string; readonly emojiLang: string | null }[];
  /** Family names for Pango, best first; these are paths of font files. */
  readonly families: readonly string[];
  /** Characters that no installed package has. */
  readonly missing: readonly string[];
}

/** Finds and loads the fonts for a text. */
export type Fonts = (text: string, lang: string) => Promise<SetText>;

/**
 * Opens the fonts of this process. The family name of each file is its path, so a text refers to exact files, and other
 * loaded fonts make no difference.
 * @param folder for fonts converted to TrueType: the Pango bundled with sharp doesn't read WOFF2.
 * @param configFile `FONTCONFIG_FILE` of this process, written before the first text is drawn.
 */
export function openFonts(folder: string, configFile: string, hasSystemFonts: boolean): Fonts {
  const slicesIn = memoizeWeak(slicesOf);
  const fileOf = memoizeWeak(({ file }: Slice) =>
    path.join(folder, `${hashOf("TrueType font", readFileSync(file))}.ttf`),
  );
  const charactersOf = memoizeWeak((slice: Slice) => loadFont(slice.file, fileOf(slice)));
  const emojiSlices = slicesIn(EMOJI);
  writeChecked(configFile, Buffer.from(configOf(folder, emojiSlices.map(fileOf), hasSystemFonts)));

  async function find(text: string, slices: readonly Slice[]): Promise<Slice | undefined> {
    const visible = Array.from(text).filter((character) => !isInvisible(character));
    for (const slice of slices) {
      if (!slice.characters.test(visible[0] ?? "")) continue;
      const known = await charactersOf(slice);
      if (visible.every((character) => known.has(character))) return slice;
    }
    return undefined;
  }
  return async (text, lang) => {
    const slices = familiesFor(text, lang).flatMap(slicesIn);
    const [runs, missing, used]: [SetText["runs"][number][], string[], Set<Slice>] = [[], [], new Set()];
    for (const { segment } of new Intl.Segmenter(lang).segment(text)) {
      const isEmoji = EMOJI.characters.test(segment) && !segment.includes("\uFE0E");
      const emoji = isEmoji ? await find(segment, emojiSlices) : undefined;
      runs.push({ text: segment, emojiLang: emoji ? emojiLang(emojiSlices.indexOf(emoji)) : null });
      for (const character of emoji ? "" : segment) {
        if (isInvisible(character)) continue;
        const slice = await find(character, slices);
        if (slice) used.add(slice);
        else missing.push(character);
      }
    }
    return { runs, families: slices.filter((slice) => used.has(slice)).map(fileOf), missing };
  };
}

/** Converts a font unless it was converted before, loads it into this process, and returns its characters. */
async function loadFont(source: string, file: string): Promise<ReadonlySet<string>> {
  if (!isWhole(file)) {
    const options = { keepAllGlyphs: true, targetFormat: "truetype", noHinting: true } as const;
    writeChecked(file, await subsetFont(readFileSync(source), "", options));
  }
  await sharp({ text: { text: " .", fontfile: file } }).toBuffer();
  const font = create(readFileSync(file));
  return new Set(font.isCollection ? [] : font.characterSet.map((code) => String.fromCodePoint(code)));
}

const isInvisible = (character: string): boolean => /^[\p{Default_Ignorable_Code_Point}\s]$/u.test(character);
const emojiLang = (index: number): string => `x-emoji-${index}`;

/**
 * Fontconfig's settings, without the machine's own, whose hinting may differ. Pango looks up emoji in a fixed family;
 * a rule for each of our language tags replaces it with the font file.
 */
function configOf(folder: string, emojiFiles: readonly string[], hasSystemFonts: boolean): string {
  const system = ["/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts", "WINDOWSFONTDIR"];
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>
<cachedir>${escapeXml(folder)}</cachedir>
${hasSystemFonts ? '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>' : ""}
${hasSystemFonts ? system.map((dir) => `<dir>${dir}</dir>`).join("") : ""}
<match target="scan"><test name="file" compare="contains"><string>${escapeXml(folder)}</string></test>
<edit name="family" mode="assign_replace"><name>file</name></edit></match>
${emojiFiles
  .map(
    (file, index) => `<match target="pattern"><test name="lang"><string>${emojiLang(index)}</string></test>
<edit name="family" mode="assign" binding="strong"><string>${escapeXml(file)}</string></edit></match>`,
  )
  .join("\n")}
<match target="font"><edit name="hinting" mode="assign"><bool>false</bool></edit>
<edit name="antialias" mode="assign"><bool>true</bool></edit></match></fontconfig>`;
}
