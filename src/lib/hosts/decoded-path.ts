/** Percent-decodes a path; returns it unchanged if its encoding is invalid. */
export function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
