/**
 * The authorization server by sections of the specification of 11 July 2024 (https://indieauth.spec.indieweb.org/),
 * over real HTTP, on both databases. Series of indieauth.rocks' server scenarios are in parentheses.
 */
import { createHash, randomBytes } from "node:crypto";
import fc from "fast-check";
import { JSDOM } from "jsdom";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { anyCharacter } from "./support/any-character.ts";
import { endFamily, issueTokens, redeemRefreshToken } from "../src/receiver/auth/tokens.ts";
import { propertyRuns } from "./support/property-runs.ts";
import { isSafeFailure, sentAgain } from "./receiver-support/answers.ts";
import { ADAPTERS, type TestDatabase } from "./receiver-support/databases.ts";
import { startMicropub, type MicropubReceiver } from "./receiver-support/micropub.ts";
import { SITE, TOKEN } from "./receiver-support/receiver.ts";

const URL_OF_RECEIVER = "https://receiver.example";
const ISSUER = `${URL_OF_RECEIVER}/`;
const METADATA = "/.well-known/oauth-authorization-server";
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

type Parameters = Readonly<Record<string, string>>;

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly scope: string;
  readonly me: string;
  readonly expires_in: number;
  readonly token_type: string;
  readonly profile?: unknown;
}

describe.each(Object.entries(ADAPTERS))("stored in %s", (name, open) => {
  let opened: TestDatabase;
  let receiver: MicropubReceiver;
  let cookie: string;
  /** Origin of the app, with a host name that isn't loopback. */
  let app: string;

  beforeAll(async () => {
    opened = await open();
    receiver = await startMicropub(opened, {
      env: { RECEIVER_URL: URL_OF_RECEIVER },
      resolve: () => Promise.resolve(["127.0.0.1"]),
    });
    const other = receiver.page("/", "<title>App</title>");
    app = `http://app.example:${new URL(other).port}`;
    publish({});
    cookie = await signIn();
  });
  afterAll(async () => {
    await receiver[Symbol.asyncDispose]();
    if (name === "D1") await opened.close();
  });

  // Rate limits count requests within ten minutes.
  beforeEach(() => receiver.pass(11 * MINUTE));

  const clientId = () => `${app}/client.json`;
  const redirectUri = () => `${app}/callback`;

  /** Publishes the app's metadata. */
  function publish(metadata: Readonly<Record<string, unknown>>): void {
    const body = {
      client_id: clientId(),
      client_name: "A <b>fine</b> app",
      client_uri: `${app}/`,
      ...metadata,
    };
    receiver.page("/client.json", { type: "application/json", body: JSON.stringify(body) });
  }

  async function signIn(): Promise<string> {
    const answer = await receiver.post("/moderate/sign-in", { token: TOKEN });
    expect(answer.status).toBe(303);
    return (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  }

  const VERIFIER = randomBytes(32).toString("base64url");
  const challengeOf = (verifier: string) => createHash("sha256").update(verifier).digest("base64url");

  const request = (changes: Readonly<Record<string, string | null>> = {}): string => {
    const all = {
      response_type: "code",
      client_id: clientId(),
      redirect_uri: redirectUri(),
      state: "a state & more",
      code_challenge: challengeOf(VERIFIER),
      code_challenge_method: "S256",
      scope: "create profile",
      ...changes,
    };
    const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
    return `/auth?${new URLSearchParams(given).toString()}`;
  };

  const ask = (path: string, headers: Parameters = { cookie }) =>
    receiver.get(path, { headers: { accept: "text/html", ...headers } });

  /** Opens the consent page and submits a decision. @returns the redirect target. */
  async function decide(
    path: string,
    { decision = "allow", scopes }: { readonly decision?: string; readonly scopes?: readonly string[] } = {},
  ): Promise<URL> {
    const page = await ask(path);
    const text = await page.text();
    expect([page.status, text]).toEqual([200, expect.stringContaining("/auth/consent")]);
    const { document } = new JSDOM(text).window;
    const offered = [...document.querySelectorAll<HTMLInputElement>("[name=scope]")].map(
      ({ value }) => value,
    );
    const body = new URLSearchParams(
      [...document.querySelectorAll<HTMLInputElement>("input[type=hidden]")].map(({ name: field, value }) => [
        field,
        value,
      ]),
    );
    for (const scope of scopes ?? offered) body.append("scope", scope);
    body.set("decision", decision);
    const answer = await receiver.get("/auth/consent", { method: "POST", body, headers: { cookie } });
    expect(answer.status).toBe(303);
    return new URL(answer.headers.get("location") ?? "");
  }

  const codeFor = async (path = request(), given = {}): Promise<string> =>
    (await decide(path, given)).searchParams.get("code") ?? "";

  const redeem = (code: string, changes: Parameters = {}, at = "/token") =>
    receiver.post(at, {
      grant_type: "authorization_code",
      code,
      client_id: clientId(),
      redirect_uri: redirectUri(),
      code_verifier: VERIFIER,
      ...changes,
    });

  const tokensFor = async (path = request()): Promise<Tokens> =>
    (await (await redeem(await codeFor(path))).json()) as Tokens;

  const refresh = (token: string, changes: Parameters = {}) =>
    receiver.post("/token", {
      grant_type: "refresh_token",
      refresh_token: token,
      client_id: clientId(),
      ...changes,
    });

  const errorOf = async (answer: Response) => [
    answer.status,
    ((await answer.json()) as { error: string }).error,
  ];

  const mayPost = async (token: string) =>
    (await receiver.get("/micropub?q=config", { headers: { authorization: `Bearer ${token}` } })).status;

  /** Expects at most one of the responses to have tokens, and these tokens to be invalid. */
  async function expectNothingLeft(answers: readonly Response[]): Promise<void> {
    const given = answers.filter(({ status }) => status === 200);
    expect(given.length).toBeLessThanOrEqual(1);
    for (const answer of given) {
      const tokens = (await answer.json()) as Tokens;
      expect(await mayPost(tokens.access_token)).toBe(401);
      expect(await errorOf(await refresh(tokens.refresh_token))).toEqual([400, "invalid_grant"]);
    }
  }

  describe("4.1 discovery (S1xx)", () => {
    test("the metadata document contains all endpoints, PKCE and iss", async () => {
      const answer = await receiver.get(METADATA);
      const metadata = (await answer.json()) as Readonly<Record<string, unknown>>;
      expect(metadata).toMatchObject({
        issuer: ISSUER,
        authorization_endpoint: `${URL_OF_RECEIVER}/auth`,
        token_endpoint: `${URL_OF_RECEIVER}/token`,
        introspection_endpoint: `${URL_OF_RECEIVER}/introspect`,
        revocation_endpoint: `${URL_OF_RECEIVER}/revoke`,
        revocation_endpoint_auth_methods_supported: ["none"],
        userinfo_endpoint: `${URL_OF_RECEIVER}/userinfo`,
        code_challenge_methods_supported: ["S256"],
        authorization_response_iss_parameter_supported: true,
        grant_types_supported: ["authorization_code", "refresh_token"],
      });
      expect(`${URL_OF_RECEIVER}${METADATA}`.startsWith(String(metadata["issuer"]))).toBe(true);
    });

    test("browser apps may read it and post", async () => {
      for (const path of [METADATA, "/token", "/micropub", "/media"]) {
        const answer = await receiver.get(path, {
          method: "OPTIONS",
          headers: {
            origin: "https://app.example",
            "access-control-request-method": "POST",
            "access-control-request-headers": "authorization",
          },
        });
        expect([path, answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([
          path,
          204,
          "*",
        ]);
        expect(answer.headers.get("access-control-allow-headers")).toMatch(/authorization/i);
      }
    });
  });

  describe("4.2 client information", () => {
    test("the consent page shows the app's name as text, its URL and the requested scopes", async () => {
      const text = await (await ask(request())).text();
      const { document } = new JSDOM(text).window;
      expect(document.querySelector("h1")?.textContent).toBe("Allow A <b>fine</b> app?");
      expect(document.body.textContent).toContain(clientId());
      expect(document.body.textContent).toContain(SITE);
      expect([...document.querySelectorAll("label")].map((label) => label.textContent.trim())).toEqual([
        "See your name",
        "Publish posts",
      ]);
    });

    test("an app without metadata is shown by its URL", async () => {
      const { document } = new JSDOM(await (await ask(request({ client_id: `${app}/nothing` }))).text())
        .window;
      expect(document.querySelector("h1")?.textContent).toContain("app.example");
    });

    test("metadata about another client is ignored", async () => {
      publish({ client_id: "https://bank.example/", client_name: "Bank" });
      expect(await (await ask(request())).text()).not.toContain("Bank");
      publish({});
    });

    test("a page with a title and rel=redirect_uri is supported as well", async () => {
      receiver.page(
        "/app",
        `<title>Page app</title><link rel="redirect_uri" href="/elsewhere">
        <link rel="redirect_uri" href="com.example.app:/back">`,
      );
      const page = await ask(request({ client_id: `${app}/app`, redirect_uri: "com.example.app:/back" }));
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("Allow Page app?")]);
      expect(page.headers.get("content-security-policy")).toContain("form-action 'self' com.example.app:;");
    });

    test("a loopback client isn't fetched", async () => {
      const before = receiver.seen.length;
      const local = receiver.page("/loopback", "<title>Local</title>");
      const page = await ask(request({ client_id: local, redirect_uri: local }));
      expect([page.status, receiver.seen.length]).toEqual([200, before]);
    });

    test("nothing is fetched before the user has signed in", async () => {
      const before = receiver.seen.length;
      const page = await ask(request(), {});
      expect([page.status, receiver.seen.length]).toEqual([401, before]);
      const { document } = new JSDOM(await page.text()).window;
      expect(document.querySelector<HTMLInputElement>("[name=next]")?.value).toBe(request());
    });

    test("after signing in, the request continues", async () => {
      const answer = await receiver.post("/moderate/sign-in", { token: TOKEN, next: request() });
      expect([answer.status, answer.headers.get("location")]).toEqual([303, request()]);
    });

    test.each([
      "https://evil.example/",
      "//evil.example/",
      "/\\evil.example",
      "/auth",
      "javascript:alert(1)",
    ])("signing in never redirects to %s", async (next) => {
      const answer = await receiver.post("/moderate/sign-in", { token: TOKEN, next });
      expect(answer.headers.get("location")).toBe("/moderate");
    });
  });

  describe("4.2.2 redirect URIs", () => {
    test("one on another origin must be published exactly", async () => {
      const elsewhere = "https://other.example/callback";
      const refused = await ask(request({ redirect_uri: elsewhere }));
      expect([refused.status, refused.headers.get("location")]).toEqual([400, null]);
      publish({ redirect_uris: [elsewhere] });
      expect((await ask(request({ redirect_uri: elsewhere }))).status).toBe(200);
      expect((await ask(request({ redirect_uri: `${elsewhere}/x` }))).status).toBe(400);
      publish({});
    });

    test("a published one matches in another spelling, and keeps its query", async () => {
      publish({ redirect_uris: ["https://Other.example:443"] });
      const query = "?a=b%20c&d&e=%C3%BC";
      expect((await ask(request({ redirect_uri: "https://other.example/" }))).status).toBe(200);
      publish({});
      const to = await decide(request({ redirect_uri: redirectUri() + query }));
      expect(to.search).toMatch(/^\?a=b%20c&d&e=%C3%BC&code=[\da-f]+&state=a\+state\+%26\+more&iss=/);
    });

    test.each([
      "javascript:alert(1)",
      "data:text/html,x",
      "https://user:pass@app.example/",
      "/relative",
      "",
      "https://x.example/#a",
    ])("%j is never one", async (redirect) => {
      const answer = await ask(request({ redirect_uri: redirect }));
      expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
    });

    test.each([
      "",
      "app.example",
      "ftp://app.example/",
      "https://10.1.2.3/",
      "https://[2001:db8::1]/",
      "https://app.example/../x",
      "https://u:p@app.example/",
      "https://@app.example/",
      "https:app.example/",
      "https://app.example/#x",
      "https://app.example/?x#y",
      "https://app.example/?x#",
      "https://app.example\\..\\x",
    ])("%j isn't a valid client ID", async (client) => {
      const answer = await ask(request({ client_id: client }));
      expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
    });
  });

  describe("3.4 spellings of client IDs", () => {
    test.each([
      ["an @ in its path", (at: string) => `${at}/@app`, (at: string) => `${at}/@app`],
      ["an address in its query", (at: string) => `${at}/?of=me@app`, (at: string) => `${at}/?of=me@app`],
      ["no path", (at: string) => at, (at: string) => `${at}/`],
      ["capitals", (at: string) => at.replace("app.", "APP."), (at: string) => `${at}/`],
    ])("a client with %s gets its token", async (_what, asked, redeemed) => {
      const code = await codeFor(request({ client_id: asked(app) }));
      const answer = await redeem(code, { client_id: redeemed(app) });
      expect(answer.status).toBe(200);
      const { refresh_token: token } = (await answer.json()) as Tokens;
      expect((await refresh(token, { client_id: asked(app) })).status).toBe(200);
    });

    test("metadata may contain the client's host in uppercase", async () => {
      publish({ client_id: clientId().replace("app.", "App.") });
      expect(await (await ask(request())).text()).toContain("fine");
      publish({});
    });
  });

  describe("5.2 authorization request (S2xx)", () => {
    test.each([
      ["no PKCE", { code_challenge: null }, "invalid_request"],
      ["PKCE in plain text", { code_challenge_method: "plain" }, "invalid_request"],
      ["PKCE without a method", { code_challenge_method: null }, "invalid_request"],
      ["no state", { state: null }, "invalid_request"],
      ["no response_type", { response_type: null }, "invalid_request"],
      ["another response_type", { response_type: "token" }, "unsupported_response_type"],
    ] as const)("%s: the app gets the error, with state and iss", async (_what, changes, error) => {
      const answer = await ask(request(changes));
      const to = new URL(answer.headers.get("location") ?? "");
      expect([answer.status, to.origin + to.pathname]).toEqual([302, redirectUri()]);
      expect(to.searchParams.get("error")).toBe(error);
      expect(to.searchParams.get("iss")).toBe(ISSUER);
      expect(to.searchParams.get("state")).toBe("state" in changes ? null : "a state & more");
    });

    test("other sites can't embed the page in a frame or submit the form", async () => {
      const page = await ask(request());
      expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      const answer = await receiver.get("/auth/consent", {
        method: "POST",
        body: new URLSearchParams({ decision: "allow", ticket: "x" }),
        headers: { cookie },
      });
      expect(answer.status).toBe(403);
    });

    test("a request that was tampered with is refused", async () => {
      const { document } = new JSDOM(await (await ask(request())).text()).window;
      const field = (field: string) =>
        document.querySelector<HTMLInputElement>(`[name="${field}"]`)?.value ?? "";
      const [text = "", signature = ""] = field("ticket").split(".");
      const changed = JSON.parse(Buffer.from(text, "base64url").toString()) as Record<string, unknown>;
      const forged = Buffer.from(
        JSON.stringify({ ...changed, redirectUri: "https://evil.example/" }),
      ).toString("base64url");
      const answer = await receiver.get("/auth/consent", {
        method: "POST",
        body: new URLSearchParams({
          decision: "allow",
          ticket: `${forged}.${signature}`,
          "form-token": field("form-token"),
        }),
        headers: { cookie },
      });
      expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
    });
  });

  describe("5.2.1 authorization response", () => {
    test("has code, state and iss", async () => {
      const to = await decide(request());
      expect(Object.fromEntries(to.searchParams)).toEqual({
        code: expect.stringMatching(/^[\da-f]{64}$/) as string,
        state: "a state & more",
        iss: ISSUER,
      });
    });

    test("a denied request returns access_denied", async () => {
      const to = await decide(request(), { decision: "deny" });
      expect(Object.fromEntries(to.searchParams)).toEqual({
        error: "access_denied",
        state: "a state & more",
        iss: ISSUER,
      });
    });

    test("codes and tokens are stored only as hashes", async () => {
      const code = await codeFor();
      const tokens = await tokensFor();
      const rows = [
        ...(await opened.database.all("SELECT * FROM auth_code")),
        ...(await opened.database.all("SELECT * FROM auth_token")),
      ];
      const stored = JSON.stringify(rows);
      for (const secret of [code, tokens.access_token, tokens.refresh_token])
        expect(stored).not.toContain(secret);
    });
  });

  describe("5.3 redeeming the code (S3xx, S4xx)", () => {
    test("5.3.2 for the profile URL", async () => {
      const answer = await redeem(await codeFor(request({ scope: null })), {}, "/auth");
      expect([answer.status, await answer.json()]).toEqual([200, { me: SITE }]);
      expect(answer.headers.get("cache-control")).toBe("no-store");
    });

    test("5.3.3 for an access token, which works", async () => {
      const tokens = await tokensFor();
      expect(tokens).toMatchObject({
        token_type: "Bearer",
        scope: "profile create",
        me: SITE,
        expires_in: 30 * 24 * 60 * 60,
      });
      expect(await mayPost(tokens.access_token)).toBe(200);
    });

    test("a code without scopes can't be exchanged for a token", async () => {
      expect(await errorOf(await redeem(await codeFor(request({ scope: null }))))).toEqual([
        400,
        "invalid_scope",
      ]);
    });

    test("only allowed and known scopes are granted", async () => {
      const code = await codeFor(request({ scope: "create update email evil" }), {
        scopes: ["create", "delete"],
      });
      expect((await (await redeem(code)).json()) as Tokens).toMatchObject({ scope: "create" });
    });

    test.each([
      ["another verifier", { code_verifier: "x".repeat(43) }],
      ["no verifier", { code_verifier: "" }],
      ["another client", { client_id: "https://evil.example/" }],
      ["another redirect address", { redirect_uri: "https://evil.example/" }],
    ])("with %s it fails, and the code is consumed", async (_what, changes) => {
      const code = await codeFor();
      expect(await errorOf(await redeem(code, changes))).toEqual([400, "invalid_grant"]);
      expect(await errorOf(await redeem(code))).toEqual([400, "invalid_grant"]);
    });

    test("a code works once; using it twice revokes its tokens", async () => {
      const code = await codeFor();
      const tokens = (await (await redeem(code)).json()) as Tokens;
      expect(await mayPost(tokens.access_token)).toBe(200);
      expect(await errorOf(await redeem(code))).toEqual([400, "invalid_grant"]);
      expect(await mayPost(tokens.access_token)).toBe(401);
    });

    test("of several simultaneous redemptions, at most one gets a token, which is revoked", async () => {
      const code = await codeFor();
      const answers = await Promise.all([redeem(code), redeem(code), redeem(code)]);
      await expectNothingLeft(answers);
    });

    test("a code expires after five minutes", async () => {
      const code = await codeFor();
      receiver.pass(5 * MINUTE + 1);
      expect(await errorOf(await redeem(code))).toEqual([400, "invalid_grant"]);
    });

    test.each([
      [{ grant_type: "" }, "invalid_request"],
      [{ grant_type: "password" }, "unsupported_grant_type"],
      [{ code: "unknown" }, "invalid_grant"],
      [{ code: "" }, "invalid_request"],
      [{ grant_type: "refresh_token" }, "invalid_request"],
      [{ grant_type: "refresh_token", refresh_token: "unknown" }, "invalid_grant"],
      [{ grant_type: "AUTHORIZATION_CODE" }, "unsupported_grant_type"],
    ] as const)("%j is %s", async (changes, error) => {
      expect(await errorOf(await redeem("x", changes))).toEqual([400, error]);
    });

    test.each(["/token", "/auth", "/revoke"])("a duplicate parameter is refused at %s", async (path) => {
      const body = new URLSearchParams({ grant_type: "authorization_code", code: "x", token: "x" });
      body.append("code", "y");
      expect(await errorOf(await receiver.get(path, { method: "POST", body }))).toEqual([
        400,
        "invalid_request",
      ]);
    });

    test("a body that isn't a form is an invalid request", async () => {
      const answer = await receiver.get("/token", {
        method: "POST",
        body: "{}",
        headers: { "content-type": "application/json" },
      });
      expect(await errorOf(answer)).toEqual([400, "invalid_request"]);
    });
  });

  describe("5.3.4 profile information (S7xx)", () => {
    test("comes with the scope profile, and again from userinfo", async () => {
      const profile = { name: "Nell Hartigan", url: SITE };
      const tokens = await tokensFor();
      expect(tokens.profile).toEqual(profile);
      const answer = await receiver.get("/userinfo", {
        headers: { authorization: `Bearer ${tokens.access_token}` },
      });
      expect([answer.status, await answer.json()]).toEqual([200, profile]);
    });

    test("userinfo refuses a token without the scope, an invalid token, and no token", async () => {
      const { access_token: token } = await tokensFor(request({ scope: "create" }));
      const at = (given: string | null) =>
        receiver.get("/userinfo", given === null ? {} : { headers: { authorization: `Bearer ${given}` } });
      const refused = await at(token);
      // https://www.rfc-editor.org/rfc/rfc6750#section-3
      expect(refused.headers.get("www-authenticate")).toBe('Bearer error="insufficient_scope"');
      expect(await errorOf(refused)).toEqual([403, "insufficient_scope"]);
      expect(await errorOf(await at("wrong"))).toEqual([401, "invalid_token"]);
      const none = await at(null);
      expect([none.status, none.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    });
  });

  describe("5.5 refresh tokens (S5xx)", () => {
    test("one returns new tokens, once", async () => {
      const first = await tokensFor();
      const second = (await (await refresh(first.refresh_token)).json()) as Tokens;
      expect(second).toMatchObject({ scope: "profile create", me: SITE });
      expect(await mayPost(second.access_token)).toBe(200);
      expect(second.refresh_token).not.toBe(first.refresh_token);
    });

    test("using one a second time revokes all tokens derived from it", async () => {
      const first = await tokensFor();
      const second = (await (await refresh(first.refresh_token)).json()) as Tokens;
      expect(await errorOf(await refresh(first.refresh_token))).toEqual([400, "invalid_grant"]);
      expect(await mayPost(second.access_token)).toBe(401);
      expect(await errorOf(await refresh(second.refresh_token))).toEqual([400, "invalid_grant"]);
    });

    test("using one twice at the same time revokes all tokens derived from it", async () => {
      const first = await tokensFor();
      const token = first.refresh_token;
      const answers = await Promise.all([refresh(token), refresh(token), refresh(token)]);
      expect(await mayPost(first.access_token)).toBe(401);
      await expectNothingLeft(answers);
    });

    test("access that the operator revokes during a refresh stays revoked", async () => {
      const { refresh_token: token } = await tokensFor();
      const grant = { clientId: clientId(), scopes: ["create"], author: null };
      const redeemed = await redeemRefreshToken(receiver.running.context, token, grant.clientId, []);
      if (redeemed === null || redeemed === "invalid_scope") throw new Error("The token is valid");
      await endFamily(opened.database, redeemed.family, Date.now());
      expect(await issueTokens(receiver.running.context, grant, redeemed.family)).toBeNull();
    });

    test("it can request fewer scopes, never more; requesting more doesn't consume it", async () => {
      const { refresh_token: token } = await tokensFor();
      expect(await errorOf(await refresh(token, { scope: "create delete" }))).toEqual([400, "invalid_scope"]);
      expect(await (await refresh(token, { scope: "profile" })).json()).toMatchObject({ scope: "profile" });
    });

    test("it works only for its client", async () => {
      const { refresh_token: token } = await tokensFor();
      expect(await errorOf(await refresh(token, { client_id: "https://evil.example/" }))).toEqual([
        400,
        "invalid_grant",
      ]);
    });

    test("an access token expires after 30 days, a refresh token after 180", async () => {
      const tokens = await tokensFor();
      receiver.pass(31 * DAY);
      cookie = await signIn();
      expect(await mayPost(tokens.access_token)).toBe(401);
      const again = (await (await refresh(tokens.refresh_token)).json()) as Tokens;
      receiver.pass(181 * DAY);
      cookie = await signIn();
      expect(await errorOf(await refresh(again.refresh_token))).toEqual([400, "invalid_grant"]);
    });
  });

  test("any request gets a response according to the specification", async () => {
    const field = fc.constantFrom(
      ...["client_id", "redirect_uri", "state", "code_challenge", "scope", "code", "grant_type", "token"],
      ...["refresh_token", "code_verifier", "ticket", "form-token", "decision", "credential", "next"],
    );
    const value = fc.oneof(
      fc.string({ unit: anyCharacter, maxLength: 80 }),
      fc.constantFrom(
        clientId(),
        redirectUri(),
        "authorization_code",
        "refresh_token",
        "{}",
        "a.b.c",
        "/auth?x",
      ),
    );
    const path = fc.constantFrom(
      "/auth",
      "/auth/consent",
      "/token",
      "/revoke",
      "/introspect",
      "/moderate/sign-in",
      "/moderate/access/add-passkey",
    );
    await fc.assert(
      fc.asyncProperty(path, fc.array(fc.tuple(field, value), { maxLength: 8 }), async (at, pairs) => {
        receiver.pass(11 * MINUTE);
        const query = new URLSearchParams(pairs.map(([key, text]) => [key, text.toWellFormed()]));
        const init = { redirect: "manual", headers: { cookie, authorization: `Bearer ${TOKEN}` } } as const;
        const answers = [
          await sentAgain(() => receiver.get(at, { ...init, method: "POST", body: query })),
          await sentAgain(() => receiver.get(`${at}?${query.toString()}`, init)),
        ];
        for (const answer of answers) {
          const isRedirect = answer.status === 302;
          const isSafe = isSafeFailure(answer.status, await answer.text());
          expect([at, answer.status, isRedirect || isSafe]).toEqual([at, answer.status, true]);
        }
      }),
      propertyRuns(60),
    );
    cookie = await signIn();
  });

  describe("6 introspection (S8xx)", () => {
    const introspect = (token: string, by: string | null = TOKEN) =>
      receiver.post(
        "/introspect",
        { token },
        by === null ? {} : { headers: { authorization: `Bearer ${by}` } },
      );

    test("describes a token, only to the operator's servers", async () => {
      const { access_token: token } = await tokensFor();
      expect(await (await introspect(token)).json()).toMatchObject({
        active: true,
        me: SITE,
        client_id: clientId(),
        scope: "profile create",
        exp: expect.any(Number) as number,
        iat: expect.any(Number) as number,
      });
      expect((await introspect(token, null)).status).toBe(401);
      expect((await introspect(token, token)).status).toBe(401);
    });

    test("requires a token to inspect", async () => {
      expect(await errorOf(await introspect(""))).toEqual([400, "invalid_request"]);
    });

    test("returns no details about an invalid token", async () => {
      const answer = await introspect("unknown");
      expect([answer.status, await answer.json()]).toEqual([200, { active: false }]);
    });
  });

  describe("7 revocation (S6xx)", () => {
    test.each(["/revoke", "/token"])(
      "revokes a token at %s, and responds 200 for any token",
      async (path) => {
        const { access_token: token } = await tokensFor();
        const revoke = (given: string) => receiver.post(path, { token: given, action: "revoke" });
        expect((await revoke(token)).status).toBe(200);
        expect(await mayPost(token)).toBe(401);
        expect((await revoke("unknown")).status).toBe(200);
        // https://www.rfc-editor.org/rfc/rfc7009#section-2.1
        expect(await errorOf(await revoke(""))).toEqual([400, "invalid_request"]);
      },
    );

    test("of a refresh token also revokes the access token", async () => {
      const tokens = await tokensFor();
      await receiver.post("/revoke", { token: tokens.refresh_token });
      expect(await mayPost(tokens.access_token)).toBe(401);
    });

    test("the operator can revoke access on a page", async () => {
      const { access_token: token } = await tokensFor();
      const page = await ask("/moderate/access");
      const { document } = new JSDOM(await page.text()).window;
      const form = document.querySelector('form[action="/moderate/access/revoke"]');
      expect(form?.textContent).toContain(clientId());
      const fields = [...(form?.querySelectorAll<HTMLInputElement>("input") ?? [])].map(
        ({ name: field, value }) => [field, value],
      );
      const answer = await receiver.get("/moderate/access/revoke", {
        method: "POST",
        body: new URLSearchParams(fields as [string, string][]),
        headers: { cookie },
      });
      expect(answer.status).toBe(303);
      expect(await mayPost(token)).toBe(401);
    });
  });
});
