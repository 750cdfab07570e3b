/** A whole blog of another platform → `content/`, with an account of every record. */
import path from "node:path";
import { ArchiveBuilder } from "./archive-builder.ts";
import { isCommentSystem } from "./detect-comments.ts";
import { importComments } from "./import-comments.ts";
import { detectSource } from "./detect.ts";
import type { ImportOptions, ImportResult } from "./import-options.ts";
import { planImport } from "./import-plan.ts";
import { readArchive } from "./read-archive.ts";
import { resultOf } from "./import-result.ts";
import { openSource } from "./source-files.ts";
import { TextSpool } from "./text-spool.ts";
import { existingSlugs, existingSettings } from "./existing-content.ts";
import { checkSource, sourceFile } from "./write/import-source.ts";
import { OutputFolder } from "./write/output-folder.ts";
import { writeArchive } from "./write/write-archive.ts";

/**
 * Imports an export.
 * @throws AuthorError when it can't be read at all; everything else is in the result.
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
    const plan = planImport(builder.archive, {
      siteUrl: siteUrlOf(options.baseUrl ?? settings?.url ?? builder.archive.site.url),
      timeZone: settings?.timeZone ?? zoneOf(builder.archive.site.timeZone),
      authorMap: options.authorMap ?? new Map<string, string>(),
      taken: existingSlugs(contentDir),
    });
    const output = new OutputFolder(contentDir, options.isDryRun, builder.secrets);
    const written = writeArchive({
      builder,
      plan,
      output,
      format: detected.format,
      pictureFolders: [
        ...(options.images === null ? [] : [path.resolve(options.images)]),
        ...(source.files.length > 1 ? [source.root] : []),
      ],
      hasSettings: settings !== null,
      onProgress: options.onProgress,
    });
    output.write(...sourceFile(detected.format, site.url));
    return resultOf(detected.format, builder, plan, written, output.close());
  } finally {
    spool.close();
    source.close();
  }
}

function siteUrlOf(address: string | null): string {
  const url = URL.parse(address ?? "");
  if (url === null || !/^https?:$/.test(url.protocol)) return "http://localhost:4321/";
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
