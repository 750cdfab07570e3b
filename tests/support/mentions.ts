import type { Jf2Child } from "./standin-api.ts";

/** Returns a mention as in webmention.io's JF2: a reply by person number `id`, unless changed. */
export function mention(
  id: number,
  target: string,
  changes: Readonly<Record<string, unknown>> = {},
): Jf2Child {
  const host = `person${id}.example`;
  const source = `https://${host}/notes/${id}`;
  return {
    type: "entry",
    author: { type: "card", name: `Person ${id}`, photo: "", url: `https://${host}/` },
    url: source,
    published: new Date(Date.UTC(2026, 0, 1) + id * 60_000).toISOString().replace(".000Z", "+00:00"),
    "wm-received": new Date(Date.UTC(2026, 0, 2) + id * 60_000).toISOString().replace(".000Z", "Z"),
    "wm-id": id,
    "wm-source": source,
    "wm-target": target,
    "wm-protocol": "webmention",
    content: { html: `<p>Answer <em>number</em> ${id}</p>`, text: `Answer number ${id}` },
    "in-reply-to": target,
    "wm-property": "in-reply-to",
    "wm-private": false,
    ...changes,
  };
}

/** Returns mentions in every shape of the API, including unusual and malformed ones. */
export function mentionShapes(post: string, firstId: number): Jf2Child[] {
  const blank = { content: undefined, "in-reply-to": undefined };
  const shapes: Readonly<Record<string, unknown>>[] = [
    {},
    { content: { text: "Text only" } },
    { content: { "content-type": "text/html", value: "<b>old</b>", html: "<b>old</b>", text: "old" } },
    { content: { "content-type": "text/plain", value: "old plain", text: "old plain" } },
    { content: "a bare text" },
    { content: { html: "<p>html only</p>" } },
    { ...blank, "like-of": post, "wm-property": "like-of" },
    { ...blank, "repost-of": post, "wm-property": "repost-of" },
    { ...blank, "bookmark-of": post, "wm-property": "bookmark-of", name: "Worth keeping" },
    { "mention-of": post, "wm-property": "mention-of", name: "A title of its own", "in-reply-to": undefined },
    { "wm-property": "mention-of", summary: { "content-type": "text/plain", value: "A summary" } },
    { ...blank, "wm-property": "rsvp", rsvp: "yes", "in-reply-to": post },
    { "wm-property": "rsvp", rsvp: "perhaps" },
    { "wm-property": "listen-of" },
    { "wm-property": null, "like-of": [post] },
    {
      "wm-protocol": "pingback",
      "wm-property": "mention-of",
      author: { type: "card", name: null, photo: null, url: null },
    },
    { author: { type: "card", name: "", photo: "", url: "" } },
    { author: "Somebody" },
    { author: null, url: null, published: null },
    { published: "2026-01-05" },
    { published: "2026-01-05T10:00:00" },
    { published: "2026-01-05T10:00:00+0530" },
    { published: "2099-01-01T00:00:00Z" },
    { published: "yesterday" },
    { url: "javascript:alert(1)" },
    {
      author: {
        type: "card",
        name: "A\u202Eda https://buy.example",
        url: "javascript:alert(1)",
        photo: "data:image/svg+xml,x",
      },
    },
    { content: { html: "<script>alert(1)</script><p onclick=x>kept</p>", text: "kept" } },
    { content: { html: "<b>".repeat(15_000), text: "a bomb" } },
    { content: { text: "x".repeat(50_000) } },
    {
      photo: ["https://cdn.example/a.jpg"],
      video: ["https://cdn.example/a.mp4"],
      syndication: ["https://s.example/1"],
    },
    { "swarm-coins": 7, rels: { canonical: "https://canonical.example/1" } },
    { "wm-target": `${post}#c${firstId}` },
    { "wm-target": post.replace(/\/$/, "") },
    { "wm-target": `${post.replace("https:", "http:")}?utm_source=x` },
    { "in-reply-to": [post, `https://person${firstId}.example/notes/${firstId}`] },
    { category: ["a", "b"], location: { type: "card" }, "wm-fragment": "c1" },
  ];
  return shapes.map((changes, index) => mention(firstId + index, post, changes));
}
