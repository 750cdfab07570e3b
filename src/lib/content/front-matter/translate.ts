/** Translates front matter of other generators to our keys, and records which keys were renamed or ignored. */
import type { YamlSource } from "../../yaml/source.ts";
import { isRecord } from "./convert.ts";
import { plainKey } from "./foreign-keys.ts";
import { Translation, type Translated } from "./translation.ts";

export interface TranslateOptions {
  /** Our keys. */
  readonly known: readonly string[];
  /** Keys of other kinds of content, which are ignored. */
  readonly elsewhere?: readonly string[];
}

/** Translates the keys of front matter to ours. Our own keys take precedence over others. */
export function translate(source: YamlSource, { known, elsewhere = [] }: TranslateOptions): Translated {
  if (!isRecord(source.data)) return { source, readings: [], issues: [], origins: new Map() };
  const state = new Translation(source, known);
  const own = new Map(known.map((key) => [plainKey(key), key]));
  const entries = Object.entries(source.data).map(([key, value]) => ({ key, value, name: nameOf(key, own) }));
  for (const { key, value, name } of entries) if (name !== null) state.takeOwn(key, name, value);
  for (const { key, value, name } of entries) {
    if (name !== null) continue;
    const isElsewhere = elsewhere.some((other) => plainKey(other) === plainKey(key));
    if (isElsewhere) state.ignore(key);
    else state.takeForeign(key, value);
  }
  return state.result();
}

/** Our key for a key of the file, whatever its case and separators; null for foreign keys. */
function nameOf(key: string, own: ReadonlyMap<string, string>): string | null {
  return own.get(plainKey(key)) ?? null;
}

