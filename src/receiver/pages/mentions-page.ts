/** Page of responses as an h-feed (https://microformats.org/wiki/h-feed), like webmention.io's `mentions.html`. */
import { html } from "hono/html";
import type { Translations } from "../../i18n/translations.ts";
import type { StoredResponse } from "../store/responses.ts";
import { pageIn, paragraphs, type Html, type Page } from "./layout.ts";

export function mentionsPage(words: Translations, responses: readonly StoredResponse[]): Page {
  const { title, none } = words.conversation;
  return pageIn(
    words,
    title,
    html`<h1>${title}</h1>
      ${responses.length === 0 ? html`<p>${none}</p>` : ""}
      <div class="h-feed">${responses.map(entry)}</div>`,
  );
}

function entry({ record }: StoredResponse): Html {
  const { author, content, url, published, "wm-property": property, "wm-target": target } = record;
  const name =
    author.url === undefined
      ? html`<span class="p-author h-card">${author.name}</span>`
      : html`<a class="p-author h-card" rel="nofollow ugc noopener" href="${author.url}">${author.name}</a>`;
  const at = published ?? record["wm-received"];
  return html`<article class="response h-entry">
    <p class="quiet">
      <bdi>${name}</bdi> ·
      <a class="u-url" rel="nofollow ugc noopener" href="${url}"
        ><time class="dt-published" datetime="${at}">${at.slice(0, 10)}</time></a
      >
      ·
      <a class="u-${property === "rsvp" ? "in-reply-to" : property}" href="${target}" dir="ltr">${target}</a>
    </p>
    <div class="e-content" dir="auto">${paragraphs(content?.text ?? record.name ?? "")}</div>
  </article>`;
}
