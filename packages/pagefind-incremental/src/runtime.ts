import * as z from "zod";
import { cacheKey } from "./hash.ts";
import type { WithIndexer } from "./indexer.ts";
import type { IndexCache } from "./types.ts";

/** Pagefind's files for the browser, which don't depend on the documents. */
export interface PagefindRuntime {
  /** Name of the WebAssembly file with the language's stemmer; null if the language has none. */
  readonly wasm: string | null;
  /** Files by name: the API, its worker and the WebAssembly. */
  readonly files: ReadonlyMap<string, Buffer>;
}

const entrySchema = z.object({
  languages: z.record(z.string(), z.object({ wasm: z.string().nullable() })),
});

const storedSchema = z.object({
  wasm: z.string().nullable(),
  files: z.record(z.string(), z.base64()),
});

/**
 * Extracts the runtime from an index of a single page, without Pagefind's UI files (400 KB).
 * @param language primary subtag of the index's language.
 */
export async function pagefindRuntime(
  language: string,
  { version, cache, withIndexer }: { version: string; cache: IndexCache; withIndexer: WithIndexer },
): Promise<PagefindRuntime> {
  const key = cacheKey("runtime", version, language);
  const stored = cache.read(key);
  if (stored !== null) return parse(stored.toString("utf8"));
  const content = `<html lang="${language}"><body><p>Word</p></body></html>`;
  const made = await withIndexer((indexer) => indexer.pagefindFiles([{ url: "/", content }]));
  const entry = Buffer.from(made.get("pagefind-entry.json") ?? []).toString("utf8");
  const wasm = entrySchema.parse(JSON.parse(entry)).languages[language]?.wasm ?? null;
  const names = ["pagefind.js", "pagefind-worker.js", `wasm.${wasm ?? "unknown"}.pagefind`];
  const files = names.map((name) => [name, Buffer.from(made.get(name) ?? missing(name)).toString("base64")]);
  const text = JSON.stringify({ wasm, files: Object.fromEntries(files) });
  cache.write(key, text);
  return parse(text);
}

function parse(text: string): PagefindRuntime {
  const { wasm, files } = storedSchema.parse(JSON.parse(text));
  return {
    wasm,
    files: new Map(Object.entries(files).map(([name, base64]) => [name, Buffer.from(base64, "base64")])),
  };
}

function missing(name: string): never {
  throw new Error(`Pagefind made no ${name}`);
}
