import { contentSignal, refusedCrawlers } from "./ai-policy.ts";
import type { FileSpec } from "./outputs.ts";
import type { Settings } from "./settings.ts";
import { textFile } from "./text-file.ts";
import type { SiteUrls } from "./urls.ts";

/**
 * `/robots.txt` (RFC 9309): every crawler may read everything, except for those that the `ai` setting refuses, and where
 * the sitemap is. Pages that shouldn't be listed state so themselves, which a crawler sees only when it may fetch them.
 */
export function robotsFile(urls: SiteUrls, ai: Settings["ai"] = null): FileSpec {
  const signal = contentSignal(ai);
  const refused = refusedCrawlers(ai).map((name) => `User-agent: ${name}\n`);
  const groups = [
    `User-agent: *\n${signal === null ? "" : `Content-Signal: ${signal}\n`}Allow: /\n`,
    ...(refused.length === 0 ? [] : [`${refused.join("")}Disallow: /\n`]),
    `Sitemap: ${urls.absolute("/sitemap.xml")}\n`,
  ];
  return textFile("/robots.txt", groups.join("\n"));
}
