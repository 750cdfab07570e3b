/** Finds the targets of links with fragments on the old blog before any text is written. */
import { markdownToHtml } from "satteri";
import type { ArchiveBuilder } from "../archive-builder.ts";
import type { ArchiveEntry } from "../archive.ts";
import { decodeEntities } from "../html/entities.ts";
import { bodyToMarkdown, parsedBody, UnreadableBodyError } from "../html/to-markdown.ts";
import { isWritten } from "../import-plan.ts";
import type { ImportPlan } from "../import-plan.ts";
import { percentDecoded } from "../../percent-decoded.ts";
import { placeFor, placesIn, placesInHtml } from "../text-places.ts";
import type { TextPlaces } from "../text-places.ts";

export interface LinkPlaces {
  /** The id for a fragment in the text at a site path; null if there is none. */
  find(path: string, fragment: string): string | null;
  /** Names of link targets in the text at a site path that need a mark. */
  marks(path: string): Set<string>;
}

const NO_PLACES: TextPlaces = { ids: new Map(), headings: new Map() };

/** A link with a fragment, in HTML or Markdown. */
const LINK_TO_PLACE = /(?:href=["']?|\]\(<?|\]:\s*<?)\s*([^\s"'<>()]*#[^\s"'<>()]+)/gi;

export function linkPlaces(builder: ArchiveBuilder, plan: ImportPlan): LinkPlaces {
  const texts = new Map(plan.entries.flatMap(({ path, entry }) => (isWritten(entry) ? [[path, entry]] : [])));
  const known = new Map<string, TextPlaces>();
  const placesAt = (path: string): TextPlaces => {
    const entry = texts.get(path);
    const places = known.get(path) ?? (entry === undefined ? NO_PLACES : placesOf(entry, builder));
    known.set(path, places);
    return places;
  };
  let wanted: ReadonlyMap<string, ReadonlySet<string>> | null = null;
  return {
    find: (path, fragment) => placeFor(fragment, placesAt(path)),
    marks: (path) => {
      wanted ??= wantedPlaces(texts, builder, plan);
      const names = [...(wanted.get(path) ?? [])];
      return new Set(names.filter((name) => placesAt(path).ids.get(name) === markName(name)));
    },
  };
}

/** Fragments of the links in all texts, by the site path of the linked text. */
function wantedPlaces(
  texts: ReadonlyMap<string, ArchiveEntry>,
  builder: ArchiveBuilder,
  { addresses }: ImportPlan,
): ReadonlyMap<string, ReadonlySet<string>> {
  const wanted = new Map<string, Set<string>>();
  for (const [path, entry] of texts) {
    const base = baseOf(entry.addresses[0] ?? "", builder.archive.site.url);
    for (const [, written = ""] of builder.load(entry.body).matchAll(LINK_TO_PLACE)) {
      const href = decodeEntities(written);
      const [address = "", fragment = ""] = href.split("#", 2);
      const target = address === "" ? path : addresses.find(absolute(address, base));
      if (target === null) continue;
      const names = wanted.get(target) ?? new Set();
      wanted.set(target, names.add(percentDecoded(fragment)));
    }
  }
  return wanted;
}

function placesOf({ body, format }: ArchiveEntry, builder: ArchiveBuilder): TextPlaces {
  const source = builder.load(body);
  const places = format === "markdown" ? placesIn(source) : null;
  if (places !== null) return places;
  const html =
    format === "markdown" ? markdownToHtml(source, { features: { frontmatter: false } }).html : source;
  try {
    const markdown = bodyToMarkdown(html, format === "text", {
      mask: (text) => builder.secrets.mask(text),
      link: () => "#",
      picture: () => null,
      pictureWords: () => null,
      anchors: new Set(),
      anchorName: markName,
      lose: () => undefined,
      counts: { links: 0, pictures: 0, remotePictures: 0, embeds: 0, undescribed: 0 },
    });
    return placesInHtml(parsedBody(html), markdown, markName);
  } catch (error) {
    if (error instanceof UnreadableBodyError || error instanceof RangeError) return NO_PLACES;
    throw error;
  }
}

/** The absolute old address of a text; that of the blog if it has none. */
export function baseOf(address: string, siteUrl: string | null): string | null {
  return URL.parse(address, siteUrl ?? undefined)?.href ?? siteUrl;
}

function absolute(address: string, base: string | null): string {
  return URL.parse(address, base ?? undefined)?.href ?? address;
}

/** The id of a mark, distinct from all ids of the page layout. */
export function markName(name: string): string {
  return `at-${name.replaceAll(/[^\p{L}\p{N}_.:-]/gu, "-")}`;
}
