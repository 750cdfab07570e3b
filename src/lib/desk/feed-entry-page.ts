import { escapeHtml } from "../escape.ts";
import type { FeedItem } from "../feeds/feed.ts";

/**
 * An HTML document that shows a feed entry as in a feed reader: the feed's content without the blog's styles. For a
 * sandboxed frame.
 * @param item feed item with addresses of the dev server.
 */
export function feedEntryPage({ title, authors, published, lang, content, summary }: FeedItem): string {
  const names = authors.map(({ name }) => name).join(", ");
  const day = published.slice(0, 10);
  return `<!doctype html>
<html lang="${escapeHtml(lang ?? "en")}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src * data:; media-src *; style-src 'unsafe-inline'">
<base target="_blank">
<title>${escapeHtml(title ?? summary ?? "Feed entry")}</title>
<style>${STYLE}</style>
</head>
<body>
${title === null ? "" : `<h1>${escapeHtml(title)}</h1>\n`}<p class="by">${escapeHtml(names)} · <time datetime="${escapeHtml(published)}">${day}</time></p>
${content}
</body>
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.55 system-ui, sans-serif; }
body { max-inline-size: 40rem; margin: 1.25rem auto; padding-inline: 1.25rem; overflow-wrap: anywhere; }
h1 { margin-block: 0 .25rem; font-size: 1.5rem; line-height: 1.2; }
.by { margin-block: 0 1.25rem; opacity: .75; }
img, video { max-inline-size: 100%; block-size: auto; }
figure { margin-inline: 0; }
pre { overflow-x: auto; }
`;
