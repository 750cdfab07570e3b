/** Imports a whole blog of another platform into `content/`, with every record accounted for. */
import path from "node:path";
import { aliasFor, foldedPath, isShared, withinBase } from "./addresses.ts";
import { ArchiveBuilder } from "./archive-builder.ts";
import { isCommentSystem } from "./detect-comments.ts";
import { importComments } from "./import-comments.ts";
import { detectSource } from "./detect.ts";
import type { ImportOptions, ImportResult } from "./import-options.ts";
import { damagedPictures } from "./check-pictures.ts";
import { fetchPictures, missingPictures } from "./fetch-pictures.ts";
import { FetchedPictures } from "./fetched-pictures.ts";
import { instantOf, planImport } from "./import-plan.ts";
import type { ImportPlan } from "./import-plan.ts";
import { PictureLibrary } from "./picture-library.ts";
import type { FoundPicture } from "./picture-library.ts";
import { counted } from "./report/counted.ts";
import { readArchive } from "./read-archive.ts";
import { resultOf } from "./import-result.ts";
import { lackingEntries } from "./earlier-import.ts";
import { earlierPictures, picturesOf } from "./shown-pictures.ts";
import { openSource } from "./source-files.ts";
import { UNSET_URL } from "../site/settings-fields/identity.ts";
import { TextSpool } from "../text-spool.ts";
import { existingTexts, existingSettings, importedAuthors } from "./existing-content.ts";
import { readEntryPlaces } from "./write/import-state.ts";
import { checkSource, sourceFile } from "./write/import-source.ts";
import { OutputFolder } from "./write/output-folder.ts";
import { writeArchive } from "./write/write-archive.ts";

/**
 * Imports an export.
 * @throws AuthorError if it can't be read at all; all other problems are in the result.
 */
export async function importBlog(options: ImportOptions): Promise<ImportResult> {
  const source = await openSource(options.source);
  const spool = new TextSpool();
  try {
    const detected = detectSource(source, options.source);
    const builder = new ArchiveBuilder(spool);
    options.onProgress?.({ step: "reading", done: 0, of: detected.files.length });
    readArchive(source, detected, builder);
    if (isCommentSystem(detected.format)) return await importComments(detected.format, builder, options);
    const contentDir = path.resolve(options.contentDir);
    const { site } = builder.archive;
    checkSource(contentDir, detected.format, site.url);
    const settings = existingSettings(contentDir);
    const places = readEntryPlaces(contentDir);
    const earlier = lackingEntries(contentDir, places, builder.archive.entries);
    const ownZone = settings?.isOwn === true ? settings.timeZone : null;
    const plan = planImport(builder.archive, {
      siteUrl: siteUrlOf(options.baseUrl ?? settings?.url ?? (isShared(site.url) ? null : site.url)),
      timeZone: ownZone ?? zoneOf(site.timeZone),
      authorMap: options.authorMap ?? new Map<string, string>(),
      taken: existingTexts(contentDir),
      permalinks: settings?.permalinks,
      authors: importedAuthors(contentDir),
      places,
      earlier,
      mask: (text) => builder.secrets.mask(text),
    });
    reportOutside(plan, builder);
    reportTaken(plan, builder);
    reportUndated(plan, builder);
    const output = new OutputFolder(contentDir, options.isDryRun, builder.secrets);
    const folders = [
      ...(options.images === null ? [] : [path.resolve(options.images)]),
      ...(source.files.length > 1 ? [source.root] : []),
    ];
    const written = writeArchive({
      builder,
      plan,
      output,
      format: detected.format,
      pictures: await picturesFor(folders, contentDir, plan, builder, options),
      settings,
      earlierPictures: picturesOf(contentDir, earlier),
      onProgress: options.onProgress,
    });
    output.write(...sourceFile(detected.format, site.url));
    return resultOf(detected.format, builder, plan, written, output.close(staysFor(plan)));
  } finally {
    spool.close();
    source.close();
  }
}

/** Reports old addresses outside the base path of the new blog. */
function reportOutside({ entries, siteUrl }: ImportPlan, builder: ArchiveBuilder): void {
  const base = new URL(siteUrl).pathname;
  const outside = entries.filter(({ entry, slug }) => {
    const path = URL.parse(entry.addresses[0] ?? "", "http://path.invalid/")?.pathname ?? "/";
    return slug !== null && path !== "/" && withinBase(path, base) === null;
  });
  if (outside.length > 0)
    builder.doubt(
      base,
      `the new blog is in this folder of its host, and the old addresses of ${counted(outside.length, "text")} are outside of it: redirect them on the host`,
    );
}

/** Reports old addresses taken by an existing text, such as the example page of a new blog. */
function reportTaken({ entries, takenPaths, siteUrl }: ImportPlan, builder: ArchiveBuilder): void {
  const base = new URL(siteUrl).pathname;
  for (const { entry, slug } of entries) {
    for (const address of slug === null ? [] : entry.addresses) {
      const alias = aliasFor(address, base);
      if (alias !== null && takenPaths.has(foldedPath(alias)))
        builder.doubt(
          entry.title || alias,
          `its old address ${alias} is that of a text that was in content/ before: delete one of them and run the import again`,
        );
    }
  }
}

/** Reports texts and responses whose date is missing or invalid, such as 0000-00-00. */
function reportUndated({ entries, byId, timeZone }: ImportPlan, builder: ArchiveBuilder): void {
  for (const { entry, slug, date } of entries)
    if (slug !== null && date === null && entry.kind !== "page" && entry.state === "public")
      builder.doubt(entry.title || slug, "it has no date that can be read, so it's a draft");
  const undated = builder.archive.responses.filter(({ date }) => instantOf(date, timeZone) === null);
  for (const [id, responses] of Map.groupBy(undated, ({ entry }) => entry)) {
    const planned = byId.get(id);
    if (planned !== undefined && planned.slug !== null)
      builder.doubt(
        planned.entry.title || planned.slug,
        `${counted(responses.length, "response has", "responses have")} no date that can be read`,
      );
  }
}

/** Selects the files of earlier imports that stay although this one doesn't write them: those of entries it lacks. */
function staysFor(plan: ImportPlan): (name: string) => boolean {
  const present = new Set(
    plan.entries.flatMap(({ entry, slug, earlierPlace }) => [
      ...(earlierPlace === null ? [] : [earlierPlace]),
      ...(slug === null ? [] : [`${entry.kind}s/${slug}`]),
    ]),
  );
  return (name) => {
    const places = placesOf(name);
    if (places.length === 0) return /^(?:authors|series)\//.test(name) && plan.earlier.length > 0;
    return !places.some((place) => present.has(place));
  };
}

/** The places of entries that a file may belong to; empty for files of the whole blog. */
function placesOf(name: string): string[] {
  const [, folder = "", rest = ""] =
    /^(posts|notes|pages|responses|_import\/raw|_import\/page-responses)\/(.+)$/.exec(name) ?? [];
  const slug = rest.replace(/\/.*$|\.\w+$/, "");
  switch (folder) {
    case "":
      return [];
    case "responses":
      return [`posts/${slug}`, `notes/${slug}`];
    case "_import/page-responses":
      return [`pages/${slug}`];
    case "_import/raw":
      return [slug.replace(/^(post|note|page)-/, "$1s/")];
    default:
      return [`${folder}/${slug}`];
  }
}

/** Pictures from folders, from earlier imports and, with `fetch`, from the web. */
async function picturesFor(
  folders: readonly string[],
  contentDir: string,
  plan: ImportPlan,
  builder: ArchiveBuilder,
  { fetch, isDryRun, onProgress }: ImportOptions,
): Promise<PictureLibrary> {
  const work = path.join(path.dirname(contentDir), ".cache", "import");
  const earlier = earlierPictures(contentDir);
  const cache = new FetchedPictures(path.join(work, "pictures"));
  const byAddress = fetch === undefined ? [earlier] : [earlier, cache];
  const open = (onMissing?: (address: string) => FoundPicture | null): PictureLibrary =>
    new PictureLibrary(folders, { byAddress, ...(onMissing !== undefined && { onMissing }) });
  if (fetch !== undefined && isDryRun) {
    const { wanted } = missingPictures(plan, builder, open, cache);
    if (wanted.length > 0) builder.doubt("--images fetch", `${wanted.length} pictures would be fetched`);
  } else if (fetch !== undefined) await fetchPictures({ plan, builder, open, cache, onProgress, ...fetch });
  const library = open();
  if (library.isEmpty) return library;
  const memory = isDryRun ? null : path.join(work, "decoded.json");
  const damaged = await damagedPictures(plan, builder, open(), memory);
  for (const [file, damage] of damaged) builder.doubt(path.basename(file), `the picture ${damage}`);
  return damaged.size === 0
    ? library
    : new PictureLibrary(folders, { byAddress, damaged: new Set(damaged.keys()) });
}

function siteUrlOf(address: string | null): string {
  const url = URL.parse(address ?? "");
  if (url === null || !/^https?:$/.test(url.protocol)) return UNSET_URL;
  return url.origin + (url.pathname.endsWith("/") ? url.pathname : `${url.pathname}/`);
}

function zoneOf(zone: string | null): string {
  if (zone === null) return "UTC";
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return "UTC";
    throw error;
  }
}
