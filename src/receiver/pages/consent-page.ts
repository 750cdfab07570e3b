/** The question whether an app may act for the author. */
import { html } from "hono/html";
import { meaningOf, type AuthorizationRequest } from "../auth/authorization-request.ts";
import type { ClientInformation } from "../auth/client-information.ts";
import { pageOf, type Html, type Page } from "./layout.ts";

export interface ConsentView {
  readonly request: AuthorizationRequest;
  /** Null when the client publishes nothing. */
  readonly client: ClientInformation | null;
  /** Address that the app learns. */
  readonly me: string;
  /** Id of the author for whom it would post; null for the blog's own. */
  readonly author: string | null;
  /** The request once more, signed. */
  readonly ticket: string;
  readonly formToken: string;
}

export function consentPage({ request, client, me, author, ticket, formToken }: ConsentView): Page {
  const { clientId, redirectUri, scopes } = request;
  const title = client?.name ?? new URL(clientId).host;
  return pageOf(
    `Allow ${title}?`,
    html`<h1>Allow ${title}?</h1>
      <p>The app at <strong>${clientId}</strong> would learn that you are <strong>${me}</strong>.</p>
      ${pageLine(client, clientId)} ${redirectLine(redirectUri, clientId)}
      ${client === null ? html`<p class="quiet">It publishes nothing about itself.</p>` : ""}
      <form method="post" action="/auth/consent">
        <input type="hidden" name="form-token" value="${formToken}" />
        <input type="hidden" name="ticket" value="${ticket}" />
        ${
          scopes.length === 0
            ? html`<p>It can't change anything here.</p>`
            : html`<fieldset>
                <legend>It would be able to</legend>
                ${scopes.map(
                  (scope) =>
                    html`<label class="choice"
                      ><input type="checkbox" name="scope" value="${scope}" checked />
                      ${meaningOf(scope)}</label
                    >`,
                )}
              </fieldset>`
        }
        ${author === null || scopes.length === 0 ? "" : html`<p class="quiet">Posts are by ${author}.</p>`}
        <p class="actions">
          <button class="primary" name="decision" value="allow">Allow</button>
          <button name="decision" value="deny">Deny</button>
        </p>
      </form>`,
  );
}

function pageLine(client: ClientInformation | null, clientId: string): Html {
  const page = client?.page ?? null;
  if (page === null || page === clientId || URL.parse(page) === null) return html``;
  const isElsewhere = new URL(page).hostname !== new URL(clientId).hostname;
  return html`<p class="${isElsewhere ? "error" : "quiet"}">
    It says that its page is ${page}${isElsewhere ? ", which is another site than its address" : ""}.
  </p>`;
}

function redirectLine(redirectUri: string, clientId: string): Html {
  const url = new URL(redirectUri);
  if (url.origin === new URL(clientId).origin) return html``;
  return html`<p class="error">Afterwards you're sent to another place than its own: ${redirectUri}</p>`;
}
