/** Searches an index on disk through Pagefind's own client. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as z from "zod";
import type { IndexCache } from "../src/types.ts";

/** A search result. */
export interface Hit {
  readonly url: string;
  readonly score: number;
  readonly title: string;
  readonly excerpt: string;
  readonly sections: readonly string[];
}

export interface Query {
  readonly filters?: Readonly<Record<string, string>>;
}

const clientSchema = z.object({
  search: z.custom<(term: string | null, query: Query) => Promise<unknown>>(),
  destroy: z.custom<() => Promise<void>>(),
});

const foundSchema = z.object({
  results: z.array(z.object({ score: z.number(), data: z.custom<() => Promise<unknown>>() })),
});

const dataSchema = z.object({
  url: z.string(),
  excerpt: z.string(),
  meta: z.record(z.string(), z.string()),
  sub_results: z.array(z.object({ url: z.string() })),
});

/** An in-memory cache. */
export function memoryCache(): IndexCache & { readonly values: Map<string, Buffer> } {
  const values = new Map<string, Buffer>();
  return {
    values,
    read: (key) => values.get(key) ?? null,
    write: (key, value) => void values.set(key, Buffer.from(value)),
  };
}

interface BundleFile {
  readonly path: string;
  make(): Promise<string | Uint8Array>;
}

/** Generates all files. @returns their contents by path. */
export async function contentsOf(files: readonly BundleFile[]): Promise<Map<string, Buffer>> {
  const entries = files.map(async ({ path: name, make }) => [name, Buffer.from(await make())] as const);
  return new Map(await Promise.all(entries));
}

/** Searches an index whose paths begin with `/pagefind/`. */
export async function search(
  bundle: ReadonlyMap<string, Uint8Array>,
  term: string | null,
  query: Query = {},
): Promise<Hit[]> {
  const [hits = []] = await searchAll(bundle, [[term, query]]);
  return hits;
}

/** The results of several searches, in order. */
export async function searchAll(
  bundle: ReadonlyMap<string, Uint8Array>,
  searches: readonly (readonly [term: string | null, query: Query])[],
): Promise<Hit[][]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "bundle-"));
  for (const [name, bytes] of bundle) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  const realFetch = globalThis.fetch;
  globalThis.fetch = (input) => {
    const file = new URL(String(input)).pathname;
    const bytes = readFileSync(decodeURI(file));
    return Promise.resolve(new Response(bytes));
  };
  try {
    const address = pathToFileURL(path.join(folder, "pagefind/pagefind.js")).href;
    const client = clientSchema.parse({ ...(await import(address)) });
    const found: Hit[][] = [];
    for (const [term, query] of searches) {
      const { results } = foundSchema.parse(await client.search(term, query));
      found.push(await Promise.all(results.map(hitOf)));
    }
    await client.destroy();
    return found;
  } finally {
    globalThis.fetch = realFetch;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function hitOf({ score, data }: z.infer<typeof foundSchema>["results"][number]): Promise<Hit> {
  const { url, excerpt, meta, sub_results } = dataSchema.parse(await data());
  const sections = sub_results.map((section) => section.url.replace(/^[^#]*/, ""));
  return {
    url: url.replace(/^\/file:.*?\/bundle-\w+/, ""),
    score,
    title: meta["title"] ?? "",
    excerpt,
    sections,
  };
}
