/** Pages of the comment form, without scripts and cookies. */
import { html } from "hono/html";
import type { Translations } from "../../i18n/translations.ts";
import type { PostResponse } from "../../lib/responses/model.ts";
import type { CommentFields } from "../comments.ts";
import { MAX_COMMENT } from "../options.ts";
import type { ReceivingPost } from "../posts.ts";
import { paragraphs, pageIn, type Html, type Page } from "./layout.ts";

/** The form, empty or filled in. */
export function formPage(
  words: Translations,
  post: ReceivingPost,
  fields: CommentFields,
  problems: readonly string[],
): Page {
  const { title, send } = words.conversation.comment;
  return pageIn(
    words,
    `${title}: ${post.title}`,
    html`<h1>${title}</h1>
      ${postLine(post)} ${problems.map(problemLine)} ${replyLine(words, fields)}
      ${form(words, fields, "/comment", send)}`,
  );
}

/** Preview of the comment for confirmation; the text can be edited below. */
export function previewPage(
  words: Translations,
  post: ReceivingPost,
  fields: CommentFields,
  confirmation: string,
  note: string | null,
): Page {
  const { receiver, conversation } = words;
  return pageIn(
    words,
    receiver.preview,
    html`<h1>${receiver.preview}</h1>
      ${note === null ? "" : problemLine(note)} ${postLine(post)}
      <blockquote dir="auto">${paragraphs(fields.text)}</blockquote>
      <p class="quiet">— <bdi>${fields.name}</bdi>${fields.url === "" ? "" : html` (${fields.url})`}</p>
      <form method="post" action="/comment">
        ${hidden(fields)}
        <input type="hidden" name="confirmation" value="${confirmation}" />
        <p class="actions"><button class="primary">${receiver.publish}</button></p>
      </form>
      <p class="hint">${receiver.becomesPublic}</p>
      <details>
        <summary>${receiver.edit}</summary>
        ${form(words, fields, "/comment", conversation.comment.send)}
      </details>`,
  );
}

/** Confirmation that the comment was stored, with the link to edit it. */
export function storedPage(
  words: Translations,
  post: ReceivingPost,
  status: PostResponse["status"],
  editUrl: string,
): Page {
  const { receiver, conversation } = words;
  return pageIn(
    words,
    receiver.thanks,
    html`<h1>${receiver.thanks}</h1>
      <p>${receiver.arrived} ${status === "approved" ? receiver.whenUpdated : receiver.whenApproved}</p>
      <p>${receiver.keepLink}</p>
      <p><a href="${editUrl}" dir="ltr">${editUrl}</a></p>
      <p><a href="${post.url}">${conversation.backToPost}</a></p>`,
  );
}

/** Form to edit or withdraw a comment, accessible to anyone with the link. */
export function editPage(
  words: Translations,
  fields: CommentFields,
  action: string,
  problems: readonly string[],
): Page {
  const { receiver } = words;
  return pageIn(
    words,
    receiver.yourComment,
    html`<h1>${receiver.yourComment}</h1>
      ${problems.map(problemLine)} ${form(words, fields, action, receiver.save)}
      <h2>${receiver.withdraw}</h2>
      <form method="post" action="${action}">
        <input type="hidden" name="withdraw" value="yes" />
        <p class="actions"><button>${receiver.withdraw}</button></p>
      </form>
      <p class="hint">${receiver.withdrawHint}</p>`,
  );
}

/** The public page of an approved comment, an h-entry. */
export function commentPage(words: Translations, record: PostResponse): Page {
  const { author } = record;
  const { text } = words.conversation.comment;
  const name =
    author.url === undefined
      ? html`<span class="p-author h-card">${author.name}</span>`
      : html`<a class="p-author h-card" rel="nofollow ugc noopener" href="${author.url}">${author.name}</a>`;
  return pageIn(
    words,
    `${text}: ${author.name}`,
    html`<h1>${text}</h1>
      <article class="h-entry">
        <p>
          <bdi>${name}</bdi>
          <time class="dt-published" datetime="${record.published ?? record["wm-received"]}"
            >${(record.published ?? record["wm-received"]).slice(0, 10)}</time
          >
        </p>
        <p>
          ${words.post.inReplyTo}
          <a class="u-in-reply-to" href="${record["wm-target"]}" dir="ltr">${record["wm-target"]}</a>
        </p>
        <div class="e-content" dir="auto">${paragraphs(record.content?.text ?? "")}</div>
      </article>`,
  );
}

function postLine({ title, url }: ReceivingPost): Html {
  return html`<p><a href="${url}" dir="auto">${title}</a></p>`;
}

function problemLine(problem: string): Html {
  return html`<p class="error" role="alert">${problem}</p>`;
}

function replyLine({ post }: Translations, { replyTo }: CommentFields): Html {
  return /^https?:/.test(replyTo)
    ? html`<p class="quiet">
        ${post.inReplyTo} <a rel="nofollow ugc noopener" href="${replyTo}" dir="ltr">${replyTo}</a>
      </p>`
    : html``;
}

function form(
  { conversation: { comment }, receiver }: Translations,
  fields: CommentFields,
  action: string,
  label: string,
): Html {
  return html`<form method="post" action="${action}">
    <input type="hidden" name="post" value="${fields.slug}" />
    <input type="hidden" name="reply-to" value="${fields.replyTo}" />
    <label for="name">${comment.name}</label>
    <input
      id="name"
      name="name"
      required
      maxlength="80"
      autocomplete="name"
      dir="auto"
      value="${fields.name}"
    />
    <label for="text">${comment.text}</label>
    <textarea id="text" name="text" required maxlength="${MAX_COMMENT}" dir="auto">${fields.text}</textarea>
    <label for="url">${comment.website}</label>
    <input
      id="url"
      name="url"
      type="url"
      placeholder="https://"
      autocomplete="url"
      dir="ltr"
      value="${fields.url}"
    />
    <div class="extra" aria-hidden="true">
      <label for="website">${receiver.leaveEmpty}</label>
      <input id="website" name="website" tabindex="-1" autocomplete="off" />
    </div>
    <p class="actions"><button class="primary">${label}</button></p>
  </form>`;
}

function hidden({ slug, name, text, url, replyTo }: CommentFields): Html {
  return html`<input type="hidden" name="post" value="${slug}" />
    <input type="hidden" name="name" value="${name}" />
    <input type="hidden" name="text" value="${text}" />
    <input type="hidden" name="url" value="${url}" />
    <input type="hidden" name="reply-to" value="${replyTo}" />`;
}
