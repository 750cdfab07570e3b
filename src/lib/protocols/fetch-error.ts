/** Why a guarded request got no answer. */
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
  /** Refused, reset, TLS trouble, or something that isn't HTTP. */
  | "network"
  /** The whole chain took longer than allowed. */
  | "timeout"
  /** The body, after decompression, is larger than allowed. */
  | "too-large"
  | "too-many-redirects"
  /** A redirect without a usable address, or one that would carry a token elsewhere. */
  | "bad-redirect"
  /** A content coding that wasn't offered, or a body that doesn't decompress. */
  | "bad-encoding"
  /** The body is of a type that the caller has no use for. */
  | "content-type"
  /** The page is there, but reading its HTML would cost more than a page is worth: a bomb. */
  | "too-complex"
  /** The caller gave up. */
  | "aborted";

const transientCodes: ReadonlySet<FetchErrorCode> = new Set([
  "dns",
  "network",
  "timeout",
  "bad-encoding",
  "aborted",
]);

/** A guarded request that failed before there was an answer to look at. */
export class FetchError extends Error {
  override readonly name = "FetchError";
  readonly code: FetchErrorCode;
  /** The address of the hop that failed. */
  readonly url: string;

  constructor(code: FetchErrorCode, url: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.url = url;
  }

  /** Whether the same request may succeed at another time. */
  get isTransient(): boolean {
    return transientCodes.has(this.code);
  }
}
