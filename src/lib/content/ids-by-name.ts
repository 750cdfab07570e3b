import { slugOf } from "../site/slug.ts";

/**
 * A function from what a post says of its author or series to the id that is meant: the name of a file in
 * `content/authors/`, or the name in it. What means none stays as it was written.
 */
export function idsByName(ids: readonly string[], named: readonly { readonly id: string; readonly name: string }[]): (written: string) => string {
  const byName = new Map(named.map(({ id, name }) => [plain(name), id]));
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
