/** Moderation page of the operator. */
import { html } from "hono/html";
import { moderationWords, type ModerationWords } from "../../i18n/moderation-words.ts";
import type { Translations } from "../../i18n/translations.ts";
import type { ResponseStatus } from "../../lib/responses/model.ts";
import { hostOf } from "../../lib/responses/clean-text.ts";
import type { StoredResponse } from "../store/responses.ts";
import { RULE_ACTIONS, type RuleAction } from "../store/rules.ts";
import { pageIn, paragraphs, type Html, type Page } from "./layout.ts";

export const LISTED = ["pending", "approved", "spam"] as const satisfies readonly ResponseStatus[];

export type Listed = (typeof LISTED)[number];

export interface ModerationView {
  readonly words: Translations;
  readonly shown: Listed;
  readonly counts: ReadonlyMap<string, number>;
  readonly responses: readonly StoredResponse[];
  readonly rules: ReadonlyMap<string, RuleAction>;
  readonly formToken: string;
  /** Page number, starting at 1. */
  readonly page: number;
  readonly hasMore: boolean;
}

export function moderationPage(view: ModerationView): Page {
  const { words, shown, counts, responses, page, hasMore } = view;
  const text = moderationWords(words);
  const names = { pending: text.waiting, approved: text.approved, spam: text.spam };
  const tabs = LISTED.map((status) => {
    const label = `${names[status]} (${(counts.get(status) ?? 0).toLocaleString(words.lang)})`;
    return status === shown
      ? html`<strong aria-current="page">${label}</strong> `
      : html`<a href="/moderate?status=${status}">${label}</a> `;
  });
  return pageIn(
    words,
    text.title,
    html`<h1>${text.title}</h1>
      <nav class="tabs" aria-label="${text.status}">${tabs}</nav>
      ${responses.length === 0 ? html`<p>${words.list.empty}</p>` : ""}
      ${responses.map((response) => responseItem(response, text, view))}
      ${
        hasMore
          ? html`<p><a href="/moderate?status=${shown}&page=${page + 1}">${words.list.older}</a></p>`
          : ""
      }
      ${rulesSection(text, view)}
      <p><a href="/moderate/access">${text.access}</a></p>
      <form method="post" action="/moderate/sign-out">
        <input type="hidden" name="form-token" value="${view.formToken}" />
        <p class="actions"><button>${text.signOut}</button></p>
      </form>`,
  );
}

function responseItem(
  { id, record, slug, photo }: StoredResponse,
  text: ModerationWords,
  { words, shown, formToken }: ModerationView,
): Html {
  const { author } = record;
  const said = record.content?.text ?? record.summary ?? "";
  const host = hostOf(record["wm-protocol"] === "comment" ? author.url : record["wm-source"]);
  const actions = (
    [
      ["approved", text.approve],
      ["pending", text.hold],
      ["spam", text.spam],
      ["deleted", text.delete],
    ] as const
  ).filter(([status]) => status !== shown);
  return html`<article class="response">
    <h2 dir="auto">${author.name}</h2>
    <p class="quiet">
      ${kindOf(record, text, words)} <a href="${record["wm-target"]}">${slug}</a> · ${record["wm-protocol"]} ·
      <time datetime="${record["wm-received"]}" dir="ltr">${minuteOf(record["wm-received"])}</time>
      ${photo === null ? "" : html`<br />${words.post.picture} <bdi>${photo}</bdi>`}
      ${author.url === undefined ? "" : html`<br />${text.profile} <bdi>${author.url}</bdi>`}
      ${
        record["wm-protocol"] === "comment"
          ? ""
          : html`<br />${text.source}
              <a rel="nofollow noopener noreferrer" href="${record["wm-source"]}" dir="ltr"
                >${record["wm-source"]}</a
              >`
      }
    </p>
    ${record.name === undefined ? "" : html`<p dir="auto"><strong>${record.name}</strong></p>`}
    <div dir="auto">${paragraphs(said.slice(0, 5000))}</div>
    ${(record.suspicion ?? []).map((reason) => html`<p class="error" lang="en" dir="ltr">${reason}</p>`)}
    <form method="post" action="/moderate/decide">
      <input type="hidden" name="form-token" value="${formToken}" />
      <input type="hidden" name="id" value="${id}" />
      <input type="hidden" name="shown" value="${shown}" />
      <p class="actions">
        ${actions.map(([status, label]) => html`<button name="status" value="${status}">${label}</button>`)}
        ${host === "" ? "" : html`<button name="block" value="${host}">${text.spamAndBlock(host)}</button>`}
      </p>
    </form>
  </article>`;
}

/** `2026-05-01 09:31 UTC`. */
function minuteOf(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** Phrase for a response's relation to the post, followed by the post's name. */
function kindOf(
  { "wm-property": property }: StoredResponse["record"],
  { mentionOf }: ModerationWords,
  { post }: Translations,
): string {
  switch (property) {
    case "in-reply-to":
      return post.inReplyTo;
    case "like-of":
      return post.likeOf;
    case "repost-of":
      return post.repostOf;
    case "bookmark-of":
      return post.bookmarkOf;
    case "rsvp":
      return post.rsvp;
    case "mention-of":
      return mentionOf;
  }
}

function rulesSection(text: ModerationWords, { rules, formToken }: ModerationView): Html {
  const names = { approve: text.approve, hold: text.hold, block: text.block };
  const rows = [...rules].map(
    ([domain, action]) =>
      html`<li>
        <form method="post" action="/moderate/rule">
          <input type="hidden" name="form-token" value="${formToken}" />
          <input type="hidden" name="domain" value="${domain}" />
          <bdi>${domain}</bdi> (${names[action]})
          <button name="action" value="none" aria-label="${text.remove}: ${domain}">${text.remove}</button>
        </form>
      </li>`,
  );
  return html`<h2>${text.rules}</h2>
    <ul>
      ${rows}
    </ul>
    <form method="post" action="/moderate/rule">
      <input type="hidden" name="form-token" value="${formToken}" />
      <label for="domain">${text.domain}</label>
      <input id="domain" name="domain" required dir="ltr" />
      <p class="actions">
        ${RULE_ACTIONS.map((action) => html`<button name="action" value="${action}">${names[action]}</button>`)}
      </p>
    </form>`;
}
