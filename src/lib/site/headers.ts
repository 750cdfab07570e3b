import { HASHED_PARTS } from "../editor/editor-files.ts";
import { contentSignal } from "./ai-policy.ts";
import type { FileSpec } from "./outputs.ts";
import type { Settings } from "./settings.ts";
import { textFile } from "./text-file.ts";
import type { SiteUrls } from "./urls.ts";

export interface HeadersOptions {
  readonly settings: Settings;
  readonly urls: SiteUrls;
  /** The policy that pages carry in their `meta` element. */
  readonly csp: string;
}

/** A year: what a browser may keep without asking, since the name of the file changes with its content. */
const FOR_EVER = "public, max-age=31536000, immutable";

/** Folders whose files are named by their content and which pages link to. */
export const IMMUTABLE_FOLDERS = ["/_astro/", "/pictures/"] as const;

const IMMUTABLE = [...IMMUTABLE_FOLDERS, "/pagefind/fragment/", "/pagefind/index/", "/pagefind/filter/"];

/**
 * `/_headers`, which Netlify and Cloudflare Pages read: the policy of the pages and what only a header can say, where
 * webmentions and pingbacks go, and which files a browser may keep for good. Everything else is asked for again.
 * Pictures get no `Cross-Origin-Resource-Policy`: it would take them out of feed readers.
 */
export function headersFile({ settings, urls, csp }: HeadersOptions): FileSpec {
  const { webmention, editor } = settings;
  const signal = contentSignal(settings.ai);
  // Where two policies reach a page, both hold: a blog with an editor leaves it to its pages to carry their own.
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

/** A line break in a value would begin another header. */
function oneLine(header: string): string {
  return header.replaceAll(/[\r\n]+/g, " ");
}
