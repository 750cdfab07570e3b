import { slugOf } from "../site/slug.ts";
import type { Author } from "./model.ts";

/**
 * A function from what a post says of its author to the id that is meant: the name of a file in `content/authors/`, or
 * the name in it. What means none stays as it was written.
 */
export function authorIdsByName(ids: readonly string[], authors: readonly Pick<Author, "id" | "name">[]): (written: string) => string {
  const byName = new Map(authors.map(({ id, name }) => [plain(name), id]));
  const known = new Set(ids);
  return (written) => {
    if (known.has(written)) return written;
    const named = byName.get(plain(written));
    if (named !== undefined) return named;
    const slug = slugOf(written);
    return known.has(slug) ? slug : written;
  };
}

function plain(name: string): string {
  return name.normalize("NFC").trim().replaceAll(/\s+/g, " ").toLowerCase();
}
