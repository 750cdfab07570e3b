/** Whether an answer to nonsense is one that a specification knows, and says nothing about the program. */
export function isSafeFailure(status: number, body: string): boolean {
  const isKnown = [200, 201, 303, 400, 401, 403, 404, 405, 413, 429, 449].includes(status);
  return isKnown && !/\n\s+at .*\(|node:internal|\.ts:\d+/.test(body);
}
