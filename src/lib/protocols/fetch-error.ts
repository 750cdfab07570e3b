/** Reason why a guarded request failed. */
export type FetchErrorCode =
  /** Not an absolute URL. */
  | "bad-url"
  /** Neither http nor https. */
  | "bad-scheme"
  /** The URL contains a user name or password. */
  | "credentials"
  /** A port other than 80 and 443. */
  | "blocked-port"
  /** The host is, or resolves to, an address that isn't public. */
  | "blocked-address"
  /** The name doesn't resolve. */
  | "dns"
  /** Connection refused or reset, TLS error, or a response that isn't HTTP. */
  | "network"
  /** The whole redirect chain took longer than allowed. */
  | "timeout"
  /** The body, after decompression, is larger than allowed. */
  | "too-large"
  | "too-many-redirects"
  /** A redirect without a valid URL, or of a request with a token. */
  | "bad-redirect"
  /** A content coding that wasn't offered, or a body that doesn't decompress. */
  | "bad-encoding"
  /** The caller doesn't want bodies of this media type. */
  | "content-type"
  /** The page's HTML exceeds the parser's limits (an HTML bomb). */
  | "too-complex"
  /** The caller aborted the request. */
  | "aborted";

const transientCodes: ReadonlySet<FetchErrorCode> = new Set([
  "dns",
  "network",
  "timeout",
  "bad-encoding",
  "aborted",
]);

/** Error of a guarded request that failed without a usable response. */
export class FetchError extends Error {
  override readonly name = "FetchError";
  readonly code: FetchErrorCode;
  /** URL of the hop that failed. */
  readonly url: string;

  constructor(code: FetchErrorCode, url: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.url = url;
  }

  /** Whether a retry may succeed. */
  get isTransient(): boolean {
    return transientCodes.has(this.code);
  }
}
