import { withoutDate } from "../content/file-date.ts";
import { slugOf } from "../site/slug.ts";

/** In code points: some systems reject longer paths. */
const MAX_LENGTH = 100;

/** Assigns unique slugs. */
export class Slugs {
  readonly #taken: Set<string>;

  /** @param reserved slugs that are never assigned. */
  constructor(reserved: Iterable<string> = []) {
    this.#taken = new Set([...reserved].map(compared));
  }

  /** Prevents a slug from being assigned. */
  reserve(slug: string): void {
    this.#taken.add(compared(slug));
  }

  /** Assigns the first free slug made from the first non-empty text. */
  claim(...texts: readonly string[]): string {
    const text = texts.find((candidate) => candidate.trim() !== "") ?? "untitled";
    // In Backfence, a leading date in a file name isn't part of the slug.
    const wanted = shortened(withoutDate(slugOf(text)));
    let slug = wanted;
    for (let number = 2; this.#taken.has(compared(slug)); number++) slug = `${wanted}-${number}`;
    this.#taken.add(compared(slug));
    return slug;
  }
}

/** File systems may ignore case and Unicode normalization in names. */
function compared(slug: string): string {
  return slug.normalize("NFC").toLowerCase();
}

function shortened(slug: string): string {
  const points = [...slug];
  return points.length <= MAX_LENGTH
    ? slug
    : points
        .slice(0, MAX_LENGTH)
        .join("")
        .replace(/-[^-]*$/, "");
}
