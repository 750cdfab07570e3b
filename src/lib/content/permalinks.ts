/** Addresses from the patterns of `permalinks:` in site.yaml. */
import { slugOf } from "../site/slug.ts";
import { encodePath } from "../site/urls.ts";
import { partsInZone } from "./dates.ts";

/** Values for the tokens of permalink patterns. */
export interface PermalinkParts {
  readonly slug: string;
  readonly id: string;
  /** Instant; null for texts without a date. */
  readonly date: string | null;
  readonly tags: readonly string[];
  readonly lang: string;
}

/** Site path of a text from a pattern such as `/:year/:month/:slug/`, percent-encoded. */
export function permalinkOf(pattern: string, parts: PermalinkParts, timeZone: string | null): string {
  const { year, month, day, hour, minute, second } = partsInZone(parts.date ?? "1970-01-01T00:00:00Z", timeZone);
  const values: Readonly<Record<string, string>> = {
    year,
    month,
    day,
    hour,
    minute,
    second,
    slug: parts.slug,
    id: slugOf(parts.id),
    tag: parts.tags[0] === undefined ? "" : slugOf(parts.tags[0]),
    lang: parts.lang.toLowerCase(),
  };
  const path = pattern.replaceAll(/:([a-z]+)/g, (_, token: string) =>
    (values[token] ?? "").split("/").map(encodeURIComponent).join("/"),
  );
  return encodePath(path.replaceAll(/\/{2,}/g, "/"));
}
