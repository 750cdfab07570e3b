/** Checks authorization requests (https://indieauth.spec.indieweb.org/#authorization-request). */
import type { ModerationWords } from "../../i18n/moderation-words.ts";
import { clientUrl, redirectUrl } from "./client-urls.ts";

/** Supported scopes. */
export const SCOPES = [
  "profile",
  "create",
  "draft",
  "update",
  "delete",
  "undelete",
  "media",
] as const satisfies readonly (keyof ModerationWords["scopes"])[];

export interface AuthorizationRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string;
  /** PKCE challenge, S256. */
  readonly codeChallenge: string;
  /** The supported ones of the requested scopes, without duplicates. */
  readonly scopes: readonly string[];
}

/** An error to pass to the client in the redirect (RFC 6749, 4.1.2.1). */
export interface RequestError {
  readonly error: "invalid_request" | "unsupported_response_type";
  readonly description: string;
}

export type CheckedRequest =
  /** The redirect address can't be trusted, so the problem is shown to the user instead. */
  | { readonly kind: "unsafe"; readonly problem: string }
  | {
      readonly kind: "wrong";
      readonly redirectUri: string;
      readonly state: string;
      readonly error: RequestError;
    }
  | { readonly kind: "right"; readonly request: AuthorizationRequest };

/** Checks only the parameters; whether the client publishes the redirect address is checked afterwards. */
export function checkRequest(query: (name: string) => readonly string[]): CheckedRequest {
  const one = (name: string) => query(name)[0] ?? "";
  const [redirectUri, state] = [one("redirect_uri"), one("state")];
  const clientId = clientUrl(one("client_id"))?.href;
  if (clientId === undefined)
    return {
      kind: "unsafe",
      problem: "The request doesn't name a client: client_id must be an https address.",
    };
  if (redirectUrl(redirectUri) === null)
    return { kind: "unsafe", problem: "The request says nowhere to go back to: redirect_uri can't be used." };
  if (["client_id", "redirect_uri"].some((name) => query(name).length > 1))
    return { kind: "unsafe", problem: "The request names more than one client or address." };
  const error = errorIn(query, state);
  if (error !== null) return { kind: "wrong", redirectUri, state, error };
  const asked = one("scope").split(/\s+/);
  const scopes = SCOPES.filter((scope) => asked.includes(scope));
  return {
    kind: "right",
    request: { clientId, redirectUri, state, codeChallenge: one("code_challenge"), scopes },
  };
}

function errorIn(query: (name: string) => readonly string[], state: string): RequestError | null {
  const one = (name: string) => query(name)[0] ?? "";
  const invalid = (description: string): RequestError => ({ error: "invalid_request", description });
  const repeated = ["response_type", "state", "code_challenge", "code_challenge_method", "scope"].find(
    (name) => query(name).length > 1,
  );
  if (repeated !== undefined) return invalid(`${repeated} must be there once`);
  if (one("response_type") !== "code")
    return one("response_type") === ""
      ? invalid("response_type is missing")
      : { error: "unsupported_response_type", description: "response_type must be code" };
  if (state === "" || state.length > 2000) return invalid("state is missing, or too long");
  if (!/^[\w-]{43}$/.test(one("code_challenge")))
    return invalid("code_challenge is missing: PKCE with S256 is required");
  if (one("code_challenge_method") !== "S256") return invalid("code_challenge_method must be S256");
  return null;
}

/** The redirect URL with the parameters of a response added. Its own query is kept (RFC 6749, 3.1.2). */
export function answerUrl(redirectUri: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(redirectUri);
  const given = Object.entries(parameters).filter(([, value]) => value !== "");
  const own = url.search === "" ? "" : `${url.search}&`;
  url.search = own + new URLSearchParams(given).toString();
  return url.href;
}
