import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { z } from "zod";
import type { Family } from "./families.ts";

/** A file of a family and the code points that it is meant for. */
export interface Slice {
  readonly family: Family;
  /** Absolute path of the WOFF2 file. */
  readonly file: string;
  /** First and last code point of each range. */
  readonly ranges: readonly (readonly [number, number])[];
}

const require = createRequire(import.meta.url);
const unicodeSchema = z.record(z.string(), z.string());
const manifestSchema = z.object({ version: z.string() });

const known = new Map<string, readonly Slice[]>();

/** The slices of a family; none when its package isn't installed. */
export function slicesOf(family: Family): readonly Slice[] {
  const slices = known.get(family.package) ?? readSlices(family);
  known.set(family.package, slices);
  return slices;
}

/** The installed version of a family's package, `""` when there is none. */
export function versionOf(family: Family): string {
  const manifest = resolved(`${family.package}/package.json`);
  return manifest === null ? "" : manifestSchema.parse(readJson(manifest)).version;
}

/** Whether a slice is meant for a code point. */
export function isMeantFor({ ranges }: Slice, codePoint: number): boolean {
  return ranges.some(([first, last]) => first <= codePoint && codePoint <= last);
}

function readSlices(family: Family): readonly Slice[] {
  const unicode = resolved(`${family.package}/unicode.json`);
  if (unicode === null) return [];
  const folder = path.join(path.dirname(unicode), "files");
  const name = path.posix.basename(family.package);
  return Object.entries(unicodeSchema.parse(readJson(unicode))).map(([subset, ranges]) => ({
    family,
    file: path.join(folder, `${name}-${subset.replaceAll(/[[\]]/g, "")}${family.files}`),
    ranges: ranges.split(",").map(rangeOf),
  }));
}

/** `U+4E00-4E0F` → its first and last code point. */
function rangeOf(text: string): readonly [number, number] {
  const [first = "", last = first] = text.trim().slice("U+".length).split("-");
  return [parseInt(first, 16), parseInt(last, 16)];
}

function resolved(specifier: string): string | null {
  try {
    return require.resolve(specifier);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND") return null;
    throw error;
  }
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
