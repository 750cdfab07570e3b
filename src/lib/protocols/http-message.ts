export interface GuardedRequest {
  readonly method?: "GET" | "HEAD" | "POST" | undefined;
  readonly accept?: string | undefined;
  readonly body?: { readonly type: string; readonly content: string | Uint8Array } | undefined;
  /** Sent as `Authorization: Bearer`, to a service that the operator has configured; redirects are then refused. */
  readonly bearer?: string | undefined;
  /** `ETag` and `Last-Modified` of an earlier response; status 304 means that it's still valid. */
  readonly ifNoneMatch?: string | undefined;
  readonly ifModifiedSince?: string | undefined;
  /** Whether to read a body of this media type (lower case, null when unknown). Default: always. */
  readonly wants?: ((mediaType: string | null) => boolean) | undefined;
  /** Handling of an unwanted body: leave it unread (default) or throw `content-type`. */
  readonly whenUnwanted?: "skip" | "fail" | undefined;
  readonly whenTooLarge?: "fail" | "truncate" | undefined;
  /** Time limit for the whole request: DNS lookups, connections, redirects and bodies. */
  readonly timeoutMs?: number | undefined;
  readonly maxBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface GuardedResponse {
  /** URL of the last hop. */
  readonly url: string;
  /** URLs that redirected, in order; empty without redirects. */
  readonly redirects: readonly string[];
  readonly status: number;
  /** The first header with this name, trimmed, or null. */
  header(name: string): string | null;
  /** All headers with this name in the order sent. */
  headers(name: string): readonly string[];
  /** Lower case, without parameters. */
  readonly mediaType: string | null;
  /** Decompressed body; empty when it was skipped. */
  readonly bytes: Buffer;
  readonly isTruncated: boolean;
  readonly isSkipped: boolean;
  /** The body as text, decoded with the response's charset. */
  text(): string;
}
