import path from "node:path";
import { readFileSync } from "node:fs";
import * as z from "zod";
import type { AuthorIssue } from "../author-error.ts";
import { hashOf } from "../cache/file-cache.ts";
import type { FileCache } from "../cache/file-cache.ts";
import type { PictureResolver } from "../pictures/picture-resolver.ts";
import type { BodyLink, Heading } from "../posts/model.ts";
import type { BodySource } from "./body-context.ts";
import { countWords } from "./count-words.ts";
import { markupVersion } from "./markup-version.ts";
import { excerptOf, textOf } from "./plain-text.ts";
import { htmlOf, renderTree } from "./render-tree.ts";

export type { BodySource } from "./body-context.ts";

/** What is known about a rendered body without its HTML. */
export interface StoredBody {
  /** Names the result: a hash of everything that goes into the HTML. */
  readonly key: string;
  /** `module`: has imports or expressions of its own, and Astro renders it. */
  readonly kind: "plain" | "module";
  readonly headings: readonly Heading[];
  readonly words: number;
  /** First ~200 characters of running text. */
  readonly excerpt: string;
  readonly links: readonly BodyLink[];
  /** Picture and film files used in the body, paths from the project's root. */
  readonly pictures: readonly string[];
  readonly hasCode: boolean;
  /** Mistakes to report; the body is fit to be published only when there are none. */
  readonly issues: readonly AuthorIssue[];
}

/** A rendered body with its HTML and text. */
export interface RenderedBody extends StoredBody {
  /** Null for kind `module`. */
  readonly html: string | null;
  /** What a reader reads, one line for each block. */
  readonly text: string;
}

/**
 * Renders a body: HTML, plain text, what it links to and shows, and every mistake in it. Never throws over what an
 * author wrote.
 */
export async function renderBody(source: BodySource, pictures: PictureResolver): Promise<RenderedBody> {
  const safe = { ...source, lang: knownLang(source.lang) };
  const { root, found } = await renderTree(safe, pictures);
  const text = textOf(root);
  return {
    key: htmlKey(safe, found.esm, hashesOf(found.pictures, pictures)),
    kind: found.isModule ? "module" : "plain",
    headings: found.headings,
    words: countWords(text, safe.lang),
    excerpt: excerptOf(root),
    links: found.links,
    pictures: [...found.pictures],
    hasCode: found.hasCode,
    issues: found.issues,
    html: found.isModule ? null : htmlOf(root),
    text,
  };
}

/**
 * The same out of the cache when neither text nor pictures nor engine changed. The HTML is left where it lies:
 * {@link readBody} fetches it by the key.
 */
export async function renderBodyCached(
  source: BodySource,
  pictures: PictureResolver,
  cache: FileCache,
): Promise<StoredBody> {
  const entry = entryKey(source);
  const stored = readEntry(cache, entry);
  if (stored !== null && (await isCurrent(stored, pictures))) return stored.body;
  const { html, text, ...body } = await renderBody(source, pictures);
  if (html !== null) writeBody(cache, body.key, { html, text });
  const files = Object.fromEntries(hashesOf(body.pictures, pictures));
  cache.write(entry, JSON.stringify({ body, files } satisfies Entry));
  return body;
}

const entrySchema = z.object({
  body: z.custom<StoredBody>(),
  files: z.record(z.string(), z.nullable(z.string())),
});
type Entry = z.infer<typeof entrySchema>;

function readEntry(cache: FileCache, key: string): Entry | null {
  const stored = cache.readText(key);
  return stored === null ? null : entrySchema.parse(JSON.parse(stored));
}

async function isCurrent({ files }: Entry, pictures: PictureResolver): Promise<boolean> {
  const names = Object.keys(files);
  if (names.length > 0) await pictures.load(names);
  return names.every((file) => hashOfFile(file, pictures) === files[file]);
}

function hashesOf(files: Iterable<string>, pictures: PictureResolver): [string, string | null][] {
  return [...files].map((file) => [file, hashOfFile(file, pictures)]);
}

function hashOfFile(file: string, pictures: PictureResolver): string | null {
  return (pictures.get(file) ?? pictures.media(file))?.hash ?? null;
}

function entryKey({ file, source, lineOffset, lang, base }: BodySource): string {
  return hashOf("body", markupVersion(), file, source, String(lineOffset), lang, base);
}

/** Where the post lies doesn't matter to its HTML, so a renamed post keeps its key. */
function htmlKey(
  source: BodySource,
  esm: string,
  files: readonly (readonly [string, string | null])[],
): string {
  const pictures = files.map(([file, hash]) => `${path.posix.basename(file)} ${hash}`).join("\n");
  return hashOf(
    "html",
    markupVersion(),
    source.source,
    source.lang,
    source.base,
    pictures,
    importedBy(esm, source),
  );
}

/** Contents of the files that a body imports from beside it: when they change, its HTML does. */
function importedBy(esm: string, { file, root }: BodySource): string {
  const specifiers = [...esm.matchAll(/["'](\.{1,2}\/[^"']+)["']/g)].map((match) => match[1] ?? "");
  return specifiers
    .map((specifier) => {
      try {
        return hashOf(readFileSync(path.join(root, path.dirname(file), specifier)));
      } catch (error) {
        if (error instanceof Error && "code" in error) return "absent";
        throw error;
      }
    })
    .join("\n");
}

/** Languages that `Intl` refuses are reported elsewhere; until then the text is rendered as English. */
function knownLang(lang: string): string {
  try {
    return Intl.getCanonicalLocales(lang)[0] ?? "en";
  } catch (error) {
    if (error instanceof RangeError) return "en";
    throw error;
  }
}

/** HTML and text stored under a body's key; null when they aren't there. */
export function readBody(cache: FileCache, key: string): { html: string; text: string } | null {
  const stored = cache.readText(key);
  if (stored === null) return null;
  const split = stored.indexOf("\0");
  return { html: stored.slice(0, split), text: stored.slice(split + 1) };
}

/** Stores HTML and text under a body's key: for bodies of kind `module`, after Astro has rendered them. */
export function writeBody(cache: FileCache, key: string, body: { html: string; text: string }): void {
  cache.write(key, `${body.html}\0${body.text}`);
}
