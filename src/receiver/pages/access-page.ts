/** Who has access: passkeys of the operator, and apps that were allowed to post. */
import { html } from "hono/html";
import { meaningOf } from "../auth/authorization-request.ts";
import type { Passkey, PasskeyForm } from "../auth/passkeys.ts";
import type { GrantedClient } from "../auth/tokens.ts";
import { pageOf, type Html, type Page } from "./layout.ts";

export interface AccessView {
  readonly passkeys: readonly Passkey[];
  readonly clients: readonly GrantedClient[];
  /** For a new passkey. */
  readonly registration: PasskeyForm;
  readonly formToken: string;
  readonly problem: string | null;
  /** Whether apps can post here. */
  readonly hasMicropub: boolean;
}

export function accessPage(view: AccessView): Page {
  const { passkeys, clients, problem, hasMicropub } = view;
  return pageOf(
    "Passkeys and apps",
    html`<h1>Passkeys and apps</h1>
      <p><a href="/moderate">Moderation</a></p>
      ${problem === null ? "" : html`<p class="error" role="alert">${problem}</p>`}
      <h2>Passkeys</h2>
      ${passkeys.length === 0 ? html`<p>None yet: you sign in with the token.</p>` : ""}
      ${passkeys.map((passkey) =>
        entry(
          "/moderate/access/remove-passkey",
          passkey.id,
          passkey.name,
          [
            passkey.author === null ? "" : `posts as ${passkey.author}`,
            `made ${dayOf(passkey.created)}`,
            usedText(passkey.used),
          ],
          "Remove",
          view,
        ),
      )}
      ${registrationForm(view)} ${hasMicropub ? html`<h2>Apps</h2>` : ""}
      ${hasMicropub && clients.length === 0 ? html`<p>No app may post.</p>` : ""}
      ${clients.map((client) =>
        entry(
          "/moderate/access/revoke",
          client.family,
          client.clientId,
          [
            `may ${client.scope.split(" ").map(meaningOf).join(", ")}`,
            client.author === null ? "" : `posts as ${client.author}`,
            `since ${dayOf(client.created)}`,
            usedText(client.used),
          ],
          "Revoke",
          view,
        ),
      )}`,
    "/passkey.js",
  );
}

function entry(
  action: string,
  id: string,
  title: string,
  facts: readonly string[],
  label: string,
  { formToken }: AccessView,
): Html {
  return html`<form class="response" method="post" action="${action}">
    <input type="hidden" name="form-token" value="${formToken}" />
    <input type="hidden" name="id" value="${id}" />
    <strong>${title}</strong><br />
    <span class="quiet">${facts.filter((fact) => fact !== "").join(", ")}</span>
    <p class="actions"><button aria-label="${label}: ${title}">${label}</button></p>
  </form>`;
}

function registrationForm({ registration, formToken, hasMicropub }: AccessView): Html {
  return html`<form
    method="post"
    action="/moderate/access/add-passkey"
    data-use="create"
    data-passkey="${registration.options}"
    hidden
  >
    <h3>Add a passkey</h3>
    <input type="hidden" name="form-token" value="${formToken}" />
    <input type="hidden" name="ticket" value="${registration.ticket}" />
    <input type="hidden" name="credential" value="" />
    <label for="name">Name, such as the device</label>
    <input id="name" name="name" required maxlength="60" />
    ${
      hasMicropub
        ? html`<label for="author"
              >Author of posts, when the blog has several: a file in content/authors/</label
            >
            <input id="author" name="author" maxlength="60" />`
        : ""
    }
    <label for="token">Token</label>
    <input id="token" name="token" type="password" required autocomplete="current-password" />
    <p class="actions"><button class="primary">Add a passkey</button></p>
    <p role="alert"></p>
  </form>`;
}

function usedText(used: number | null): string {
  return used === null ? "not used yet" : `last used ${dayOf(used)}`;
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
