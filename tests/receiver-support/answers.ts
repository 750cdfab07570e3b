/** Whether a response to an invalid request has a specified status and reveals nothing about the program. */
export function isSafeFailure(status: number, body: string): boolean {
  const isKnown = [200, 201, 303, 400, 401, 403, 404, 405, 413, 429, 449].includes(status);
  return isKnown && !/\n\s+at .*\(|node:internal|\.ts:\d+/.test(body);
}

/**
 * Sends a request, and repeats it once if the connection was closed: generating values may take longer than the server
 * keeps idle connections open, and both ends run in one process.
 */
export async function sentAgain(send: () => Promise<Response>): Promise<Response> {
  try {
    return await send();
  } catch (error) {
    const cause: unknown = error instanceof TypeError ? error.cause : null;
    const isClosed =
      cause instanceof Error && "code" in cause && /ECONNRESET|UND_ERR_SOCKET/.test(String(cause.code));
    if (!isClosed) throw error;
    return await send();
  }
}
