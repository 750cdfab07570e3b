/** Authorization codes, access tokens and refresh tokens: random, stored as hashes, all with an expiry time. */
import type { ReceiverContext } from "../context.ts";
import { sameClient } from "./client-urls.ts";
import { randomToken, sha256Hex } from "../secrets.ts";
import {
  numberIn,
  statement,
  textIn,
  textOrNull,
  type Database,
  type SqlRow,
  type Statement,
} from "../store/database.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const CODE_MS = 5 * MINUTE_MS;
export const ACCESS_MS = 30 * DAY_MS;
/** A client that isn't used for this long must request authorization again. */
const REFRESH_MS = 180 * DAY_MS;
/** How long expired codes and ended tokens are kept, to detect their reuse. */
const REMEMBERED_MS = 30 * DAY_MS;

/** Access that the operator granted to a client. */
export interface Grant {
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Id of the author who signed in; null for the blog's default author. */
  readonly author: string | null;
}

export interface CodeRequest extends Grant {
  readonly redirectUri: string;
  /** PKCE challenge, S256. */
  readonly codeChallenge: string;
}

export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** A valid access token from the database. */
export interface AccessToken extends Grant {
  readonly hash: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly expires: number;
}

/** A client with access, for the operator's page. */
export interface GrantedClient {
  readonly family: string;
  readonly clientId: string;
  readonly scope: string;
  readonly author: string | null;
  readonly created: number;
  readonly used: number | null;
}

/** Issues a code for a single use within five minutes. */
export async function issueCode({ database, now }: ReceiverContext, request: CodeRequest): Promise<string> {
  const code = secret();
  await database.all(
    "INSERT INTO auth_code (hash, client, redirect, challenge, scope, author, expires) VALUES (?, ?, ?, ?, ?, ?, ?)",
    ...[await sha256Hex(code), request.clientId, request.redirectUri, request.codeChallenge],
    ...[request.scopes.join(" "), request.author, now() + CODE_MS],
  );
  return code;
}

/**
 * Uses up a code, even if the rest of the request is invalid. A second use revokes the tokens issued for the first
 * (RFC 6749, 4.1.2).
 * @returns the grant and the family for its tokens; null when the code isn't valid for this request.
 */
export async function redeemCode(
  { database, now }: ReceiverContext,
  given: {
    readonly code: string;
    readonly clientId: string;
    readonly redirectUri: string;
    readonly verifier: string;
  },
): Promise<{ readonly grant: Grant; readonly family: string } | null> {
  const hash = await sha256Hex(given.code);
  const [row] = await database.all("UPDATE auth_code SET used = used + 1 WHERE hash = ? RETURNING *", hash);
  if (row === undefined) return null;
  if (numberIn(row, "used") > 1) {
    await endFamily(database, hash, now());
    return null;
  }
  const isMeant =
    numberIn(row, "expires") > now() &&
    textIn(row, "client") === sameClient(given.clientId) &&
    textIn(row, "redirect") === given.redirectUri &&
    textIn(row, "challenge") === (await s256(given.verifier));
  return isMeant ? { grant: grantOf(row), family: hash } : null;
}

/** Issues a pair of tokens; null when the family was revoked meanwhile, such as by a second use of its code. */
export async function issueTokens(
  { database, now }: ReceiverContext,
  grant: Grant,
  family: string,
  /** Scopes of the access token, if fewer than granted. */
  scopes: readonly string[] = grant.scopes,
): Promise<IssuedTokens | null> {
  const [accessToken, refreshToken] = [secret(), secret()];
  const insert = async (
    kind: "access" | "refresh",
    token: string,
    scope: readonly string[],
    lifeMs: number,
  ) =>
    statement(
      `INSERT INTO auth_token (hash, kind, family, client, scope, author, created, expires) SELECT ?, ?, ?, ?, ?, ?, ?, ?
       WHERE NOT EXISTS (SELECT 1 FROM auth_code WHERE hash = ? AND used > 1) RETURNING hash`,
      ...[await sha256Hex(token), kind, family, grant.clientId, scope.join(" "), grant.author],
      ...[now(), now() + lifeMs, family],
    );
  const [inserted = []] = await database.batch([
    await insert("access", accessToken, scopes, ACCESS_MS),
    await insert("refresh", refreshToken, grant.scopes, REFRESH_MS),
  ]);
  return inserted.length === 0 ? null : { accessToken, refreshToken };
}

/**
 * Uses up a refresh token. A second use, even a simultaneous one, indicates a stolen token, so its whole family is
 * revoked (RFC 9700, 4.14.2).
 * @param scopes requested scopes.
 * @returns the grant and its family; null when the token isn't valid for this client; `invalid_scope` for scopes that
 *   weren't granted, in which case the token stays valid.
 */
export async function redeemRefreshToken(
  { database, now }: ReceiverContext,
  token: string,
  clientId: string,
  scopes: readonly string[],
): Promise<{ readonly grant: Grant; readonly family: string } | "invalid_scope" | null> {
  const hash = await sha256Hex(token);
  const [found] = await database.all("SELECT * FROM auth_token WHERE hash = ? AND kind = 'refresh'", hash);
  if (found === undefined) return null;
  const granted = grantOf(found).scopes;
  if (scopes.some((scope) => !granted.includes(scope))) return "invalid_scope";
  const [row] = await database.all(
    `UPDATE auth_token SET ended = ?, used = ? WHERE hash = ? AND kind = 'refresh' AND ended IS NULL
     AND client = ? AND expires > ? RETURNING *`,
    ...[now(), now(), hash, sameClient(clientId), now()],
  );
  if (row !== undefined) return { grant: grantOf(row), family: textIn(row, "family") };
  const [used] = await database.all(
    "SELECT family FROM auth_token WHERE hash = ? AND ended IS NOT NULL",
    hash,
  );
  if (used !== undefined) await endFamily(database, textIn(used, "family"), now());
  return null;
}

/** Looks up an access token and records its use; null when it isn't valid. */
export async function accessTokenBy(
  { database, now }: Pick<ReceiverContext, "database" | "now">,
  token: string,
): Promise<AccessToken | null> {
  const [row] = await database.all(
    "UPDATE auth_token SET used = ? WHERE hash = ? AND kind = 'access' AND ended IS NULL AND expires > ? RETURNING *",
    ...[now(), await sha256Hex(token), now()],
  );
  if (row === undefined) return null;
  return {
    ...grantOf(row),
    hash: textIn(row, "hash"),
    created: numberIn(row, "created"),
    expires: numberIn(row, "expires"),
  };
}

/** Revokes a token; for a refresh token, its whole family (RFC 7009, 2.1). */
export async function revokeToken({ database, now }: ReceiverContext, token: string): Promise<void> {
  const [row] = await database.all(
    "UPDATE auth_token SET ended = COALESCE(ended, ?) WHERE hash = ? RETURNING *",
    ...[now(), await sha256Hex(token)],
  );
  if (row !== undefined && textIn(row, "kind") === "refresh")
    await endFamily(database, textIn(row, "family"), now());
}

/** Revokes all tokens of one consent, including those about to be issued. */
export async function endFamily(database: Database, family: string, now: number): Promise<void> {
  await database.batch([
    statement("UPDATE auth_token SET ended = ? WHERE family = ? AND ended IS NULL", now, family),
    statement("UPDATE auth_code SET used = used + 1 WHERE hash = ?", family),
  ]);
}

/** Clients with access, newest first. */
export async function grantedClients({
  database,
  now,
}: Pick<ReceiverContext, "database" | "now">): Promise<readonly GrantedClient[]> {
  const rows = await database.all(
    `SELECT family, client, scope, author, MIN(created) AS created, MAX(used) AS used FROM auth_token
     WHERE family IN (SELECT family FROM auth_token WHERE ended IS NULL AND expires > ?)
     GROUP BY family ORDER BY MIN(created) DESC`,
    now(),
  );
  return rows.map((row) => ({
    family: textIn(row, "family"),
    clientId: textIn(row, "client"),
    scope: textIn(row, "scope"),
    author: textOrNull(row, "author"),
    created: numberIn(row, "created"),
    used: row["used"] === null ? null : numberIn(row, "used"),
  }));
}

/** Deletes expired tokens, and tokens revoked and codes expired more than 30 days ago. */
export function forgetTokenStatements(now: number): readonly Statement[] {
  return [
    statement("DELETE FROM auth_token WHERE expires < ? OR ended < ?", now, now - REMEMBERED_MS),
    // The code of a family records whether the family was revoked, so it's kept as long as its tokens.
    statement(
      "DELETE FROM auth_code WHERE expires < ? AND hash NOT IN (SELECT family FROM auth_token)",
      now - REMEMBERED_MS,
    ),
  ];
}

/** https://www.rfc-editor.org/rfc/rfc7636#section-4.6 */
async function s256(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return Buffer.from(digest).toString("base64url");
}

/** 256 bits. */
function secret(): string {
  return randomToken() + randomToken();
}

function grantOf(row: SqlRow): Grant {
  return {
    clientId: textIn(row, "client"),
    scopes: textIn(row, "scope").split(" ").filter(Boolean),
    author: textOrNull(row, "author"),
  };
}
