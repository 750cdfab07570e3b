import { toHtml } from "hast-util-to-html";
import { hashOf } from "../cache/file-cache.ts";
import type { FileCache } from "../cache/file-cache.ts";
import type { AuthorIssue } from "../author-error.ts";
import type { BodyLink, Heading } from "../posts/model.ts";
import type { PictureResolver } from "../pictures/picture-resolver.ts";
import { parseBody } from "./parse-body.ts";
import { plainText } from "./feed-html.ts";

/** The text of one post or page and what is needed to render it. */
export interface BodySource {
  /** Path from the project's root, such as `content/posts/hello.mdx`. */
  readonly file: string;
  /** The text after the front matter. */
  readonly source: string;
  /** Lines of the file before `source` begins. */
  readonly lineOffset: number;
  /** BCP 47. */
  readonly lang: string;
  /** Base path of the site, `/` or `/blog/`. */
  readonly base: string;
  /** The project's root folder, absolute. */
  readonly root: string;
}

/** What is known about a rendered body without its HTML. */
export interface StoredBody {
  readonly key: string;
  readonly kind: "plain" | "module";
  readonly headings: readonly Heading[];
  readonly words: number;
  readonly excerpt: string;
  readonly links: readonly BodyLink[];
  readonly pictures: readonly string[];
  readonly hasCode: boolean;
  /** Mistakes to report; the body is fit to be published only when there are none. */
  readonly issues: readonly AuthorIssue[];
}

export interface RenderedBody extends StoredBody {
  /** Null for kind `module`, which Astro renders. */
  readonly html: string | null;
  readonly text: string;
}

/** Renders a body: HTML, plain text, what it links to, and every mistake in it. Never throws over what an author wrote. */
export async function renderBody(source: BodySource, _pictures: PictureResolver): Promise<RenderedBody> {
  const parsed = parseBody(source);
  const html = parsed.root === null ? "" : toHtml(parsed.root);
  const text = plainText(html);
  return {
    key: hashOf(source.source, source.lang, source.base),
    kind: "plain",
    headings: [],
    words: text.split(/\s+/).length,
    excerpt: text.slice(0, 200),
    links: [],
    pictures: [],
    hasCode: false,
    issues: parsed.issues,
    html,
    text,
  };
}

/** The same out of the cache when nothing changed; the HTML is then left where it lies: see {@link readBody}. */
export async function renderBodyCached(
  source: BodySource,
  pictures: PictureResolver,
  cache: FileCache,
): Promise<StoredBody> {
  const { html, text, ...stored } = await renderBody(source, pictures);
  if (html !== null) writeBody(cache, stored.key, { html, text });
  return stored;
}

/** HTML and text stored under a body's key; null when they aren't there. */
export function readBody(cache: FileCache, key: string): { html: string; text: string } | null {
  const stored = cache.readText(key);
  if (stored === null) return null;
  const split = stored.indexOf("\0");
  return { html: stored.slice(0, split), text: stored.slice(split + 1) };
}

/** Stores HTML and text under a body's key; used for bodies of kind `module` after Astro has rendered them. */
export function writeBody(cache: FileCache, key: string, body: { html: string; text: string }): void {
  cache.write(key, `${body.html}\0${body.text}`);
}
