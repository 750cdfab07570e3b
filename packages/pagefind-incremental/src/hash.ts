import { createHash } from "node:crypto";

/** Part of every cache key; increase it when the result of parsing a text, or a stored format, changes. */
const FORMAT_VERSION = "6";

/** SHA-256 of the parts, each preceded by its length; 32 hexadecimal digits. */
export function hashOf(...parts: readonly (string | Uint8Array)[]): string {
  const joint = createHash("sha256");
  for (const part of parts) {
    joint.update(`${Buffer.byteLength(part)}:`);
    joint.update(part);
  }
  return joint.digest("hex").slice(0, 32);
}

/** Cache key of a value. @param kind type of the value, such as `tokens`. */
export function cacheKey(kind: string, ...parts: readonly string[]): string {
  return hashOf(FORMAT_VERSION, kind, ...parts);
}

/** Shortens a hash to base 36: shorter than hexadecimal, and unambiguous on case-insensitive file systems. */
export function shortName(hash: string, length: number): string {
  return BigInt(`0x${hash}`).toString(36).padStart(25, "0").slice(-length);
}
