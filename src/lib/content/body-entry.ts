import type { AuthorIssue } from "../author-error.ts";
import type { FileCache } from "../cache/file-cache.ts";
import { writeBody } from "../markdown/body-file.ts";
import type { MarkdownOptions, StoredEmbed, TextIndex } from "../markdown/markdown-options.ts";
import type { BodySource, RenderedBody } from "../markdown/render-body.ts";
import type { PictureResolver } from "../images/image-resolver.ts";
import type { Settings } from "../site/settings.ts";
import type { BodyFacts } from "./model.ts";
import { readingTime } from "./reading-time.ts";

/** Renders a text; see `renderBody` in `../markdown/render-body.ts`. */
export type RenderBody = (
  source: BodySource,
  pictures: PictureResolver,
  options?: Pick<MarkdownOptions, "remoteImages" | "embeds" | "texts">,
) => Promise<RenderedBody> | RenderedBody;

/** Inputs for reading a file of the author's folder. */
export interface ReadContext {
  /** The project's root, absolute. */
  readonly root: string;
  readonly settings: Settings;
  /** Base path of the site. */
  readonly base: string;
  readonly render: RenderBody;
  /** Stored data of external pages, by address. */
  readonly embeds: ReadonlyMap<string, StoredEmbed>;
  /** All texts of the blog, to resolve links to them. */
  readonly texts: TextIndex;
  readonly pictures: PictureResolver;
  /** Where rendered bodies are stored. */
  readonly bodies: FileCache;
  /** See `LoadOptions`. */
  readonly onChangedPost?: (() => void) | undefined;
}

/** A body that was rendered and stored. */
export interface StoredText {
  readonly facts: BodyFacts;
  /** Plain text. */
  readonly text: string;
  readonly issues: readonly AuthorIssue[];
  /** Notes for the author, with their location. */
  readonly notes: readonly AuthorIssue[];
  /** Files of other texts that it links to by file name. Their addresses are in the HTML. */
  readonly texts: readonly string[];
  /** Names in wikilinks, each with all files that it can refer to. */
  readonly names: NamedTexts;
}

export type NamedTexts = RenderedBody["names"];

/** `md`: CommonMark and GFM. `mdx`: with components, imports and expressions. */
export type BodyFormat = "md" | "mdx";

/** The format of a file's text, by its name. */
export function formatOf(file: string): BodyFormat {
  return /\.mdx$/i.test(file) ? "mdx" : "md";
}

/** Renders a body, stores its HTML under its cache key and returns its metadata. */
export async function storeBody(
  place: Pick<BodySource, "file" | "source" | "lineOffset" | "lang" | "isNote"> & {
    readonly format: BodyFormat;
  },
  context: ReadContext,
): Promise<StoredText> {
  const { root, base, settings, pictures, bodies } = context;
  const rendered = await context.render({ ...place, root, base, words: settings.words }, pictures, {
    remoteImages: settings.remoteImages,
    embeds: context.embeds,
    texts: context.texts,
  });
  if (rendered.html !== null && rendered.issues.length === 0) {
    writeBody(bodies, rendered.key, { html: rendered.html, feed: rendered.feed });
  }
  const facts: BodyFacts = {
    key: rendered.key,
    sourceHash: rendered.sourceHash,
    kind: rendered.kind,
    headings: rendered.headings,
    ...readingTime(rendered.text, place.lang),
    links: rendered.links,
    excerpt: rendered.excerpt,
    pictures: rendered.pictures,
    hasCode: rendered.hasCode,
    ...(rendered.imports.length > 0 ? { imports: rendered.imports } : {}),
  };
  const { text, issues, notes, texts, names } = rendered;
  return { facts, text, issues, notes, texts, names };
}

/** Whether the names in a text's wikilinks still refer to the same files as when it was rendered. */
export function meanTheSame(names: NamedTexts, texts: TextIndex): boolean {
  return names.every(([name, files]) => texts.filesNamed(name).join("\n") === files.join("\n"));
}

/** Whether a body's HTML is in the cache, or not needed there: bodies with their own imports are rendered by Astro. */
export function isStored(facts: BodyFacts | null, bodies: FileCache): boolean {
  return facts === null || facts.kind === "module" || bodies.has(facts.key);
}
