/** The pages of the comment form: they work without a script and without cookies. */
import { html } from "hono/html";
import type { PostResponse } from "../../lib/responses/model.ts";
import type { CommentFields } from "../comments.ts";
import { MAX_COMMENT } from "../options.ts";
import type { ReceivingPost } from "../posts.ts";
import { pageOf, paragraphs, type Html, type Page } from "./layout.ts";

/** The form, empty or with what was typed. */
export function formPage(
  post: ReceivingPost,
  fields: CommentFields,
  problems: readonly string[],
  action = "/comment",
): Page {
  return pageOf(
    `Comment on ${post.title}`,
    html`<h1>Comment on <a href="${post.url}">${post.title}</a></h1>
      ${problems.map((problem) => html`<p class="error" role="alert">${problem}</p>`)} ${replyLine(fields)}
      ${form(fields, action, "Continue")}`,
  );
}

/** Preview of the comment for confirmation; the text can be edited below. */
export function previewPage(
  post: ReceivingPost,
  fields: CommentFields,
  confirmation: string,
  note: string | null,
): Page {
  return pageOf(
    "Is this right?",
    html`<h1>Is this right?</h1>
      ${note === null ? "" : html`<p class="error" role="alert">${note}</p>`}
      <p>Your comment on <a href="${post.url}">${post.title}</a>:</p>
      <blockquote>${paragraphs(fields.text)}</blockquote>
      <p class="quiet">— ${fields.name}${fields.url === "" ? "" : html` (${fields.url})`}</p>
      <form method="post" action="/comment">
        ${hidden(fields)}
        <input type="hidden" name="confirmation" value="${confirmation}" />
        <p class="actions"><button class="primary">Publish the comment</button></p>
      </form>
      <p class="hint">
        Your name, your address if you gave one, and the comment become public. No email is asked for and your
        IP address isn't kept.
      </p>
      <details>
        <summary>Change it</summary>
        ${form(fields, "/comment", "Continue")}
      </details>`,
  );
}

/** After the comment was stored. */
export function storedPage(post: ReceivingPost, status: PostResponse["status"], editUrl: string): Page {
  const when =
    status === "approved"
      ? "It's shown with the next update of the site."
      : "It's shown once the author has approved it.";
  return pageOf(
    "Thank you",
    html`<h1>Thank you</h1>
      <p>Your comment has arrived. ${when}</p>
      <p>To change or withdraw it later, keep this link; it's shown only here:</p>
      <p><a href="${editUrl}">${editUrl}</a></p>
      <p><a href="${post.url}">Back to “${post.title}”</a></p>`,
  );
}

/** Changing and withdrawing, for anyone who has the link. */
export function editPage(fields: CommentFields, action: string, problems: readonly string[]): Page {
  return pageOf(
    "Your comment",
    html`<h1>Your comment</h1>
      ${problems.map((problem) => html`<p class="error" role="alert">${problem}</p>`)}
      ${form(fields, action, "Save the changes")}
      <h2>Withdraw it</h2>
      <form method="post" action="${action}">
        <input type="hidden" name="withdraw" value="yes" />
        <p class="actions"><button>Withdraw the comment</button></p>
      </form>
      <p class="hint">
        What is withdrawn is deleted here at once, and on the page with the next update of the site.
      </p>`,
  );
}

/** The public page of an approved comment, an h-entry. */
export function commentPage(record: PostResponse): Page {
  const { author } = record;
  const name =
    author.url === undefined
      ? html`<span class="p-author h-card">${author.name}</span>`
      : html`<a class="p-author h-card" rel="nofollow ugc noopener" href="${author.url}">${author.name}</a>`;
  return pageOf(
    `Comment by ${author.name}`,
    html`<h1>Comment by ${author.name}</h1>
      <article class="h-entry">
        <p>
          ${name} replied to <a class="u-in-reply-to" href="${record["wm-target"]}">${record["wm-target"]}</a>
          <time class="dt-published" datetime="${record.published ?? record["wm-received"]}"
            >${(record.published ?? record["wm-received"]).slice(0, 10)}</time
          >
        </p>
        <div class="e-content">${paragraphs(record.content?.text ?? "")}</div>
      </article>`,
  );
}

function replyLine({ replyTo }: CommentFields): Html {
  return /^https?:/.test(replyTo)
    ? html`<p class="quiet">In reply to <a rel="nofollow ugc noopener" href="${replyTo}">${replyTo}</a></p>`
    : html``;
}

function form(fields: CommentFields, action: string, label: string): Html {
  return html`<form method="post" action="${action}">
    <input type="hidden" name="post" value="${fields.slug}" />
    <input type="hidden" name="reply-to" value="${fields.replyTo}" />
    <label for="name">Name</label>
    <input id="name" name="name" required maxlength="80" autocomplete="name" value="${fields.name}" />
    <label for="text">Comment</label>
    <textarea id="text" name="text" required maxlength="${MAX_COMMENT}">${fields.text}</textarea>
    <label for="url">Your site, if you like</label>
    <input id="url" name="url" type="url" placeholder="https://" autocomplete="url" value="${fields.url}" />
    <div class="extra" aria-hidden="true">
      <label for="website">Leave this empty</label>
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
