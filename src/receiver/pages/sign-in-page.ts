/** Page to sign in with a passkey or the operator's token. */
import { html } from "hono/html";
import { moderationWords, type ModerationWords } from "../../i18n/moderation-words.ts";
import type { Translations } from "../../i18n/translations.ts";
import type { PasskeyForm } from "../auth/passkeys.ts";
import { pageIn, type Html, type Page } from "./layout.ts";

export interface SignInView {
  readonly problem: string | null;
  /** Null when no passkey is registered. */
  readonly passkey: PasskeyForm | null;
  /** Path to redirect to afterwards. */
  readonly next: string;
}

export function signInPage(words: Translations, { problem, passkey, next }: SignInView): Page {
  const text = moderationWords(words);
  return pageIn(
    words,
    text.signIn,
    html`<h1>${text.signIn}</h1>
      ${problem === null ? "" : html`<p class="error" role="alert">${problem}</p>`}
      ${passkey === null ? "" : passkeyForm(text, passkey, next)}
      <form method="post" action="/moderate/sign-in">
        <input type="hidden" name="next" value="${next}" />
        <label for="token">${text.token}</label>
        <input id="token" name="token" type="password" required autocomplete="current-password" dir="ltr" />
        <p class="actions">
          <button class="${passkey === null ? "primary" : ""}">${text.signIn}</button>
        </p>
      </form>`,
    "/passkey.js",
  );
}

function passkeyForm(text: ModerationWords, { options, ticket }: PasskeyForm, next: string): Html {
  return html`<form
    method="post"
    action="/moderate/sign-in"
    data-use="get"
    data-passkey="${options}"
    data-unused="${text.passkeyUnused}"
    hidden
  >
    <input type="hidden" name="next" value="${next}" />
    <input type="hidden" name="ticket" value="${ticket}" />
    <input type="hidden" name="credential" value="" />
    <p class="actions"><button class="primary">${text.usePasskey}</button></p>
    <p role="alert"></p>
  </form>`;
}
