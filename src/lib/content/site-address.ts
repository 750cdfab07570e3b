/** Checks for a missing or unreachable blog address: ignored in dev, a note in a build, an error in a CI build. */
import type { AuthorIssue } from "../author-error.ts";
import type { Settings } from "../site/settings.ts";
import type { YamlSource } from "../yaml/source.ts";

interface Circumstances {
  readonly mode: "build" | "dev";
  readonly env?: { readonly CI?: string | undefined } | undefined;
}

function isMissing({ data }: YamlSource): boolean {
  return typeof data !== "object" || data === null || !("url" in data);
}

/** Hosts that exist only on the author's own computer or network. */
const LOCAL =
  /^(?:localhost|0\.0\.0\.0|127(?:\.\d+){3}|10(?:\.\d+){3}|192\.168(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|\[::1\]|.*\.(?:local|localhost|lan|internal|test))$/i;

/** Example hosts of other programs. */
const PLACEHOLDER = /^(?:www\.)?(?:example\.(?:com|org|net)|(?:my|your)-?(?:site|blog|domain|website)\.(?:com|org|net)|(?:your-?)?username\.github\.io)$/i;

function hostOf({ data }: YamlSource): string {
  const url = typeof data === "object" && data !== null && "url" in data ? String(data.url) : "";
  return URL.parse(url)?.hostname ?? "";
}

/** Reason why readers can't reach the host: it's local, or an example from a theme. Null for other hosts. */
function unreachable(source: YamlSource): string | null {
  const host = hostOf(source);
  if (LOCAL.test(host)) return "only your own computer or network has";
  return PLACEHOLDER.test(host) ? "is an example's" : null;
}

/** Error of a build in CI if `url` is missing or readers can't reach it. */
export function checkUrl(source: YamlSource, { mode, env = {} }: Circumstances): readonly AuthorIssue[] {
  const { CI = "" } = env;
  const isPublishing = mode === "build" && CI !== "" && CI !== "0" && CI !== "false";
  const reason = unreachable(source);
  if (!isPublishing || (!isMissing(source) && reason === null) || source.issues.length > 0) return [];
  return [
    {
      message:
        reason === null
          ? "`url` is missing, and this is a build for publishing (CI is set)"
          : `\`url\` is an address that ${reason}, and this is a build for publishing (CI is set)`,
      file: source.file,
      line: source.lineOf(reason === null ? [] : ["url"]),
      hint: "Feeds, canonical addresses and the sitemap need the address of the blog:\nurl: https://me.example/",
    },
  ];
}

/** Note of a build if `url` is missing or readers can't reach it. */
export function urlNotes(settings: Settings, source: YamlSource, mode: "build" | "dev"): readonly string[] {
  if (mode === "dev") return [];
  const reason = unreachable(source);
  if (reason !== null)
    return [
      `${source.file}: \`url\` is ${settings.url}, which ${reason}: feeds, canonical addresses and the sitemap contain it.`,
    ];
  if (!isMissing(source)) return [];
  return [
    `${source.file} has no \`url\`: feeds, canonical addresses and the sitemap contain ${settings.url} until you set the address of the blog.`,
  ];
}
