/** Carries a checked authorization request through the consent page and back. */
import * as z from "zod";
import type { ReceiverContext } from "../context.ts";
import { hmacHex, isSameSecret } from "../secrets.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";

const VALID_MS = 10 * 60_000;

const ticketSchema = z.object({
  end: z.number(),
  clientId: z.string(),
  redirectUri: z.string(),
  state: z.string(),
  codeChallenge: z.string(),
  scopes: z.array(z.string()),
});

/** Serializes and signs a request; valid for ten minutes. */
export async function consentTicket(
  context: ReceiverContext,
  request: AuthorizationRequest,
): Promise<string> {
  const data = JSON.stringify({ ...request, end: context.now() + VALID_MS });
  const text = Buffer.from(data).toString("base64url");
  return `${text}.${await signed(context, text)}`;
}

/** The request in a ticket; null when the ticket is invalid or expired. */
export async function requestOf(
  context: ReceiverContext,
  ticket: string,
): Promise<AuthorizationRequest | null> {
  const [text = "", signature = ""] = ticket.split(".");
  if (!(await isSameSecret(signature, await signed(context, text)))) return null;
  const { end, ...request } = ticketSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  return end > context.now() ? request : null;
}

function signed({ options }: ReceiverContext, text: string): Promise<string> {
  return hmacHex(options.token, `consent ${text}`);
}
