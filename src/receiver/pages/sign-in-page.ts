/** Signing in, with a passkey or the operator's token. */
import { html } from "hono/html";
import type { PasskeyForm } from "../auth/passkeys.ts";
import { pageOf, type Html, type Page } from "./layout.ts";

export interface SignInView {
  readonly problem: string | null;
  /** Null where no passkey is registered. */
  readonly passkey: PasskeyForm | null;
  /** Path that is shown afterwards. */
  readonly next: string;
}

export function signInPage({ problem, passkey, next }: SignInView): Page {
  return pageOf(
    "Sign in",
    html`<h1>Sign in</h1>
      ${problem === null ? "" : html`<p class="error" role="alert">${problem}</p>`}
      ${passkey === null ? "" : passkeyForm(passkey, next)}
      <form method="post" action="/moderate/sign-in">
        <input type="hidden" name="next" value="${next}" />
        <label for="token">Token</label>
        <input id="token" name="token" type="password" required autocomplete="current-password" />
        <p class="actions">
          <button class="${passkey === null ? "primary" : ""}">Sign in</button>
        </p>
      </form>`,
    "/passkey.js",
  );
}

function passkeyForm({ options, ticket }: PasskeyForm, next: string): Html {
  return html`<form method="post" action="/moderate/sign-in" data-use="get" data-passkey="${options}" hidden>
    <input type="hidden" name="next" value="${next}" />
    <input type="hidden" name="ticket" value="${ticket}" />
    <input type="hidden" name="credential" value="" />
    <p class="actions"><button class="primary">Sign in with a passkey</button></p>
    <p role="alert"></p>
  </form>`;
}
