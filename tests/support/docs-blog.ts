/** Prerequisites of examples in the docs: a post with responses, a built site, a webmention service. */
import { sendHtml, type Handler } from "./http-server.ts";

/** Responds like webmention.io without new mentions, and like a page that mentions the post. */
export const answer: Handler = ({ url }, response) => {
  if (url.startsWith("/api/")) response.end('{"type":"feed","name":"Webmentions","children":[]}');
  else sendHtml(response, '<a href="https://me.example/posts/over-the-fence/">Seen</a>');
};

/** Returns the settings for the service. @param standIn origin of the stand-in. */
export function docsSettings(standIn: string): string {
  return `webmention:\n  endpoint: https://webmention.io/me.example/webmention\n  api: ${standIn}/api/\n`;
}

/** Returns files by path relative to the project's root. @param standIn origin of the pages that mention the post. */
export function docsBlog(standIn: string): Readonly<Record<string, string>> {
  const responses = { type: "feed", children: [mention(1901, standIn), mention(1902, standIn)] };
  return {
    "content/posts/over-the-fence.md":
      "---\ntitle: Over the fence\ndate: 2026-03-01\nseries: coming-home\n---\n\nWords.\n",
    "content/series/coming-home.yaml": "title: Coming home\n",
    "content/responses/over-the-fence.json": `${JSON.stringify(responses, null, 2)}\n`,
    "dist/index.html": "<!doctype html><title>My blog</title>\n",
    "dist/_headers": "/*\n  X-Content-Type-Options: nosniff\n",
    "dist/_redirects": "/old/ /posts/over-the-fence/ 301\n",
  };
}

function mention(id: number, standIn: string): object {
  const source = `${standIn}/reply-${id}`;
  return {
    ...{ type: "entry", "wm-id": id, status: "pending", url: source },
    author: { type: "card", name: "A neighbour", url: "https://neighbour.example/" },
    content: { text: "I saw it, too." },
    ...{ published: "2026-05-01T10:00:00Z", "wm-received": "2026-05-01T10:00:00Z" },
    ...{ "wm-source": source, "wm-target": "https://me.example/posts/over-the-fence/" },
    ...{ "wm-protocol": "webmention", "wm-property": "mention-of" },
  };
}
