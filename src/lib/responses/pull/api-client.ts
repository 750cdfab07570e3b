/** Requests JSON from a configured service (webmention.io, GitHub) and classifies errors. */
import { FetchError } from "../../protocols/fetch-error.ts";
import type { GuardedClient } from "../../protocols/guarded-fetch.ts";
import type { GuardedResponse } from "../../protocols/http-message.ts";

/** Same names as the exit codes. */
export type FaultKind =
  | "unreachable"
  | "serverError"
  | "timeout"
  | "badAnswer"
  | "tooLarge"
  | "rateLimit"
  | "tokenRefused"
  | "notConfigured";

/** Error of a service that couldn't be fetched; stored responses stay unchanged. */
export class PullFault extends Error {
  override readonly name = "PullFault";
  readonly kind: FaultKind;

  /** @param message one line for the operator, naming the service. */
  constructor(kind: FaultKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

export interface ApiRequest {
  /** Name of the service in messages: `webmention.io`. */
  readonly service: string;
  readonly token: string | null;
  /** How to set a token, as the end of a sentence: `set GITHUB_TOKEN`; undefined for a service without tokens. */
  readonly tokenHint?: string | undefined;
  readonly timeoutMs?: number | undefined;
  /** Sent as JSON with POST; without it, the request is a GET. */
  readonly json?: unknown;
  /** Statuses that are valid responses rather than errors; their body isn't parsed. */
  readonly expectedStatuses?: readonly number[];
}

export interface ApiAnswer {
  readonly status: number;
  /** Null for one of the expected statuses. */
  readonly value: unknown;
}

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 16 * 1024 * 1024;

/** @throws PullFault */
export async function fetchJson(client: GuardedClient, url: string, request: ApiRequest): Promise<ApiAnswer> {
  const { service } = request;
  let response: GuardedResponse;
  try {
    response = await client.fetch(url, {
      method: request.json === undefined ? "GET" : "POST",
      accept: "application/json",
      timeoutMs: request.timeoutMs ?? TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      bearer: request.token ?? undefined,
      body:
        request.json === undefined
          ? undefined
          : { type: "application/json", content: JSON.stringify(request.json) },
    });
  } catch (error) {
    if (error instanceof FetchError) throw faultOfError(error, service);
    throw error;
  }
  if (request.expectedStatuses?.includes(response.status) === true)
    return { status: response.status, value: null };
  const fault = faultOfStatus(response, request);
  if (fault !== null) throw fault;
  return { status: response.status, value: parsedJson(response, service) };
}

/** Converts an error without an HTTP response to a fault. */
export function faultOfError(error: FetchError, service: string): PullFault {
  const kinds: Partial<Record<FetchError["code"], FaultKind>> = {
    timeout: "timeout",
    "too-large": "tooLarge",
    "bad-encoding": "badAnswer",
    "bad-redirect": "badAnswer",
    "too-many-redirects": "badAnswer",
    "content-type": "badAnswer",
  };
  const kind = kinds[error.code] ?? "unreachable";
  const isNamed = error.message.startsWith(`${service} `);
  return new PullFault(kind, isNamed ? error.message : `${service}: ${error.message}`, { cause: error });
}

/** Returns the fault for an error status, or null for 2xx. */
export function faultOfStatus(
  response: GuardedResponse,
  { service, token, tokenHint }: Pick<ApiRequest, "service" | "token" | "tokenHint">,
): PullFault | null {
  const { status } = response;
  if (status >= 200 && status < 300) return null;
  const isExhausted =
    response.header("x-ratelimit-remaining") === "0" || response.header("retry-after") !== null;
  if (status === 429 || (status === 403 && isExhausted)) {
    const wait = response.header("retry-after");
    const when = wait !== null && /^\d+$/.test(wait) ? `for ${wait} seconds` : "for a while";
    return new PullFault("rateLimit", `${service} asks to wait ${when} (${status})`);
  }
  if (status === 401 || status === 403) {
    if (tokenHint === undefined)
      return new PullFault("badAnswer", `${service} refuses requests without a login (${status})`);
    return token === null
      ? new PullFault("notConfigured", `${service} needs a token (${status}), and none is set: ${tokenHint}`)
      : new PullFault(
          "tokenRefused",
          `${service} refuses the token (${status}), which is wrong, revoked, or lacks a scope: ${tokenHint}`,
        );
  }
  if (status >= 500) return new PullFault("serverError", `${service} answered with ${status}`);
  return new PullFault("badAnswer", `${service} answered with ${status}`);
}

/** Parses the JSON of a response. @throws PullFault */
export function parsedJson(response: GuardedResponse, service: string): unknown {
  const text = response.text();
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const beginning = JSON.stringify(text.slice(0, 40));
    throw new PullFault("badAnswer", `${service} answered with something other than JSON: ${beginning}`, {
      cause,
    });
  }
}
