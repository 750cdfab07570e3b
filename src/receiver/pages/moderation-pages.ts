/** The operator's pages. */
import { html } from "hono/html";
import type { ResponseStatus } from "../../lib/responses/model.ts";
import { hostOf } from "../../lib/responses/clean-text.ts";
import type { StoredResponse } from "../store/responses.ts";
import { RULE_ACTIONS, type RuleAction } from "../store/rules.ts";
import { pageOf, paragraphs, type Html, type Page } from "./layout.ts";

export const LISTED = ["pending", "approved", "spam"] as const satisfies readonly ResponseStatus[];

export type Listed = (typeof LISTED)[number];

export interface ModerationView {
  readonly shown: Listed;
  readonly counts: ReadonlyMap<string, number>;
  readonly responses: readonly StoredResponse[];
  readonly rules: ReadonlyMap<string, RuleAction>;
  readonly formToken: string;
  /** Number of the page from 1. */
  readonly page: number;
  readonly hasMore: boolean;
}

export function moderationPage(view: ModerationView): Page {
  const { shown, counts, responses, page, hasMore } = view;
  const tabs = LISTED.map((status) => {
    const label = `${status} (${counts.get(status) ?? 0})`;
    return status === shown
      ? html`<strong aria-current="page">${label}</strong> `
      : html`<a href="/moderate?status=${status}">${label}</a> `;
  });
  return pageOf(
    "Moderation",
    html`<h1>Moderation</h1>
      <nav class="tabs" aria-label="Status">${tabs}</nav>
      ${responses.length === 0 ? html`<p>Nothing here.</p>` : ""}
      ${responses.map((response) => responseItem(response, view))}
      ${hasMore ? html`<p><a href="/moderate?status=${shown}&page=${page + 1}">Older responses</a></p>` : ""}
      ${rulesSection(view)}
      <p><a href="/moderate/access">Passkeys and apps</a></p>
      <form method="post" action="/moderate/sign-out">
        <input type="hidden" name="form-token" value="${view.formToken}" />
        <p class="actions"><button>Sign out</button></p>
      </form>`,
  );
}

function responseItem({ id, record, slug, photo }: StoredResponse, view: ModerationView): Html {
  const { author } = record;
  const text = record.content?.text ?? record.summary ?? "";
  const host = hostOf(record["wm-protocol"] === "comment" ? author.url : record["wm-source"]);
  const actions = (
    [
      ["approved", "Approve"],
      ["pending", "Hold"],
      ["spam", "Spam"],
      ["deleted", "Delete"],
    ] as const
  ).filter(([status]) => status !== view.shown);
  return html`<article class="response">
    <h2>${author.name}</h2>
    <p class="quiet">
      ${KINDS[record["wm-property"]]} by ${record["wm-protocol"]} on
      <a href="${record["wm-target"]}">${slug}</a>,
      <time datetime="${record["wm-received"]}">${minuteOf(record["wm-received"])}</time>
      ${photo === null ? "" : html`<br />Picture: ${photo}`}
      ${author.url === undefined ? "" : html`<br />Profile: ${author.url}`}
      ${
        record["wm-protocol"] === "comment"
          ? ""
          : html`<br />From
              <a rel="nofollow noopener noreferrer" href="${record["wm-source"]}">${record["wm-source"]}</a>`
      }
    </p>
    ${record.name === undefined ? "" : html`<p><strong>${record.name}</strong></p>`}
    ${paragraphs(text.slice(0, 5000))}
    ${(record.suspicion ?? []).map((reason) => html`<p class="error">${reason}</p>`)}
    <form method="post" action="/moderate/decide">
      <input type="hidden" name="form-token" value="${view.formToken}" />
      <input type="hidden" name="id" value="${id}" />
      <input type="hidden" name="shown" value="${view.shown}" />
      <p class="actions">
        ${actions.map(([status, label]) => html`<button name="status" value="${status}">${label}</button>`)}
        ${host === "" ? "" : html`<button name="block" value="${host}">Spam, and block ${host}</button>`}
      </p>
    </form>
  </article>`;
}

/** `2026-05-01 09:31 UTC`. */
function minuteOf(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

const KINDS = {
  "in-reply-to": "Reply",
  "like-of": "Like",
  "repost-of": "Repost",
  "bookmark-of": "Bookmark",
  "mention-of": "Mention",
  rsvp: "RSVP",
} as const satisfies Record<StoredResponse["record"]["wm-property"], string>;

function rulesSection({ rules, formToken }: ModerationView): Html {
  const rows = [...rules].map(
    ([domain, action]) =>
      html`<li>
        <form method="post" action="/moderate/rule">
          <input type="hidden" name="form-token" value="${formToken}" />
          <input type="hidden" name="domain" value="${domain}" />
          ${action} ${domain}
          <button name="action" value="none" aria-label="Remove: ${domain}">Remove</button>
        </form>
      </li>`,
  );
  return html`<h2>Rules for domains</h2>
    <ul>
      ${rows}
    </ul>
    <form method="post" action="/moderate/rule">
      <input type="hidden" name="form-token" value="${formToken}" />
      <label for="domain">Domain, with everything below it</label>
      <input id="domain" name="domain" required />
      <p class="actions">
        ${RULE_ACTIONS.map((action) => html`<button name="action" value="${action}">${action}</button>`)}
      </p>
    </form>`;
}
