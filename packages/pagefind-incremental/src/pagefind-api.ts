import { readFileSync } from "node:fs";
import { close, createIndex } from "pagefind";
import * as z from "zod";

/** Files by path, as Pagefind's Node API returns them. */
export type PagefindFiles = ReadonlyMap<string, Uint8Array>;

/** An HTML page for Pagefind. */
export interface PagefindPage {
  readonly url: string;
  readonly content: string;
}

export interface PagefindOptions {
  readonly excludeSelectors?: string[];
  /** Language under which all pages are indexed. */
  readonly forceLanguage?: string;
}

/** Version of the installed Pagefind package. */
export function installedPagefind(): string {
  const manifest = new URL("../package.json", import.meta.resolve("pagefind"));
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, "utf8"))).version;
}

/**
 * Indexes pages with Pagefind's documented Node API and returns the files.
 * @throws Error with Pagefind's own message.
 */
export async function pagefindFiles(
  pages: readonly PagefindPage[],
  options: PagefindOptions = {},
): Promise<PagefindFiles> {
  const { index, errors } = await createIndex(options);
  if (index === undefined) throw new Error(`Pagefind didn't start: ${errors.join("; ")}`);
  try {
    const added = await Promise.all(pages.map((page) => index.addHTMLFile(page)));
    refuse(added.flatMap((answer) => answer.errors));
    const made = await index.getFiles();
    refuse(made.errors);
    return new Map(made.files.map(({ path, content }) => [path.replaceAll("\\", "/"), content]));
  } finally {
    await index.deleteIndex();
  }
}

/** Ends Pagefind's process to free its memory; the next call starts a new process. */
export async function closePagefind(): Promise<void> {
  await close();
}

function refuse(errors: readonly string[]): void {
  if (errors.length > 0) throw new Error(`Pagefind refused a text: ${errors.join("; ")}`);
}
