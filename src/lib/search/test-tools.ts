/** What the tests of this room share: a bundle on disk, asked through Pagefind's own client. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import * as z from "zod";
import { fragmentPlaces } from "../../components/search/page-order.ts";
import type { FileSpec } from "../site/outputs.ts";
import { SIGNATURE } from "./read-pagefind.ts";

/** A result as a reader sees it. */
export interface Answer {
  readonly url: string;
  readonly score: number;
  readonly title: string;
  readonly excerpt: string;
  readonly sections: readonly string[];
}

export interface Question {
  readonly filters?: Readonly<Record<string, string>>;
}

const clientSchema = z.object({
  search: z.custom<(term: string | null, question: Question) => Promise<unknown>>(),
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

/** Makes all files. */
export async function contentsOf(files: readonly FileSpec[]): Promise<Map<string, Buffer>> {
  const entries = files.map(async ({ path: name, make }) => [name, Buffer.from(await make())] as const);
  return new Map(await Promise.all(entries));
}

/** Asks a bundle whose paths begin with `/pagefind/`. Bytes fetched are added to `fetched` when it's given. */
export async function ask(
  bundle: ReadonlyMap<string, Uint8Array>,
  term: string | null,
  question: Question = {},
  fetched: Map<string, number> = new Map(),
): Promise<Answer[]> {
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
    fetched.set(path.relative(folder, file), bytes.length);
    return Promise.resolve(new Response(bytes));
  };
  try {
    const address = pathToFileURL(path.join(folder, "pagefind/pagefind.js")).href;
    const client = clientSchema.parse({ ...(await import(address)) });
    const { results } = foundSchema.parse(await client.search(term, question));
    const answers = await Promise.all(
      results.map(async ({ score, data }) => {
        const { url, excerpt, meta, sub_results } = dataSchema.parse(await data());
        const sections = sub_results.map((section) => section.url.replace(/^[^#]*/, ""));
        return {
          url: url.replace(/^\/file:.*?\/bundle-\w+/, ""),
          score,
          title: meta["title"] ?? "",
          excerpt,
          sections,
        };
      }),
    );
    await client.destroy();
    return answers;
  } finally {
    globalThis.fetch = realFetch;
    rmSync(folder, { recursive: true, force: true });
  }
}

const fragmentSchema = z.object({ meta: z.object({ title: z.string() }) });

/** Titles of all posts, in the order in which the client puts the oldest first. */
export function titlesByDate(bundle: ReadonlyMap<string, Uint8Array>): string[] {
  const [, list = new Uint8Array()] = [...bundle].find(([name]) => name.endsWith(".pf_meta")) ?? [];
  const places = [...fragmentPlaces(gunzipSync(list))].sort(([, a], [, b]) => a - b);
  return places.map(([name]) => {
    const fragment = bundle.get(`/pagefind/fragment/${name}.pf_fragment`) ?? new Uint8Array();
    const text = gunzipSync(fragment).toString("utf8").slice(SIGNATURE.length);
    return fragmentSchema.parse(JSON.parse(text)).meta.title;
  });
}
