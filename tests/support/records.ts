import type { PostResponse } from "../../src/lib/responses/model.ts";

/** Returns an approved reply by Ada to the post `hello`, unless changed. */
export function record(id: number | string, changes: Partial<PostResponse> = {}): PostResponse {
  const number = typeof id === "number" ? id : 0;
  return {
    type: "entry",
    "wm-id": id,
    status: "approved",
    author: { type: "card", name: "Ada Lovell", url: "https://ada.example/" },
    url: `https://ada.example/notes/${id}`,
    published: new Date(Date.UTC(2026, 4, 11, 9, 30) + number * 60_000).toISOString(),
    content: { text: "I had the same with our choir." },
    "wm-source": `https://ada.example/notes/${id}`,
    "wm-target": "https://backfence.example/posts/hello/",
    "wm-protocol": "webmention",
    "wm-property": "in-reply-to",
    "wm-received": new Date(Date.UTC(2026, 4, 11, 9, 31) + number * 60_000).toISOString(),
    ...changes,
  };
}

/** Returns a person with a site on an example domain. */
export function person(
  name: string,
  host = `${name.toLowerCase().replace(/\W+/g, "-")}.example`,
): PostResponse["author"] {
  return { type: "card", name, url: `https://${host}/` };
}

const WORDS =
  "fence garden letter reply neighbour shop week stranger platform archive feed kind honest slow answer question post photograph evening kettle argument thanks because although instead nobody everybody remember forgot";

/** Returns words in pseudorandom order, which compress no better than real text. */
export function prose(seed: number, length: number): string {
  const words = WORDS.split(" ");
  let state = seed + 1;
  let text = "";
  while (text.length < length) {
    state = (state * 48271) % 2147483647;
    text += `${words[state % words.length] ?? ""}${state % 11 === 0 ? (state % 9973).toString(36) : ""} `;
  }
  return text.trim();
}
