import { HASHED_PARTS } from "../editor/editor-files.ts";
import { contentSignal } from "./ai-policy.ts";
import type { FileSpec } from "./outputs.ts";
import type { Settings } from "./settings.ts";
import { textFile } from "./text-file.ts";
import type { SiteUrls } from "./urls.ts";

export interface HeadersOptions {
  readonly settings: Settings;
  readonly urls: SiteUrls;
  /** The Content Security Policy in the pages' `meta` element. */
  readonly csp: string;
}

/** For files whose names change with their content: browsers cache them for a year without revalidation. */
const FOR_EVER = "public, max-age=31536000, immutable";

/** Folders whose file names contain a content hash and that pages link to. */
export const IMMUTABLE_FOLDERS = ["/_astro/", "/pictures/"] as const;

const IMMUTABLE = [...IMMUTABLE_FOLDERS, "/pagefind/fragment/", "/pagefind/index/", "/pagefind/filter/"];

/**
 * `/_headers` for Netlify and Cloudflare Pages: the pages' policy and directives that are only valid in headers, the
 * endpoints of webmentions and pingbacks, and the caching of immutable files. Browsers revalidate all other files.
 * There is no `Cross-Origin-Resource-Policy`: it would block pictures in feed readers.
 */
export function headersFile({ settings, urls, csp }: HeadersOptions): FileSpec {
  const { webmention, editor } = settings;
  const signal = contentSignal(settings.ai);
  // A page with two policies must satisfy both, so with an editor, the policy is only in the pages themselves.
  const pagePolicy = editor === null ? [csp.replace(/;\s*$/, "")] : [];
  const immutable = [...IMMUTABLE, ...(editor === null ? [] : [`${editor.address}${HASHED_PARTS}`])];
  const everywhere = [
    `Content-Security-Policy: ${[...pagePolicy, "frame-ancestors 'self'"].join("; ")}`,
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: strict-origin-when-cross-origin",
    "Permissions-Policy: camera=(), geolocation=(), microphone=()",
    ...(signal === null ? [] : [`Content-Signal: ${signal}`]),
    ...(webmention === null ? [] : [`Link: <${webmention.endpoint}>; rel="webmention"`]),
    ...(webmention?.pingback ? [`X-Pingback: ${webmention.pingback}`] : []),
  ];
  const rules = [
    rule(urls.path("/*"), everywhere),
    ...immutable.map((folder) => rule(urls.path(`${folder}*`), [`Cache-Control: ${FOR_EVER}`])),
  ];
  return textFile("/_headers", rules.join("\n"));
}

function rule(path: string, headers: readonly string[]): string {
  return `${path}\n${headers.map((header) => `  ${oneLine(header)}\n`).join("")}`;
}

/** Prevents header injection by line breaks in a value. */
function oneLine(header: string): string {
  return header.replaceAll(/[\r\n]+/g, " ");
}
