/** Page that lists access: passkeys of the operator, and authorized apps. */
import { html } from "hono/html";
import { moderationWords, type ModerationWords } from "../../i18n/moderation-words.ts";
import type { Translations } from "../../i18n/translations.ts";
import type { Passkey, PasskeyForm } from "../auth/passkeys.ts";
import type { GrantedClient } from "../auth/tokens.ts";
import { meaningOf } from "./consent-page.ts";
import { pageIn, type Html, type Page } from "./layout.ts";

export interface AccessView {
  readonly passkeys: readonly Passkey[];
  readonly clients: readonly GrantedClient[];
  /** Data for registering a new passkey. */
  readonly registration: PasskeyForm;
  readonly formToken: string;
  readonly problem: string | null;
  /** Whether Micropub is configured. */
  readonly hasMicropub: boolean;
}

export function accessPage(words: Translations, view: AccessView): Page {
  const { passkeys, clients, problem, hasMicropub } = view;
  const text = moderationWords(words);
  return pageIn(
    words,
    text.access,
    html`<h1>${text.access}</h1>
      <p><a href="/moderate">${text.title}</a></p>
      ${problem === null ? "" : html`<p class="error" role="alert">${problem}</p>`}
      <h2>${text.passkeys}</h2>
      ${passkeys.length === 0 ? html`<p>${text.noPasskeys}</p>` : ""}
      ${passkeys.map((passkey) =>
        entry(
          "/moderate/access/remove-passkey",
          passkey.id,
          passkey.name,
          facts(text, passkey),
          text.remove,
          view,
        ),
      )}
      ${registrationForm(text, view)} ${hasMicropub ? html`<h2>${text.apps}</h2>` : ""}
      ${hasMicropub && clients.length === 0 ? html`<p>${text.noApps}</p>` : ""}
      ${clients.map((client) =>
        entry(
          "/moderate/access/revoke",
          client.family,
          client.clientId,
          [...client.scope.split(" ").map((scope) => meaningOf(scope, text)), ...facts(text, client)],
          text.revoke,
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
  lines: readonly string[],
  label: string,
  { formToken }: AccessView,
): Html {
  return html`<form class="response" method="post" action="${action}">
    <input type="hidden" name="form-token" value="${formToken}" />
    <input type="hidden" name="id" value="${id}" />
    <strong dir="auto">${title}</strong><br />
    <span class="quiet">${lines.join(" · ")}</span>
    <p class="actions"><button aria-label="${label}: ${title}">${label}</button></p>
  </form>`;
}

/** Author and dates of a passkey or an app: when it was added, and last used. */
function facts(
  text: ModerationWords,
  { author, created, used }: Pick<Passkey, "author" | "created" | "used">,
): readonly string[] {
  return [
    ...(author === null ? [] : [text.author(author)]),
    text.added(dayOf(created)),
    used === null ? text.unused : text.used(dayOf(used)),
  ];
}

function registrationForm(text: ModerationWords, { registration, formToken, hasMicropub }: AccessView): Html {
  return html`<form
    method="post"
    action="/moderate/access/add-passkey"
    data-use="create"
    data-passkey="${registration.options}"
    data-unused="${text.passkeyUnused}"
    data-known="${text.passkeyThere}"
    hidden
  >
    <h3>${text.addPasskey}</h3>
    <input type="hidden" name="form-token" value="${formToken}" />
    <input type="hidden" name="ticket" value="${registration.ticket}" />
    <input type="hidden" name="credential" value="" />
    <label for="name">${text.passkeyName}</label>
    <input id="name" name="name" required maxlength="60" />
    ${
      hasMicropub
        ? html`<label for="author">${text.passkeyAuthor}</label>
            <input id="author" name="author" maxlength="60" dir="auto" />`
        : ""
    }
    <label for="token">${text.token}</label>
    <input id="token" name="token" type="password" required autocomplete="current-password" dir="ltr" />
    <p class="actions"><button class="primary">${text.addPasskey}</button></p>
    <p role="alert"></p>
  </form>`;
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
