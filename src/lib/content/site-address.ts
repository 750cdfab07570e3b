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

/** Whether the address is one that only the author's own computer has, as themes bring along. */
function isLocal({ data }: YamlSource): boolean {
  const url = typeof data === "object" && data !== null && "url" in data ? String(data.url) : "";
  return /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?=[:/]|$)/i.test(url);
}

/** The error of a build in CI whose settings have no `url`. */
export function checkUrl(source: YamlSource, { mode, env = {} }: Circumstances): readonly AuthorIssue[] {
  const { CI = "" } = env;
  const isPublishing = mode === "build" && CI !== "" && CI !== "0" && CI !== "false";
  if (!isPublishing || !isMissing(source) || source.issues.length > 0) return [];
  return [
    {
      message: "`url` is missing, and this is a build for publishing (CI is set)",
      file: source.file,
      line: source.lineOf([]),
      hint: "Feeds, canonical addresses and the sitemap need the address of the blog:\nurl: https://me.example/",
    },
  ];
}

/** The note of a build whose settings have no `url`. */
export function urlNotes(settings: Settings, source: YamlSource, mode: "build" | "dev"): readonly string[] {
  if (mode === "dev") return [];
  if (isLocal(source))
    return [
      `${source.file}: \`url\` is ${settings.url}, which only your own computer has: feeds, canonical addresses and the sitemap contain it.`,
    ];
  if (!isMissing(source)) return [];
  return [
    `${source.file} has no \`url\`: feeds, canonical addresses and the sitemap contain ${settings.url} until you set the address of the blog.`,
  ];
}
