import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { create } from "fontkitten";
import sharp from "sharp";
import subsetFont from "subset-font";
import { hashOf } from "../cache/file-cache.ts";
import { escapeXml } from "../escape.ts";
import { EMOJI, type Family, familiesFor, installed, type Slice } from "./families.ts";

/** A text with its fonts. */
export interface SetText {
  /** Graphemes; an emoji has the language tag by which fontconfig finds its file. */
  readonly runs: readonly { readonly text: string; readonly emojiLang: string | null }[];
  /** Names for Pango, best first: paths of font files. */
  readonly families: readonly string[];
  /** Characters that no installed package has. */
  readonly missing: readonly string[];
}

/** Finds and loads the fonts for a text. `title` is large and heavier, `label` small. */
export type Fonts = (text: string, cut: Cut, lang: string) => Promise<SetText>;
type Cut = keyof typeof AXES;

const AXES = { title: { wght: 620, opsz: 72 }, label: { wght: 500, opsz: 24 } } as const;

/**
 * Opens the fonts of this process. Each file is a family named by its path, so a text names the very files that it is
 * set in, and other loaded fonts make no difference.
 * @param folder keeps the fonts as TrueType, the only format that Pango reads.
 * @param configFile `FONTCONFIG_FILE` of this process, written before the first text is drawn.
 */
export function openFonts(folder: string, configFile: string, hasSystemFonts: boolean): Fonts {
  const slicesOf = memoize((family: Family) => installed(family)?.slices ?? []);
  const fileOf = { title: memoize(fileIn(folder, "title")), label: memoize(fileIn(folder, "label")) };
  const charsets = { title: memoize(loader("title")), label: memoize(loader("label")) };
  const emojiSlices = slicesOf(EMOJI);
  mkdirSync(folder, { recursive: true });
  writeWhole(configFile, configOf(folder, emojiSlices.map(fileOf.title), hasSystemFonts));

  function loader(cut: Cut) {
    return (slice: Slice) => loadFont(slice.file, cut, fileOf[cut](slice));
  }
  async function find(text: string, candidates: readonly Slice[], cut: Cut): Promise<Slice | undefined> {
    const codes = Array.from(text, (character) =>
      isInvisible(character) ? [] : (character.codePointAt(0) ?? 0),
    ).flat();
    for (const slice of candidates) {
      if (!slice.ranges.some(([from, to]) => from <= (codes[0] ?? 0) && (codes[0] ?? 0) <= to)) continue;
      const charset = await charsets[cut](slice);
      if (codes.every((code) => charset.has(code))) return slice;
    }
    return undefined;
  }
  return async (text, cut, lang) => {
    const candidates = familiesFor(text, lang).flatMap(slicesOf);
    const [runs, missing, used]: [SetText["runs"][number][], string[], Set<Slice>] = [[], [], new Set()];
    for (const { segment } of new Intl.Segmenter(lang).segment(text)) {
      const isEmoji = EMOJI.characters.test(segment) && !segment.includes("\uFE0E");
      const emoji = isEmoji ? await find(segment, emojiSlices, "title") : undefined;
      runs.push({
        text: segment,
        emojiLang: emoji === undefined ? null : emojiLang(emojiSlices.indexOf(emoji)),
      });
      for (const character of emoji === undefined ? segment : "") {
        const slice = isInvisible(character) ? null : await find(character, candidates, cut);
        if (slice === undefined) missing.push(character);
        else if (slice !== null) used.add(slice);
      }
    }
    return { runs, families: candidates.filter((slice) => used.has(slice)).map(fileOf[cut]), missing };
  };
}

/** Converts a font once, adds it to those of this process, and returns the code points that it has. */
async function loadFont(source: string, cut: Cut, file: string): Promise<ReadonlySet<number>> {
  if (!existsSync(file)) {
    const { wght, opsz } = AXES[cut];
    const variationAxes = source.includes("-opsz-")
      ? { wght, opsz }
      : source.includes("-wght-")
        ? { wght }
        : {};
    const options = {
      keepAllGlyphs: true,
      targetFormat: "truetype",
      noHinting: true,
      variationAxes,
    } as const;
    writeWhole(file, await subsetFont(readFileSync(source), "", options));
  }
  await sharp({ text: { text: " .", fontfile: file } }).toBuffer();
  const font = create(readFileSync(file));
  return new Set(font.isCollection ? [] : font.characterSet);
}

function fileIn(folder: string, cut: Cut) {
  return ({ file }: Slice): string =>
    path.join(folder, `${hashOf("TrueType font", JSON.stringify(AXES[cut]), readFileSync(file))}.ttf`);
}

/** Through a rename, since other processes read and write the same files. */
function writeWhole(file: string, contents: string | Uint8Array): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, file);
}

function memoize<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}

const isInvisible = (character: string): boolean => /^[\p{Default_Ignorable_Code_Point}\s]$/u.test(character);
const emojiLang = (index: number): string => `x-emoji-${index}`;

/**
 * Fontconfig's settings, without those of the machine, which differ in hinting. Pango looks for emoji in a family that
 * no text can change; a rule for each of our language tags names the file instead.
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
