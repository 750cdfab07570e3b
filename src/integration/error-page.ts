import type { AuthorError, AuthorIssue } from "../lib/author-error.ts";
import { escapeHtml } from "../lib/escape.ts";
import { DEV_CLIENT } from "./dev-state.ts";

/** Page shown in dev instead of any other while there are errors. Vite's client reloads it after a change. */
export function errorPage({ issues }: AuthorError): string {
  const count = issues.length === 1 ? "1 error" : `${issues.length} errors`;
  const items = issues.map(
    (issue) =>
      `<h2>${escapeHtml(placeOf(issue))}</h2><p>${escapeHtml(issue.message)}</p><pre>${escapeHtml(issue.hint)}</pre>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${count} to fix</title>
<meta name="viewport" content="width=device-width"><script type="module" src="/@vite/client"></script><script type="module" src="/@fs${DEV_CLIENT}"></script>
<style>${STYLE}</style></head><body><h1>${count} to fix</h1>
<p>Your page comes back as soon as they are fixed. The terminal shows the same list.</p>
${items.join("\n")}</body></html>\n`;
}

const STYLE =
  ":root{color-scheme:light dark;font:1.0625rem/1.5 Georgia,serif}" +
  "body{max-width:48rem;margin:3rem auto;padding:0 1rem}" +
  "h2{margin:2.5rem 0 0;font:600 1rem ui-monospace,monospace}p{margin:.25rem 0}" +
  "pre{margin:.5rem 0;padding:.75rem 1rem;border-inline-start:3px solid #95371f;white-space:pre-wrap}";

function placeOf({ file, line }: AuthorIssue): string {
  return line === undefined ? file : `${file}:${line}`;
}
