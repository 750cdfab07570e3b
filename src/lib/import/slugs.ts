import { withoutDate } from "../content/file-date.ts";
import { slugOf } from "../site/slug.ts";

/** Longer names make paths that some systems refuse. */
const MAX_LENGTH = 100;

/** Names for addresses, no two alike. */
export class Slugs {
  readonly #taken: Set<string>;

  /** @param reserved names that are never given. */
  constructor(reserved: Iterable<string> = []) {
    this.#taken = new Set([...reserved].map(compared));
  }

  /** Keeps a name from being given. */
  reserve(slug: string): void {
    this.#taken.add(compared(slug));
  }

  /** The first free name made from the first of the texts that isn't empty. */
  claim(...texts: readonly string[]): string {
    const text = texts.find((candidate) => candidate.trim() !== "") ?? "untitled";
    // A date before a name isn't part of the address here.
    const wanted = shortened(withoutDate(slugOf(text)));
    let slug = wanted;
    for (let number = 2; this.#taken.has(compared(slug)); number++) slug = `${wanted}-${number}`;
    this.#taken.add(compared(slug));
    return slug;
  }
}

/** File systems may take different cases and forms for the same name. */
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
