import path from "node:path";
import type { Root } from "hast";
import { htmlToHast } from "satteri";
import type { AuthorIssue } from "../author-error.ts";
import { hashOf } from "../cache/file-cache.ts";
import type { PictureResolver } from "../images/image-resolver.ts";
import type { BodyImport, BodyLink, Heading } from "../content/model.ts";
import { formatOf } from "./body-context.ts";
import type { BodySource } from "./body-context.ts";
import type { StoredBody } from "./body-file.ts";
import { feedHtmlWithMarkedUrls } from "./feed-html.ts";
import type { MarkdownOptions } from "./markdown-options.ts";
import { markupVersion } from "./markdown-version.ts";
import { excerptOf, textOf } from "./plain-text.ts";
import { embedsIn } from "./embed.ts";
import { htmlOf, renderTree } from "./render-tree.ts";

export type { BodySource } from "./body-context.ts";

/** A rendered body and its metadata. */
export interface RenderedBody {
  /** Cache key: a hash of everything that affects the HTML. */
  readonly key: string;
  /** Hash of the source text. */
  readonly sourceHash: string;
  /** `module`: has its own imports or expressions and is rendered by Astro. */
  readonly kind: "plain" | "module";
  readonly headings: readonly Heading[];
  /** First ~200 characters of running text. */
  readonly excerpt: string;
  readonly links: readonly BodyLink[];
  /** Picture and video files used in the body, as paths from the project's root. */
  readonly pictures: readonly string[];
  /** Files of other texts that links refer to, as paths from the project's root; the HTML contains their addresses. */
  readonly texts: readonly string[];
  /** Names in wikilinks, each with all text files that it may refer to. */
  readonly names: readonly (readonly [string, readonly string[]])[];
  readonly hasCode: boolean;
  /** Modules that its `import` and `export` lines refer to. */
  readonly imports: readonly BodyImport[];
  /** Errors to report; the body can be published only when there are none. */
  readonly issues: readonly AuthorIssue[];
  /** Notes for the author. */
  readonly notes: readonly AuthorIssue[];
  /** HTML for pages; null for kind `module`. */
  readonly html: string | null;
  /** HTML for feeds; empty for kind `module`. See `StoredBody`. */
  readonly feed: string;
  /** The visible text, one line for each block. */
  readonly text: string;
}

/**
 * Renders a body: HTML, plain text, its links and pictures, and all errors in it. Never throws because of the author's
 * text.
 */
export async function renderBody(
  source: BodySource,
  pictures: PictureResolver,
  options: MarkdownOptions = {},
): Promise<RenderedBody> {
  const safe = { ...source, lang: knownLang(source.lang) };
  const { root, found } = await renderTree(safe, pictures, options);
  const text = textOf(root);
  const { html, feed } = found.isModule ? { html: null, feed: "" } : bothOf(root, found.hasTags);
  const sourceHash = hashOf(source.source);
  return {
    key: htmlKey(safe, sourceHash, [...hashesOf(found.pictures, pictures), ...found.texts], options),
    sourceHash,
    kind: found.isModule ? "module" : "plain",
    headings: found.headings,
    excerpt: excerptOf(root),
    links: found.links,
    pictures: [...found.pictures],
    texts: [...found.texts.keys()],
    names: [...found.names],
    hasCode: found.hasCode,
    imports: found.imports,
    issues: found.issues,
    notes: found.notes,
    html,
    feed,
    text,
  };
}

function hashesOf(files: Iterable<string>, pictures: PictureResolver): [string, string | null][] {
  return [...files].map((file) => [file, hashOfFile(file, pictures)]);
}

function hashOfFile(file: string, pictures: PictureResolver): string | null {
  return (pictures.get(file) ?? pictures.media(file))?.hash ?? null;
}

/** Excludes the post's location, so that a renamed post keeps its key. `isNote` counts only if there are pictures. */
function htmlKey(
  source: BodySource,
  sourceHash: string,
  files: readonly (readonly [string, string | null])[],
  { version = "", remoteImages = "error", embeds }: MarkdownOptions,
): string {
  const { lang, base } = source;
  const pictures = files.map(([file, hash]) => `${path.posix.basename(file)} ${hash}`).join("\n");
  return hashOf(
    "html",
    markupVersion(),
    formatOf(source),
    ...[sourceHash, lang, base, ownWordsKey(source), pictures, version, remoteImages],
    source.isNote === true && files.length > 0 ? "note" : "",
    JSON.stringify(embedsIn(source.source, embeds)),
  );
}

/** Key part for the author's own interface texts that a body may contain. */
function ownWordsKey({ words = {} }: BodySource): string {
  const inBodies = Object.entries(words).flatMap(([lang, { body }]) =>
    body === undefined ? [] : [[lang, body]],
  );
  return inBodies.length === 0 ? "" : JSON.stringify(inBodies);
}

const knownLangs = new Map<string, string>();

/** Languages that `Intl` rejects are reported elsewhere; the text is rendered as English until they are fixed. */
function knownLang(lang: string): string {
  let known = knownLangs.get(lang);
  if (known === undefined) {
    known = canonicalLang(lang) ?? "en";
    knownLangs.set(lang, known);
  }
  return known;
}

function canonicalLang(lang: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(lang)[0];
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * HTML for the page and the feed. The feed's is rendered from the same tree, unless there are hand-written tags or
 * replaced characters (U+FFFD): then the page's HTML is parsed again, which normalizes tag names and text.
 */
function bothOf(root: Root, hasTags: boolean): StoredBody {
  const html = htmlOf(root);
  return hasTags || html.includes("\uFFFD")
    ? bodyToStore(html)
    : { html, feed: feedHtmlWithMarkedUrls(root) };
}

/** Stored form of a body given as HTML. */
export function bodyToStore(html: string): StoredBody {
  return { html, feed: feedHtmlWithMarkedUrls(htmlToHast(html, { fragment: true })) };
}
