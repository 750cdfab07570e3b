import * as z from "zod";
import { type FileCache, hashOf } from "../cache/file-cache.ts";
import { withPagefind } from "./pagefind-thread.ts";

/** What a browser needs to search, whatever the posts are. */
export interface PagefindRuntime {
  readonly version: string;
  /** Name of the reader that stems the words of the language, null when there's none for it. */
  readonly wasm: string | null;
  /** By name below `/pagefind/`: the API, its worker and the reader. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** The release whose file formats `read-pagefind.ts` and `bundle-files.ts` know. */
export const PAGEFIND_VERSION = "1.5.2";

const entrySchema = z.object({
  version: z.literal(PAGEFIND_VERSION),
  languages: z.record(z.string(), z.object({ wasm: z.string().nullable() })),
});

const storedSchema = z.object({
  wasm: z.string().nullable(),
  files: z.record(z.string(), z.base64()),
});

/**
 * Takes the runtime from an index of one page. Pagefind's ready-made interfaces (400 KB) are left out.
 * @param lang primary subtag of the index's language.
 */
export async function pagefindRuntime(lang: string, cache: FileCache): Promise<PagefindRuntime> {
  const key = hashOf("runtime", PAGEFIND_VERSION, lang);
  const stored = cache.readText(key);
  if (stored !== null) return restored(stored);
  const page = `<html lang="${lang}"><body><p>Word</p></body></html>`;
  const made = await withPagefind((thread) => thread.files([{ url: "/", content: page }]));
  const entry = entrySchema.parse(
    JSON.parse(Buffer.from(made.get("pagefind-entry.json") ?? "").toString("utf8")),
  );
  const wasm = entry.languages[lang]?.wasm ?? null;
  const names = ["pagefind.js", "pagefind-worker.js", `wasm.${wasm ?? "unknown"}.pagefind`];
  const files = Object.fromEntries(
    names.map((name) => [name, Buffer.from(made.get(name) ?? missing(name)).toString("base64")]),
  );
  const text = JSON.stringify({ wasm, files });
  cache.write(key, text);
  return restored(text);
}

function restored(text: string): PagefindRuntime {
  const { wasm, files } = storedSchema.parse(JSON.parse(text));
  const decoded = Object.entries(files).map(
    ([name, base64]) => [name, Buffer.from(base64, "base64")] as const,
  );
  return { version: PAGEFIND_VERSION, wasm, files: new Map(decoded) };
}

function missing(name: string): never {
  throw new Error(`Pagefind made no ${name}`);
}
