import { contentSignal, refusedCrawlers } from "./ai-policy.ts";
import type { FileSpec } from "./outputs.ts";
import type { Settings } from "./settings.ts";
import { textFile } from "./text-file.ts";
import type { SiteUrls } from "./urls.ts";

/**
 * `/robots.txt` (RFC 9309): allows everything for all crawlers except those that the setting `ai` disallows, and names
 * the sitemap. Pages with `noindex` aren't disallowed, because crawlers must fetch them to see it.
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
