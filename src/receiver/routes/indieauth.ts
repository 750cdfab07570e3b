/** The IndieAuth authorization server (https://indieauth.spec.indieweb.org/, version of 11 July 2024). */
import type { Hono } from "hono";
import { cors } from "hono/cors";
import { moderationWords } from "../../i18n/moderation-words.ts";
import { answerUrl, checkRequest, SCOPES, type AuthorizationRequest } from "../auth/authorization-request.ts";
import { bearerOf, jsonError } from "../auth/bearer.ts";
import { clientInformation, type ClientInformation } from "../auth/client-information.ts";
import { isSameOrigin, isSameUrl, sameClient } from "../auth/client-urls.ts";
import { consentTicket, requestOf } from "../auth/consent-ticket.ts";
import { profileOf } from "../auth/profile.ts";
import {
  accessTokenBy,
  ACCESS_MS,
  issueCode,
  issueTokens,
  redeemCode,
  redeemRefreshToken,
  revokeToken,
  type Grant,
} from "../auth/tokens.ts";
import type { Micropub, ReceiverContext } from "../context.ts";
import {
  BadFormError,
  readForm,
  sentence,
  show,
  tell,
  wordsFor,
  type FormFields,
  type ReceiverEnv,
  type ReceiverRequest,
} from "../http.ts";
import { exceededByClient } from "../limits.ts";
import { formToken, isOperator, sessionOf, withSessionForm, type Session } from "../operator.ts";
import { consentPage } from "../pages/consent-page.ts";
import { signInAnswer } from "../sign-in.ts";

const METADATA = "/.well-known/oauth-authorization-server";
/** Maximum requests of one client in ten minutes. */
const MAX_REQUESTS = 120;

/** Adds the metadata document, `/auth`, `/token`, `/revoke`, `/introspect` and `/userinfo`. */
export function addIndieAuth(app: Hono<ReceiverEnv>, context: ReceiverContext, micropub: Micropub): void {
  const { options } = context;
  const issuer = `${options.url}/`;

  for (const path of [METADATA, "/auth", "/token", "/revoke", "/introspect", "/userinfo"])
    app.use(
      path,
      cors({ origin: "*", allowMethods: ["GET", "POST"], allowHeaders: ["authorization", "content-type"] }),
    );
  for (const path of ["/auth", "/auth/consent", "/token", "/revoke", "/introspect", "/userinfo"])
    app.use(path, async (c, next) => {
      const exceeded = await exceededByClient(context, c.get("clientAddress"), "indieauth", MAX_REQUESTS);
      if (exceeded !== null) {
        c.header("retry-after", String(exceeded.retryAfterSeconds));
        return jsonError(c, 429, "temporarily_unavailable", exceeded.message);
      }
      await next();
      c.header("cache-control", "no-store");
      c.header("referrer-policy", "no-referrer");
      return undefined;
    });

  app.get(METADATA, (c) =>
    c.json({
      issuer,
      authorization_endpoint: `${options.url}/auth`,
      token_endpoint: `${options.url}/token`,
      introspection_endpoint: `${options.url}/introspect`,
      introspection_endpoint_auth_methods_supported: ["Bearer"],
      revocation_endpoint: `${options.url}/revoke`,
      revocation_endpoint_auth_methods_supported: ["none"],
      userinfo_endpoint: `${options.url}/userinfo`,
      scopes_supported: SCOPES,
      response_types_supported: ["code"],
      grant_types_supported: ["authorization_code", "refresh_token"],
      code_challenge_methods_supported: ["S256"],
      authorization_response_iss_parameter_supported: true,
    }),
  );

  app.get("/auth", async (c) => {
    const checked = checkRequest((name) => c.req.queries(name) ?? []);
    if (checked.kind === "unsafe") return await sentence(c, 400, "Not possible", checked.problem);
    const session = await sessionOf(c, context);
    // Only after signing in, so that strangers can't make the receiver fetch URLs or redirect.
    if (session === null) return await signInAnswer(c, context, null, pathOf(c));
    const { clientId, redirectUri } = checked.kind === "right" ? checked.request : clientOf(c);
    const client = await clientInformation(context.client, clientId);
    if (!isAnnounced(clientId, redirectUri, client))
      return await sentence(
        c,
        400,
        "Not possible",
        `${clientId} doesn't say that it may be answered at ${redirectUri}, so nothing is sent there.`,
      );
    if (checked.kind === "wrong") {
      const { error, state } = checked;
      const answer = { error: error.error, error_description: error.description, state, iss: issuer };
      return c.redirect(answerUrl(redirectUri, answer), 302);
    }
    c.set("policy", { hasScript: false, formTargets: [formTargetOf(redirectUri)] });
    const page = consentPage(wordsFor(c), {
      request: checked.request,
      client,
      me: options.site,
      author: authorOf(session),
      ticket: await consentTicket(context, checked.request),
      formToken: await formToken(session, context),
    });
    return await show(c, page);
  });

  app.post("/auth/consent", (c) =>
    withSessionForm(c, context, async (form, session) => {
      const request = await requestOf(context, form.one("ticket"));
      if (request === null) {
        const words = wordsFor(c);
        const { tooLate } = moderationWords(words);
        return await tell(c, words, 400, words.receiver.notAccepted, tooLate);
      }
      const back = { state: request.state, iss: issuer };
      if (form.one("decision") !== "allow")
        return c.redirect(answerUrl(request.redirectUri, { error: "access_denied", ...back }), 303);
      const code = await issueCode(context, codeRequest(request, form, session));
      return c.redirect(answerUrl(request.redirectUri, { code, ...back }), 303);
    }),
  );

  app.post("/auth", (c) =>
    withJsonForm(c, async (form) => {
      if (form.one("grant_type") !== "authorization_code") return badGrantType(c, form);
      if (form.one("code") === "") return missing(c, "code");
      const redeemed = await redeem(form);
      if (redeemed === null) return invalidGrant(c);
      return c.json({ me: options.site, ...(await profileIn(redeemed.grant)) });
    }),
  );

  app.post("/token", (c) =>
    withJsonForm(c, async (form) => {
      // Older versions of IndieAuth revoke tokens this way.
      if (form.one("action") === "revoke") return await revoke(c, form);
      switch (form.one("grant_type")) {
        case "authorization_code": {
          if (form.one("code") === "") return missing(c, "code");
          const redeemed = await redeem(form);
          if (redeemed === null) return invalidGrant(c);
          if (redeemed.grant.scopes.length === 0)
            return jsonError(
              c,
              400,
              "invalid_scope",
              "The code was given without scopes, so there is no token for it",
            );
          return await tokens(c, redeemed);
        }
        case "refresh_token": {
          const asked = form.one("scope").split(/\s+/).filter(Boolean);
          const [token, clientId] = [form.one("refresh_token"), form.one("client_id")];
          if (token === "") return missing(c, "refresh_token");
          const redeemed = await redeemRefreshToken(context, token, clientId, asked);
          if (redeemed === null) return invalidGrant(c);
          if (redeemed === "invalid_scope")
            return jsonError(c, 400, "invalid_scope", "A refreshed token can't do more than the first one");
          return await tokens(c, redeemed, asked.length === 0 ? redeemed.grant.scopes : asked);
        }
        default:
          return badGrantType(c, form);
      }
    }),
  );

  app.post("/revoke", (c) => withJsonForm(c, (form) => revoke(c, form)));

  app.post("/introspect", async (c) => {
    if (!(await isOperator(c, context)))
      return jsonError(c, 401, "invalid_token", "Introspection needs the operator's token");
    return await withJsonForm(c, async (form) => {
      if (form.one("token") === "") return missing(c, "token");
      const token = await accessTokenBy(context, form.one("token"));
      if (token === null) return c.json({ active: false });
      return c.json({
        active: true,
        me: options.site,
        client_id: token.clientId,
        scope: token.scopes.join(" "),
        exp: Math.floor(token.expires / 1000),
        iat: Math.floor(token.created / 1000),
      });
    });
  });

  app.get("/userinfo", async (c) => {
    const given = bearerOf(c);
    if (given === null) return jsonError(c, 401, "unauthorized", "An access token is needed");
    const token = await accessTokenBy(context, given);
    if (token === null) return jsonError(c, 401, "invalid_token", "The access token isn't valid");
    if (!token.scopes.includes("profile"))
      return jsonError(c, 403, "insufficient_scope", "The access token has no scope profile");
    return c.json(await profileOf(micropub, options.site, token.author));
  });

  function authorOf({ passkey }: Session): string | null {
    return passkey?.author ?? micropub.options.author;
  }

  function codeRequest(request: AuthorizationRequest, form: FormFields, session: Session) {
    const scopes = request.scopes.filter((scope) => form.all("scope").includes(scope));
    return { ...request, scopes, author: authorOf(session) };
  }

  function redeem(form: FormFields) {
    return redeemCode(context, {
      code: form.one("code"),
      clientId: form.one("client_id"),
      redirectUri: form.one("redirect_uri"),
      verifier: form.one("code_verifier"),
    });
  }

  async function tokens(
    c: ReceiverRequest,
    { grant, family }: { readonly grant: Grant; readonly family: string },
    scopes: readonly string[] = grant.scopes,
  ): Promise<Response> {
    const issued = await issueTokens(context, grant, family, scopes);
    if (issued === null) return invalidGrant(c);
    return c.json({
      access_token: issued.accessToken,
      token_type: "Bearer",
      scope: scopes.join(" "),
      me: options.site,
      expires_in: ACCESS_MS / 1000,
      refresh_token: issued.refreshToken,
      ...(await profileIn(grant)),
    });
  }

  async function profileIn({ scopes, author }: Grant) {
    return scopes.includes("profile") ? { profile: await profileOf(micropub, options.site, author) } : {};
  }

  async function revoke(c: ReceiverRequest, form: FormFields): Promise<Response> {
    if (form.one("token") === "") return missing(c, "token");
    await revokeToken(context, form.one("token"));
    return c.json({});
  }
}

/** Reads a form and runs an action; errors of the form become JSON responses. */
async function withJsonForm(
  c: ReceiverRequest,
  action: (form: FormFields) => Promise<Response> | Response,
): Promise<Response> {
  try {
    const form = await readForm(c);
    // Repeated parameters aren't allowed (RFC 6749, 3.2).
    const repeated = form.names().find((name) => form.all(name).length > 1);
    if (repeated !== undefined) return jsonError(c, 400, "invalid_request", "A parameter must be there once");
    return await action(form);
  } catch (error) {
    if (error instanceof BadFormError) return jsonError(c, 400, "invalid_request", error.message);
    throw error;
  }
}

function missing(c: ReceiverRequest, name: string): Response {
  return jsonError(c, 400, "invalid_request", `${name} is missing`);
}

function badGrantType(c: ReceiverRequest, form: FormFields): Response {
  return form.one("grant_type") === ""
    ? missing(c, "grant_type")
    : jsonError(c, 400, "unsupported_grant_type", "grant_type must be authorization_code or refresh_token");
}

function invalidGrant(c: ReceiverRequest): Response {
  return jsonError(c, 400, "invalid_grant", "The code or token isn't valid for this request, or no longer");
}

/** Whether a redirect URL is allowed: on the client's own origin, or listed in the client's metadata. */
function isAnnounced(clientId: string, redirectUri: string, client: ClientInformation | null): boolean {
  const isOwn = isSameOrigin(new URL(clientId), new URL(redirectUri));
  return isOwn || (client?.redirectUris.some((announced) => isSameUrl(announced, redirectUri)) ?? false);
}

function clientOf(c: ReceiverRequest): { readonly clientId: string; readonly redirectUri: string } {
  return {
    clientId: sameClient(c.req.query("client_id") ?? ""),
    redirectUri: c.req.query("redirect_uri") ?? "",
  };
}

function formTargetOf(redirectUri: string): string {
  const { protocol, origin } = new URL(redirectUri);
  return /^https?:$/.test(protocol) ? origin : protocol;
}

function pathOf(c: ReceiverRequest): string {
  const { pathname, search } = new URL(c.req.url);
  return pathname + search;
}
