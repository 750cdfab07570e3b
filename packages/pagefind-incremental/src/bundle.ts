import { type ZlibOptions, constants } from "node:zlib";
import { FILE_NAME } from "./assemble-index.ts";
import { filterChunk, fragmentNames, metaFile } from "./bundle-files.ts";
import type { DocReader, PreparedDoc } from "./doc-reader.ts";
import { PACKING, packedFile } from "./fragments.ts";
import { hashOf, shortName } from "./hash.ts";
import type { PagefindRuntime } from "./runtime.ts";
import type { IndexFile } from "./types.ts";
import type { WordIndex } from "./word-index.ts";

/** Compression of the list of documents: its names are random, so a lower `memLevel` makes it 4 % smaller. */
export const META_PACKING = { level: 9, memLevel: 5 } as const;

/** Compression of the few chunks of very common words: half of their bytes are positions, which rarely repeat. */
const LARGE_PACKING = { level: 9, memLevel: 9, strategy: constants.Z_FILTERED } as const;

export interface BundleParts {
  readonly version: string;
  readonly language: string;
  readonly runtime: PagefindRuntime;
  readonly index: WordIndex;
}

/** All files of the index. */
export function bundleFiles(
  docs: readonly PreparedDoc[],
  reader: DocReader,
  { version, language, runtime, index }: BundleParts,
): IndexFile[] {
  const fragments = fragmentNames(docs);
  const names = [...new Set(docs.flatMap(({ doc }) => Object.keys(doc.filters)))].sort();
  const filters = names.map((name) => {
    const bytes = filterChunk(
      name,
      docs.map(({ doc }) => doc.filters[name] ?? []),
    );
    return { name, bytes, file: shortName(hashOf(bytes), FILE_NAME) };
  });
  const { chunks, wordCounts } = index;
  const meta = metaFile({ version, fragments, wordCounts, chunks, filters });
  const metaName = `${language}_${shortName(hashOf(meta), FILE_NAME)}`;
  const languages = { [language]: { hash: metaName, wasm: runtime.wasm, page_count: docs.length } };
  const entry = Buffer.from(JSON.stringify({ version, languages, include_characters: [] }));
  return [
    ...[...runtime.files].map(([name, bytes]) => plainFile(name, bytes)),
    plainFile("pagefind-entry.json", entry),
    packedIndexFile(`pagefind.${metaName}.pf_meta`, metaName, META_PACKING, () => meta),
    ...chunks.map(({ name, isLarge }) =>
      packedIndexFile(`index/${name}.pf_index`, name, isLarge ? LARGE_PACKING : PACKING, () =>
        index.bytesOf(name),
      ),
    ),
    ...filters.map(({ file, bytes }) =>
      packedIndexFile(`filter/${file}.pf_filter`, file, PACKING, () => bytes),
    ),
    ...docs.map((doc, page) => {
      const name = fragments[page] ?? "";
      return { path: `fragment/${name}.pf_fragment`, key: name, make: () => reader.fragmentOf(doc) };
    }),
  ];
}

/** An index file from bytes in memory. */
export function plainFile(path: string, bytes: Uint8Array): IndexFile {
  return { path, key: hashOf(bytes), make: () => Promise.resolve(bytes) };
}

function packedIndexFile(
  path: string,
  key: string,
  packing: ZlibOptions,
  bytes: () => Uint8Array | Promise<Uint8Array>,
): IndexFile {
  return { path, key, make: async () => packedFile(await bytes(), packing) };
}
