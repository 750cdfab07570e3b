/**
 * Reads the date order of posts from Pagefind's metadata file, which is in the browser's cache: the build numbers posts
 * from the oldest. Pagefind's own sort index would add a third to the file's size.
 */

/** Position of each fragment, oldest post first. @param base absolute address of the site with its base path. */
export async function pageOrder(base: URL): Promise<ReadonlyMap<string, number>> {
  const folder = new URL("pagefind/", base);
  const entry: { languages: Readonly<Record<string, { hash: string }>> } = await (
    await fetch(new URL("pagefind-entry.json", folder))
  ).json();
  const [index] = Object.values(entry.languages);
  if (index === undefined) return new Map();
  const { body } = await fetch(new URL(`pagefind.${index.hash}.pf_meta`, folder), { cache: "force-cache" });
  if (body === null) return new Map();
  const bytes = await new Response(body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  return fragmentPlaces(new Uint8Array(bytes));
}

/** Length in bytes of the signature that Pagefind's files begin with. */
const SIGNATURE = 12;

/**
 * Parses the CBOR file as the build writes it (`metaFile`): the version, then for each page its name, its number of
 * words and, since Pagefind 1.6, the name of a file.
 */
export function fragmentPlaces(file: Uint8Array): Map<string, number> {
  let at = SIGNATURE;
  /** The number in the head of a CBOR item, for any type. */
  const head = (): number => {
    const size = (file[at++] ?? 0) & 31;
    if (size < 24) return size;
    let value = 0;
    for (let left = 1 << (size - 24); left > 0; left -= 1) value = value * 256 + (file[at++] ?? 0);
    return value;
  };
  const text = (): string => {
    const length = head();
    at += length;
    return String.fromCharCode(...file.subarray(at - length, at));
  };
  head();
  text();
  const places = new Map<string, number>();
  for (let page = 0, count = head(); page < count; page += 1) {
    const values = head();
    places.set(text(), page);
    head();
    if (values > 2) text();
  }
  return places;
}
