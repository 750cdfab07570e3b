/** A Micropub error response (https://www.w3.org/TR/micropub/#error-response). The message is sent to the client. */
export class MicropubError extends Error {
  override readonly name = "MicropubError";
  readonly status: 400 | 401 | 403 | 404 | 413 | 429;
  readonly code:
    "invalid_request" | "unauthorized" | "invalid_token" | "insufficient_scope" | "forbidden" | "not_found";

  constructor(status: MicropubError["status"], code: MicropubError["code"], message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function invalid(message: string): MicropubError {
  return new MicropubError(400, "invalid_request", message);
}
