/** Passkeys of the operator (https://www.w3.org/TR/webauthn-3/), verified by SimpleWebAuthn. */
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import * as z from "zod";
import type { ReceiverContext } from "../context.ts";
import { numberIn, textIn, textOrNull, type Database, type SqlRow } from "../store/database.ts";
import { newChallenge, takeChallenge } from "./challenges.ts";
import { jsonOf } from "../../lib/json-of.ts";

export interface Passkey {
  /** Base64url. */
  readonly id: string;
  /** Name chosen by the operator. */
  readonly name: string;
  /** Author id for posts of apps authorized with it; null for the blog's default author. */
  readonly author: string | null;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** Time of the last use, in ms since 1970; null when it has never been used. */
  readonly used: number | null;
}

/** Data that a page passes to the browser's passkey API. */
export interface PasskeyForm {
  /** Options of the WebAuthn API as JSON. */
  readonly options: string;
  readonly ticket: string;
}

/** EdDSA, ES256 and RS256 (COSE identifiers), which authenticators support. */
const ALGORITHMS = [-8, -7, -257];

const text = z.string().max(20_000);

const credential = { id: text, rawId: text, type: z.literal("public-key") };

const registrationSchema = z.object({
  ...credential,
  response: z.object({ clientDataJSON: text, attestationObject: text }),
});

const assertionSchema = z.object({
  ...credential,
  response: z.object({ clientDataJSON: text, authenticatorData: text, signature: text }),
});

/** All passkeys, oldest first. */
export async function passkeysOf(database: Database): Promise<readonly Passkey[]> {
  return (await database.all("SELECT * FROM passkey ORDER BY created, id")).map(passkeyOf);
}

export async function passkeyBy(database: Database, id: string): Promise<Passkey | null> {
  const [row] = await database.all("SELECT * FROM passkey WHERE id = ?", id);
  return row === undefined ? null : passkeyOf(row);
}

/** Removes a passkey, which ends the sessions started with it. */
export async function removePasskey(database: Database, id: string): Promise<void> {
  await database.all("DELETE FROM passkey WHERE id = ?", id);
}

/** Options for a browser to create a passkey. */
export async function registrationForm(context: ReceiverContext): Promise<PasskeyForm> {
  const { challenge, ticket } = await newChallenge(context, "register");
  const known = await passkeysOf(context.database);
  const options = await generateRegistrationOptions({
    rpName: "Backfence receiver",
    rpID: hostOf(context),
    userName: new URL(context.options.site).host,
    challenge: bytesOf(challenge),
    attestationType: "none",
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: known.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  return { options: JSON.stringify(options), ticket };
}

/** Options for a browser to sign in, without a list of the existing passkeys. */
export async function signInForm(context: ReceiverContext): Promise<PasskeyForm> {
  const { challenge, ticket } = await newChallenge(context, "sign-in");
  const options = await generateAuthenticationOptions({
    rpID: hostOf(context),
    challenge: bytesOf(challenge),
    userVerification: "required",
  });
  return { options: JSON.stringify(options), ticket };
}

/** Verifies and stores a passkey created by a browser. @returns whether it's valid. */
export async function registerPasskey(
  context: ReceiverContext,
  given: {
    readonly credential: string;
    readonly ticket: string;
    readonly name: string;
    readonly author: string | null;
  },
): Promise<boolean> {
  const { database, options, now } = context;
  const response = parsed(registrationSchema, given.credential);
  const expectedChallenge = await takeChallenge(context, "register", given.ticket);
  if (response === null || expectedChallenge === null) return false;
  const verified = await orNull(() =>
    verifyRegistrationResponse({
      response: { ...response, clientExtensionResults: {} },
      expectedChallenge,
      expectedOrigin: new URL(options.url).origin,
      expectedRPID: hostOf(context),
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  );
  if (verified?.verified !== true) return false;
  const { id, publicKey, counter } = verified.registrationInfo.credential;
  await database.all(
    "INSERT INTO passkey (id, public_key, counter, name, author, created) VALUES (?, ?, ?, ?, ?, ?)",
    ...[id, Buffer.from(publicKey).toString("base64url"), counter, given.name, given.author, now()],
  );
  return true;
}

/** The passkey that signed a challenge, or null. A counter that doesn't increase indicates a copied key. */
export async function signedBy(
  context: ReceiverContext,
  given: { readonly credential: string; readonly ticket: string },
): Promise<Passkey | null> {
  const { database, options, now } = context;
  const response = parsed(assertionSchema, given.credential);
  const expectedChallenge = await takeChallenge(context, "sign-in", given.ticket);
  if (response === null || expectedChallenge === null) return null;
  const [row] = await database.all("SELECT * FROM passkey WHERE id = ?", response.id);
  if (row === undefined) return null;
  const verified = await orNull(() =>
    verifyAuthenticationResponse({
      response: { ...response, clientExtensionResults: {} },
      expectedChallenge,
      expectedOrigin: new URL(options.url).origin,
      expectedRPID: hostOf(context),
      credential: {
        id: response.id,
        publicKey: bytesOf(textIn(row, "public_key")),
        counter: numberIn(row, "counter"),
      },
      requireUserVerification: true,
    }),
  );
  if (verified?.verified !== true) return null;
  const { newCounter } = verified.authenticationInfo;
  await database.all("UPDATE passkey SET counter = ?, used = ? WHERE id = ?", newCounter, now(), response.id);
  return passkeyOf(row);
}

function parsed<T>(schema: z.ZodType<T>, json: string): T | null {
  return schema.safeParse(jsonOf(json)).data ?? null;
}

/** Runs a verification; null for an invalid response, for which the library throws an Error. */
async function orNull<T>(verify: () => Promise<T>): Promise<T | null> {
  try {
    return await verify();
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

function hostOf({ options }: ReceiverContext): string {
  return new URL(options.url).hostname;
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(base64url, "base64url"));
}

function passkeyOf(row: SqlRow): Passkey {
  return {
    id: textIn(row, "id"),
    name: textIn(row, "name"),
    author: textOrNull(row, "author"),
    created: numberIn(row, "created"),
    used: row["used"] === null ? null : numberIn(row, "used"),
  };
}
