/** The blog gives no answer, so nothing can be said about its addresses; a sender should try again. */
export class SiteUnavailableError extends Error {
  override readonly name = "SiteUnavailableError";
  static readonly retryAfterSeconds = 60;

  constructor(options?: ErrorOptions) {
    super("The blog doesn't answer at the moment; try again later", options);
  }
}
