import { escapeXml } from "../escape.ts";
import type { GuardedClient } from "./guarded-fetch.ts";
import type { SendResult } from "./send-result.ts";
import { firstLine, resultOfStatus } from "./send-result.ts";
import type { XmlTag } from "./xml.ts";
import { readXml, XmlError } from "./xml.ts";

/** Faults that a retry may fix: a generic error (0), source not found (16), or an error of an upstream server (50). */
const transientFaults: ReadonlySet<number> = new Set([0, 16, 50]);
/** "The pingback has already been registered": counts as accepted. */
const ALREADY_REGISTERED = 48;

/** Response of a pingback server. */
export type PingbackAnswer =
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "fault"; readonly code: number; readonly text: string };

/**
 * Calls `pingback.ping(sourceURI, targetURI)`. Pingback 1.0, http://hixie.ch/specs/pingback/pingback
 *
 * @throws FetchError
 */
export async function sendPingback(
  endpoint: string,
  source: string,
  target: string,
  client: GuardedClient,
): Promise<SendResult> {
  const response = await client.fetch(endpoint, {
    method: "POST",
    accept: "text/xml, application/xml",
    body: { type: "text/xml; charset=utf-8", content: pingbackCall(source, target) },
    maxBytes: 8 * 1024,
  });
  const { status } = response;
  if (status !== 200) return resultOfStatus(status, `HTTP ${status}`);
  try {
    return resultOfAnswer(parsePingbackAnswer(response.text()), status);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return {
      outcome: "failed",
      status,
      message: `The response isn't valid XML-RPC: ${firstLine(error.message)}`,
    };
  }
}

/** Returns the XML-RPC call as text. */
export function pingbackCall(source: string, target: string): string {
  const params = [source, target]
    .map((uri) => `    <param><value><string>${escapeXml(uri)}</string></value></param>`)
    .join("\n");
  return `<?xml version="1.0" encoding="utf-8"?>
<methodCall>
  <methodName>pingback.ping</methodName>
  <params>
${params}
  </params>
</methodCall>
`;
}

/**
 * Parses a pingback server's response: a string or a fault.
 *
 * @throws XmlError
 */
export function parsePingbackAnswer(xml: string): PingbackAnswer {
  const path: string[] = [];
  const members: { name: string; value: string }[] = [];
  let result: string | null = null;
  let isFault = false;
  readXml(xml.trim(), {
    open: ({ name }: XmlTag) => {
      path.push(name);
      if (name === "member") members.push({ name: "", value: "" });
      if (name === "fault") isFault = true;
      if (path.join("/") === "methodResponse/params/param/value") result ??= "";
    },
    close: () => void path.pop(),
    text: (text) => {
      const member = members.at(-1);
      if (member !== undefined && path.includes("member")) {
        if (path.at(-1) === "name") member.name += text;
        else if (path.includes("value")) member.value += text.trim();
      } else if (path.includes("param") && result !== null) result += text;
    },
  });
  if (isFault) {
    const code = Number(members.find(({ name }) => name.trim() === "faultCode")?.value || 0);
    const text = members.find(({ name }) => name.trim() === "faultString")?.value ?? "";
    return { kind: "fault", code, text };
  }
  if (result === null) throw new XmlError("No methodResponse with one value");
  return { kind: "string", text: result };
}

function resultOfAnswer(answer: PingbackAnswer, status: number): SendResult {
  if (answer.kind === "string") return { outcome: "accepted", status, message: firstLine(answer.text) };
  const message = `Fault ${answer.code}: ${firstLine(answer.text)}`;
  if (answer.code === ALREADY_REGISTERED) return { outcome: "accepted", status, message };
  return { outcome: transientFaults.has(answer.code) ? "failed" : "refused", status, message };
}
