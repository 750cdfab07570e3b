import { slugOf } from "../site/slug.ts";

/**
 * Returns a function that resolves an author or series in a post's front matter to an id. It accepts ids and the names
 * (or titles) of `named`, whatever their case and spacing. Anything else is returned as written.
 * @param ids names of files in `content/authors/` or `content/series/`.
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
