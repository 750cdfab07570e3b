/** Page on which the operator authorizes an app to act for the author. */
import { html } from "hono/html";
import { moderationWords, type ModerationWords } from "../../i18n/moderation-words.ts";
import type { Translations } from "../../i18n/translations.ts";
import type { AuthorizationRequest } from "../auth/authorization-request.ts";
import type { ClientInformation } from "../auth/client-information.ts";
import { pageIn, type Html, type Page } from "./layout.ts";

export interface ConsentView {
  readonly request: AuthorizationRequest;
  /** Null when the client publishes no metadata. */
  readonly client: ClientInformation | null;
  /** URL of the blog, which the app receives as the user's identity. */
  readonly me: string;
  /** Author id for posts of the app; null for the blog's default author. */
  readonly author: string | null;
  /** The signed request, see `consentTicket`. */
  readonly ticket: string;
  readonly formToken: string;
}

export function consentPage(
  words: Translations,
  { request, client, me, author, ticket, formToken }: ConsentView,
): Page {
  const { clientId, redirectUri, scopes } = request;
  const text = moderationWords(words);
  const title = text.allowTitle(client?.name ?? new URL(clientId).host);
  return pageIn(
    words,
    title,
    html`<h1>${title}</h1>
      <p>${text.appAddress} <strong dir="ltr">${clientId}</strong></p>
      ${pageLine(text, client, clientId)} ${redirectLine(text, redirectUri, clientId)}
      <p>${text.you} <strong dir="ltr">${me}</strong></p>
      ${client === null ? html`<p class="quiet">${text.nothingKnown}</p>` : ""}
      <form method="post" action="/auth/consent">
        <input type="hidden" name="form-token" value="${formToken}" />
        <input type="hidden" name="ticket" value="${ticket}" />
        ${
          scopes.length === 0
            ? html`<p>${text.noScopes}</p>`
            : html`<fieldset>
                <legend>${text.permissions}</legend>
                ${scopes.map(
                  (scope) =>
                    html`<label class="choice"
                      ><input type="checkbox" name="scope" value="${scope}" checked />
                      ${meaningOf(scope, text)}</label
                    >`,
                )}
              </fieldset>`
        }
        ${author === null || scopes.length === 0 ? "" : html`<p class="quiet">${text.author(author)}</p>`}
        <p class="actions">
          <button class="primary" name="decision" value="allow">${text.allow}</button>
          <button name="decision" value="deny">${text.deny}</button>
        </p>
      </form>`,
  );
}

/** Description of a scope: `Publish posts`. */
export function meaningOf(scope: string, { scopes }: ModerationWords): string {
  return Object.entries(scopes).find(([name]) => name === scope)?.[1] ?? scope;
}

function pageLine(text: ModerationWords, client: ClientInformation | null, clientId: string): Html {
  const page = client?.page ?? null;
  if (page === null || page === clientId || URL.parse(page) === null) return html``;
  const isElsewhere = new URL(page).hostname !== new URL(clientId).hostname;
  return html`<p class="${isElsewhere ? "error" : "quiet"}">
    ${text.appPage} <bdi>${page}</bdi> ${isElsewhere ? text.otherSite : ""}
  </p>`;
}

function redirectLine(text: ModerationWords, redirectUri: string, clientId: string): Html {
  const url = new URL(redirectUri);
  if (url.origin === new URL(clientId).origin) return html``;
  return html`<p class="error">${text.redirect} <bdi>${redirectUri}</bdi></p>`;
}
