/** Gets a token from a receiver like an app, with the operator's consent. */
import { createHash } from "node:crypto";
import { JSDOM } from "jsdom";
import { TOKEN } from "./receiver.ts";

interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  json(): Promise<unknown>;
  text(): Promise<string>;
}

interface Init {
  readonly method?: string;
  readonly body?: string;
  readonly redirect: "manual";
  readonly headers: Record<string, string>;
}

/** Sends a request to the receiver. */
type Send = (address: string, init: Init) => Promise<Answer>;

/** Client ID on loopback, which is allowed without being fetched. */
const APP = "http://127.0.0.1:9/";

/**
 * Completes the whole flow from the metadata document to an access token.
 * @param metadata URL of the document.
 */
export async function signInApp(send: Send, metadata: string, scope: string): Promise<string> {
  const post = (address: string, fields: readonly (readonly [string, string])[], cookie = "") =>
    send(address, {
      method: "POST",
      body: new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString(),
      redirect: "manual",
      headers: { "content-type": "application/x-www-form-urlencoded", cookie },
    });
  const get = (address: string, cookie = "") => send(address, { redirect: "manual", headers: { cookie } });
  const server = (await (await get(metadata)).json()) as Readonly<Record<string, string>>;
  const receiver = new URL(server["issuer"] ?? "").origin;
  const verifier = "v".repeat(50);
  const query = new URLSearchParams({
    response_type: "code",
    client_id: APP,
    redirect_uri: APP,
    state: "s",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    scope,
  });
  const signedIn = await post(`${receiver}/moderate/sign-in`, [["token", TOKEN]]);
  const cookie = (signedIn.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const page = await get(`${server["authorization_endpoint"]}?${query.toString()}`, cookie);
  const { document } = new JSDOM(await page.text()).window;
  const inputs = [...document.querySelectorAll<HTMLInputElement>("input")];
  const fields = inputs.map(({ name, value }) => [name, value] as const);
  const allowed = await post(`${receiver}/auth/consent`, [...fields, ["decision", "allow"]], cookie);
  const code = new URL(allowed.headers.get("location") ?? "").searchParams.get("code") ?? "";
  const tokens = await post(server["token_endpoint"] ?? "", [
    ["grant_type", "authorization_code"],
    ["code", code],
    ["client_id", APP],
    ["redirect_uri", APP],
    ["code_verifier", verifier],
  ]);
  return ((await tokens.json()) as { readonly access_token: string }).access_token;
}
