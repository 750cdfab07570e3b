import { escapeHtml } from "../escape.ts";
import type { FileSpec } from "../site/outputs.ts";
import type { EditorSettings } from "../site/settings.ts";
import { textFile } from "../site/text-file.ts";
import type { SiteUrls } from "../site/urls.ts";
import { editorOrigins } from "./editor-backend.ts";
import { editorConfig, type EditorConfigOptions } from "./editor-config.ts";

/** A file of the bundled editor. */
export interface EditorPart {
  /** Path below the editor's page, with forward slashes: `editor.js`. */
  readonly file: string;
  /** Hash of the bytes. */
  readonly key: string;
  read(): Promise<Uint8Array>;
}

export interface EditorFilesOptions extends EditorConfigOptions {
  readonly urls: Pick<SiteUrls, "path">;
  /** Files of the bundle, with `editor.js` as the entry. */
  readonly parts: readonly EditorPart[];
}

/** The editor's page, configuration and bundle; empty without the setting `editor`. */
export function editorFiles({
  urls,
  parts,
  ...options
}: EditorFilesOptions): FileSpec<string | Uint8Array>[] {
  const { editor, title } = options.settings;
  if (editor === null) return [];
  const { address } = editor;
  return [
    textFile(address, page(title, editor, urls.path(address))),
    textFile(`${address}config.json`, `${JSON.stringify(editorConfig(options), null, 2)}\n`),
    ...parts.map(({ file, key, read }) => ({ path: `${address}${file}`, key, make: read })),
  ];
}

/** Folder of the bundle's files with hashed names. */
export const HASHED_PARTS = "parts/";

/**
 * The Content Security Policy of the editor's page only. The editor uses inline styles, blob URLs and WebAssembly; it
 * connects only to this site and to the author's host.
 */
export function editorPolicy(editor: EditorSettings): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data: blob: https:",
    "media-src 'self' data: blob: https:",
    `connect-src ${["'self'", "data:", "blob:", ...editorOrigins(editor)].join(" ")}`,
    "worker-src 'self' blob:",
    "frame-src blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function page(title: string, editor: EditorSettings, base: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(editorPolicy(editor))}">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<meta name="referrer" content="same-origin">
<title>${escapeHtml(title)}</title>
<link rel="cms-config-url" type="application/json" href="${escapeHtml(base)}config.json">
</head>
<body>
<noscript>The editor needs JavaScript.</noscript>
<script type="module" src="${escapeHtml(base)}editor.js"></script>
</body>
</html>
`;
}
