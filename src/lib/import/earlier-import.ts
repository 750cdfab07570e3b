/** Entries of earlier imports that an export lacks: they stay, and imported entries mustn't conflict with them. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { readPageHead, readPostHead } from "../content/front-matter/read-head.ts";
import { readDates } from "../content/read-dates.ts";
import type { ArchiveEntry } from "./archive.ts";
import { entryKeys } from "./write/import-state.ts";
import type { EntryPlace, EntryPlaces } from "./write/import-state.ts";

/** An existing text, with the current values of its front matter. */
export interface EarlierEntry extends EntryPlace {
  readonly key: string;
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  readonly date: string | null;
  /** Whether it's neither a draft nor deleted. */
  readonly isListed: boolean;
}

/**
 * Entries that earlier imports wrote, that still exist, and that aren't among `entries`.
 * @param contentDir absolute path.
 */
export function lackingEntries(
  contentDir: string,
  places: EntryPlaces,
  entries: readonly ArchiveEntry[],
): readonly EarlierEntry[] {
  const present = new Set(entryKeys(entries).values());
  return [...places].flatMap(([key, known]) => {
    if (present.has(key)) return [];
    const file = fileAt(contentDir, known.place);
    return file === null ? [] : [{ ...known, key, ...readEntry(known.place, contentDir, file) }];
  });
}

function fileAt(contentDir: string, place: string): string | null {
  const names = ["md", "mdx"].flatMap((ending) => [`${place}.${ending}`, `${place}/index.${ending}`]);
  return names.find((name) => existsSync(path.join(contentDir, name))) ?? null;
}

function readEntry(
  place: string,
  contentDir: string,
  file: string,
): Pick<EarlierEntry, "aliases" | "tags" | "date" | "isListed"> {
  const bytes = readFileSync(path.join(contentDir, file));
  const [kind] = place.split("/");
  if (kind === "pages") {
    const { aliases = [], draft } = readPageHead(bytes, `content/${file}`).front;
    const isListed = draft !== true;
    return { aliases, tags: [], date: null, isListed };
  }
  const head = readPostHead(bytes, `content/${file}`);
  const { aliases = [], tags = [], draft, deleted } = head.front;
  const { date } = readDates(head, "UTC", []);
  const isListed = draft !== true && deleted === undefined;
  return { aliases, tags, date, isListed };
}
