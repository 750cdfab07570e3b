export interface GuardedRequest {
  readonly method?: "GET" | "HEAD" | "POST" | undefined;
  readonly accept?: string | undefined;
  readonly body?: { readonly type: string; readonly content: string | Uint8Array } | undefined;
  /** Sent as `Authorization: Bearer`, for a service of the operator's own choice; then redirects are refused. */
  readonly bearer?: string | undefined;
  /** `ETag` and `Last-Modified` of an earlier answer: 304 says that it still holds. */
  readonly ifNoneMatch?: string | undefined;
  readonly ifModifiedSince?: string | undefined;
  /** Says whether the body of a media type (lower case, null when unknown) is wanted; all are by default. */
  readonly wants?: ((mediaType: string | null) => boolean) | undefined;
  /** What to do with an unwanted body: leave it unread (default) or throw `content-type`. */
  readonly whenUnwanted?: "skip" | "fail" | undefined;
  readonly whenTooLarge?: "fail" | "truncate" | undefined;
  /** For everything together: names, connections, redirects, bodies. */
  readonly timeoutMs?: number | undefined;
  readonly maxBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface GuardedResponse {
  /** Address of the last hop. */
  readonly url: string;
  /** Addresses that redirected, in order; empty when there was no redirect. */
  readonly redirects: readonly string[];
  readonly status: number;
  /** The first header of a name, trimmed, or null. */
  header(name: string): string | null;
  /** All headers of a name in the order sent. */
  headers(name: string): readonly string[];
  /** Lower case, without parameters. */
  readonly mediaType: string | null;
  /** Decompressed; empty when it wasn't wanted. */
  readonly bytes: Buffer;
  readonly isTruncated: boolean;
  readonly isSkipped: boolean;
  /** The bytes as text, by the page's own charset. */
  text(): string;
}
