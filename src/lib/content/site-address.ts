/** A blog without an address: fine while writing, a note at a build, an error where it would be published. */
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

/** Hosts that only the author's own computer or network has. */
const LOCAL =
  /^(?:localhost|0\.0\.0\.0|127(?:\.\d+){3}|10(?:\.\d+){3}|192\.168(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|\[::1\]|.*\.(?:local|localhost|lan|internal|test))$/i;

/** Hosts in the examples of other programs. */
const PLACEHOLDER = /^(?:www\.)?(?:example\.(?:com|org|net)|(?:my|your)-?(?:site|blog|domain|website)\.(?:com|org|net)|(?:your-?)?username\.github\.io)$/i;

function hostOf({ data }: YamlSource): string {
  const url = typeof data === "object" && data !== null && "url" in data ? String(data.url) : "";
  return URL.parse(url)?.hostname ?? "";
}

/** What is wrong with a host that no reader can reach, as themes bring along; null for others. */
function unreachable(source: YamlSource): string | null {
  const host = hostOf(source);
  if (LOCAL.test(host)) return "only your own computer or network has";
  return PLACEHOLDER.test(host) ? "is an example's" : null;
}

/** The error of a build in CI whose settings have no `url`. */
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

/** The note of a build whose settings have no `url`. */
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
