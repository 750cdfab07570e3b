import { readFileSync } from "node:fs";
import { safeUrl } from "../../responses/clean-text.ts";
import { isLanguage } from "../../site/values.ts";
import { decodeEntities } from "../html/entities.ts";
import type { ArchiveEntry, ArchiveRelations } from "../archive.ts";
import { isPublished, writtenTags } from "../import-plan.ts";
import type { PlannedEntry } from "../import-plan.ts";
import { writeBody, withoutSize } from "./body.ts";
import type { BodyCounts } from "../html/body-context.ts";
import type { BodyTools } from "./body.ts";
import type { FrontMatter } from "./front-matter.ts";
import { withFrontMatter } from "./front-matter.ts";
import type { OutputFolder } from "./output-folder.ts";

/** Result for one entry, for the report. */
export interface EntryOutcome {
  readonly title: string;
  /** Its file, relative to `content/`. */
  readonly file: string;
  readonly year: number | null;
  readonly isPublished: boolean;
  readonly losses: readonly string[];
  /** Notes on the conversion that the author should check. */
  readonly remarks: readonly string[];
  /** Only counts, not the text: the texts of a large blog don't fit into memory. */
  readonly counts: BodyCounts;
  /** Names of the files next to it. */
  readonly pictures: readonly string[];
}

/** Writes the file of an entry and its pictures. */
export function writeEntry(planned: PlannedEntry, tools: BodyTools, output: OutputFolder): EntryOutcome {
  const { entry, slug } = planned;
  const { builder } = tools;
  const body = writeBody(planned, tools);
  const cover = coverOf(planned, tools);
  const pictures = new Map(body.pictures);
  if (cover !== null) pictures.set(cover.found.name, cover.found);
  const folder = `${entry.kind}s/${slug ?? ""}`;
  const file = pictures.size === 0 ? `${folder}.md` : `${folder}/index.md`;
  const mask = (text: string): string => builder.secrets.mask(text);
  const isShown = isPublished(entry, planned.date);
  const head: FrontMatter =
    entry.kind === "page"
      ? { ...sharedHead(planned, isShown, body.markdown), lang: languageOf(entry) }
      : {
          ...sharedHead(planned, isShown, body.markdown),
          date: planned.date ?? UNKNOWN_DATE,
          updated: isLater(planned.updated, planned.date) ? planned.updated : undefined,
          authors: authorsOf(planned, tools),
          tags: writtenTags(entry.tags, tools.plan),
          series: entry.series === null ? null : (tools.plan.series.get(entry.series) ?? null),
          cover: cover === null ? undefined : { src: `./${cover.found.name}`, alt: cover.alt },
          pinned: entry.isPinned,
          comments: entry.comments === "open" ? undefined : entry.comments,
          lang: languageOf(entry),
          ...relationsOf(entry.relations ?? {}),
        };
  output.write(file, mask(withFrontMatter(head, body.markdown)));
  for (const [name, found] of pictures) output.write(`${folder}/${name}`, readFileSync(found.file));
  const raw = Object.entries(entry.raw);
  if (raw.length > 0) {
    const masked = raw.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [mask(key), mask(value)]);
    const text = `${JSON.stringify(Object.fromEntries(masked), null, 2)}\n`;
    output.write(`_import/raw/${entry.kind}-${slug ?? ""}.json`, text);
  }
  const year = planned.date === null ? null : Number(planned.date.slice(0, 4));
  return {
    title: mask(entry.title || (slug ?? "")),
    file,
    year,
    isPublished: isShown,
    losses: [...body.losses, ...lostCover(planned, cover !== null)].map(mask),
    remarks: body.remarks.map(mask),
    counts: body.counts,
    pictures: [...pictures.keys()],
  };
}

/** Placeholder, since posts must have a date; a post without one becomes a draft. */
const UNKNOWN_DATE = "1970-01-01";

function sharedHead({ entry, aliases, slug }: PlannedEntry, isShown: boolean, markdown: string): FrontMatter {
  const title = entry.title.replaceAll(/\s+/g, " ").trim() || titleFrom(markdown) || (slug ?? "Untitled");
  return {
    title: entry.kind === "note" ? undefined : title,
    description: descriptionOf(entry.description),
    draft: !isShown,
    aliases,
  };
}

/** A title for a post without one: its first words. */
function titleFrom(markdown: string): string {
  const words = markdown
    .replaceAll(/<[^<>]*>|!?\[|\]\([^)]*\)|[\\*_#>`|~-]+/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim()
    .split(" ")
    .slice(0, 8)
    .join(" ");
  return words.length > 70 ? `${words.slice(0, 69)}…` : words;
}

/** Front matter for related addresses; those that aren't web addresses are left out. */
function relationsOf(relations: ArchiveRelations): FrontMatter {
  const { link, canonical, syndication = [], inReplyTo, repostOf } = relations;
  return {
    link: webAddress(link),
    canonical: webAddress(canonical),
    syndication: syndication.flatMap((address) => webAddress(address) ?? []),
    inReplyTo: webAddress(inReplyTo),
    repostOf: webAddress(repostOf),
  };
}

function webAddress(address: string | null | undefined): string | undefined {
  return address == null ? undefined : (safeUrl(address) ?? undefined);
}

function descriptionOf(raw: string | null): string | null {
  if (raw === null) return null;
  const text = decodeEntities(raw).replaceAll(/\s+/g, " ").trim();
  return text === "" ? null : text;
}

function authorsOf({ entry }: PlannedEntry, { plan }: BodyTools): string[] {
  const authors = entry.authors.flatMap((key) => {
    const author = plan.authors.byKey(key);
    if (author !== null) author.isUsed = true;
    return author === null ? [] : [author.id];
  });
  if (authors.length > 0) return [...new Set(authors)];
  const { main } = plan.authors;
  if (main !== null) main.isUsed = true;
  return main === null ? [] : [main.id];
}

/** The cover picture of an entry; null if it has none or the file isn't available. */
export function coverOf({ entry }: PlannedEntry, tools: BodyTools) {
  if (entry.cover === null || entry.kind === "page") return null;
  const { src, alt } = entry.cover;
  const attachment = src.startsWith("attachment:")
    ? tools.attachments.get(src.slice("attachment:".length))
    : undefined;
  const address = attachment?.url ?? src;
  const found = tools.pictures.find(address, tools.builder.archive.site.url);
  if (found === null) return null;
  const words =
    alt || attachment?.alt || attachment?.caption || tools.attachmentsByUrl.get(withoutSize(address))?.alt;
  return { found, alt: words ?? (entry.title || "Picture") };
}

/** Describes a missing cover for the report. */
function lostCover({ entry }: PlannedEntry, isFound: boolean): string[] {
  if (entry.cover === null || isFound) return [];
  const { src } = entry.cover;
  return src.startsWith("attachment:") ? [] : [`the cover ${src} (the file is missing)`];
}

function languageOf({ lang }: ArchiveEntry): string | null {
  return lang !== null && isLanguage(lang) ? lang : null;
}

function isLater(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a > b && a.slice(0, 10) !== b.slice(0, 10);
}
