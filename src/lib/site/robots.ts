import type { FileSpec } from "./outputs.ts";
import { textFile } from "./text-file.ts";
import type { SiteUrls } from "./urls.ts";

/**
 * `/robots.txt` (RFC 9309): everybody may read everything, and where the sitemap is. Pages that shouldn't be listed say
 * so themselves, which a crawler only sees when it may fetch them.
 */
export function robotsFile(urls: SiteUrls): FileSpec {
  return textFile("/robots.txt", `User-agent: *\nAllow: /\n\nSitemap: ${urls.absolute("/sitemap.xml")}\n`);
}
