/**
 * Error message for a Node version that Astro doesn't support; null for a supported one.
 *
 * @param version as in `process.version`: `v20.19.0`
 */
export function unsupportedNode(version: string): string | null {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 12)) return null;
  return (
    `Backfence needs Node 22.12 or later, and this is ${version}. ` +
    "Install Node 24 from https://nodejs.org/ and run the same command again."
  );
}
