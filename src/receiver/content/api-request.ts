/** Requests to the API of a git host. Its URL is configured by the operator, so it may be on a private network. */
import * as z from "zod";
import { ContentStoreError } from "./content-store.ts";

export interface ApiOptions {
  /** Base URL of the API, with a trailing slash. */
  readonly api: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface ApiRequest {
  readonly method?: "GET" | "POST" | "PATCH";
  readonly body?: unknown;
  /** Accepted statuses besides 2xx. */
  readonly expected?: readonly number[];
}

export interface ApiAnswer {
  readonly status: number;
  readonly header: (name: string) => string | null;
  /** Parses the body. @throws ContentStoreError when it doesn't match the schema. */
  readonly json: <T>(schema: z.ZodType<T>) => T;
}

const TIMEOUT_MS = 20_000;

/**
 * Sends one request.
 * @throws ContentStoreError for an unexpected status, a network error or a timeout.
 */
export async function apiRequest(
  { api, headers }: ApiOptions,
  path: string,
  { method = "GET", body, expected = [] }: ApiRequest = {},
): Promise<ApiAnswer> {
  const url = new URL(path, api);
  const failed = (what: string, cause?: unknown) =>
    new ContentStoreError(`${method} ${url.host}${url.pathname}: ${what}`, { cause });
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      redirect: "manual",
      headers: {
        accept: "application/json",
        "user-agent": "Backfence receiver",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    text = await response.text();
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) throw failed("no answer", error);
    throw error;
  }
  const { status } = response;
  if (!response.ok && !expected.includes(status)) throw failed(`status ${status}`);
  return {
    status,
    header: (name) => response.headers.get(name),
    json: (schema) => {
      try {
        return schema.parse(JSON.parse(text));
      } catch (error) {
        if (error instanceof SyntaxError || error instanceof z.ZodError)
          throw failed("the answer isn't what the API promises", error);
        throw error;
      }
    },
  };
}

/** Decodes base64, also with line breaks, which some APIs insert. */
export function bytesOfBase64(text: string): Uint8Array {
  return Buffer.from(text, "base64");
}

export function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

/** Percent-encodes each segment of a path. */
export function encodedPath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
