/** Thrown while the blog doesn't respond, so that its posts can't be looked up; the sender should retry. */
export class SiteUnavailableError extends Error {
  override readonly name = "SiteUnavailableError";
  static readonly retryAfterSeconds = 60;

  constructor(options?: ErrorOptions) {
    super("The blog doesn't answer at the moment; try again later", options);
  }
}
