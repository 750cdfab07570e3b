import { readFile } from "node:fs/promises";
import path from "node:path";
import { Blob, Face, Font, Variation } from "harfbuzzjs";
import decompress from "wawoff2/decompress.js";
import { type FileCache, hashOf } from "../../cache/file-cache.ts";
import { CLOSE, CUBIC, LINE, MOVE, type Outline, QUAD } from "../outline.ts";
import { type Family, familiesFor } from "./families.ts";
import { isMeantFor, type Slice, slicesOf, versionOf } from "./slices.ts";
import { isCovered } from "./shape-run.ts";

/** `title`: large, for the title. `label`: small, for names and dates. */
export type Cut = "title" | "label";

const VARIATIONS: Readonly<Record<Cut, readonly Variation[]>> = {
  title: [new Variation("wght", 620), new Variation("opsz", 72)],
  label: [new Variation("wght", 500), new Variation("opsz", 24)],
};

/** A font ready to be shaped and drawn. */
export interface Type {
  readonly family: Family;
  readonly font: Font;
  /** Units of the font in one em. */
  readonly unitsPerEm: number;
  /** The outline of a glyph in units of the font, y upwards. */
  outline(glyph: number): Outline;
  /** How far the ink of a glyph reaches above and below the baseline, in units of the font. */
  reach(glyph: number): { readonly above: number; readonly below: number };
}

/** The fonts that were needed so far. A font is unpacked once for all builds and read once in each. */
export class TypeCase {
  readonly #cache: FileCache;
  readonly #faces = new Map<string, Promise<Face>>();
  readonly #types = new Map<string, Type>();
  readonly #chosen = new Map<string, Type | null>();

  /** @param cache keeps the unpacked fonts. */
  constructor(cache: FileCache) {
    this.#cache = cache;
  }

  /**
   * The font for a cluster, null when none has all its characters.
   * @param preferred a family to be tried first: that of the text around it.
   */
  async typeFor(
    cluster: string,
    cut: Cut,
    lang: string,
    preferred: Family | null = null,
  ): Promise<Type | null> {
    const key = `${cut} ${lang} ${preferred?.package ?? ""} ${cluster}`;
    const known = this.#chosen.get(key);
    if (known !== undefined) return known;
    const families = familiesFor(cluster, lang);
    const found = await this.#firstWith(
      cluster,
      cut,
      preferred === null ? families : [preferred, ...families],
    );
    this.#chosen.set(key, found);
    return found;
  }

  async #firstWith(cluster: string, cut: Cut, families: readonly Family[]): Promise<Type | null> {
    const first = cluster.codePointAt(0) ?? 0;
    for (const slice of families.flatMap(slicesOf).filter((candidate) => isMeantFor(candidate, first))) {
      const type = await this.#typeOf(slice, cut);
      if (isCovered(type.font, cluster)) return type;
    }
    return null;
  }

  async #typeOf(slice: Slice, cut: Cut): Promise<Type> {
    const key = `${cut} ${slice.file}`;
    const known = this.#types.get(key);
    if (known !== undefined) return known;
    const face = await this.#faceOf(slice);
    const type = this.#types.get(key) ?? makeType(slice.family, face, cut);
    this.#types.set(key, type);
    return type;
  }

  #faceOf(slice: Slice): Promise<Face> {
    const known = this.#faces.get(slice.file) ?? this.#readFace(slice);
    this.#faces.set(slice.file, known);
    return known;
  }

  async #readFace({ family, file }: Slice): Promise<Face> {
    const key = hashOf("unpacked font", family.package, versionOf(family), path.basename(file));
    const stored = this.#cache.read(key);
    const font = stored ?? (await unpack(await readFile(file)));
    if (stored === null) this.#cache.write(key, font);
    return new Face(new Blob(font));
  }
}

function makeType(family: Family, face: Face, cut: Cut): Type {
  const font = new Font(face);
  font.setVariations([...VARIATIONS[cut]]);
  const outlines = new Map<number, Outline>();
  return {
    family,
    font,
    unitsPerEm: face.upem,
    outline(glyph) {
      const outline = outlines.get(glyph) ?? outlineOfGlyph(font, glyph);
      outlines.set(glyph, outline);
      return outline;
    },
    reach(glyph) {
      const { yBearing = 0, height = 0 } = font.glyphExtents(glyph) ?? {};
      return { above: yBearing, below: -(yBearing + height) };
    },
  };
}

const CODES: Readonly<Record<string, number>> = { M: MOVE, L: LINE, Q: QUAD, C: CUBIC, Z: CLOSE };

function outlineOfGlyph(font: Font, glyph: number): Outline {
  return font.glyphToJson(glyph).flatMap(({ type, values }) => [CODES[type] ?? CLOSE, ...values]);
}

let unpacking: Promise<unknown> = Promise.resolve();

/** One at a time: each result is a view that the next one overwrites. Who asked hears of a failure, not who is next. */
function unpack(woff2: Uint8Array): Promise<Uint8Array> {
  const unpacked = unpacking.then(async () => Uint8Array.from(await decompress(woff2)));
  unpacking = unpacked.catch(() => undefined);
  return unpacked;
}
