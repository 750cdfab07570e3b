import path from "node:path";
import type { ArchiveBuilder } from "../archive-builder.ts";
import type { SourceFiles } from "../source-files.ts";
import { readSourceText } from "../source-files.ts";
import { parseCsv } from "./csv.ts";
import type { BloggerOptions } from "./blogger.ts";

/** Reads `settings.csv` next to Google Takeout's `feed.atom`: address, name, description, language and time zone. */
export function readBloggerSettings(
  source: SourceFiles,
  feed: string,
  builder: ArchiveBuilder,
): BloggerOptions {
  const file = path.posix.join(path.posix.dirname(feed), "settings.csv");
  if (!source.files.includes(file)) return { siteUrl: null };
  const [names = [], values = []] = parseCsv(readSourceText(source, file)).rows;
  const value = (name: string): string => values[names.indexOf(name)]?.trim() ?? "";
  for (const [email] of values.join(" ").matchAll(/[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/g))
    builder.secrets.addEmail(email);
  const { site } = builder.archive;
  site.title ??= value("blog_name") || null;
  site.description ??= value("blog_description") || null;
  site.timeZone ??= value("blog_time_zone") || null;
  site.lang ??= value("blog_locale").replace("_", "-") || null;
  const domain = value("blog_custom_domain") || value("blog_domain");
  const subdomain = value("blog_subdomain");
  const host = domain || (subdomain === "" ? "" : `${subdomain}.blogspot.com`);
  return { siteUrl: host === "" ? null : `https://${host.replace(/^https?:\/\//, "")}/` };
}
