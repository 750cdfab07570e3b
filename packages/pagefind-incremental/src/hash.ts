import { createHash } from "node:crypto";

/** Part of every key of the cache: raise it when the result of reading a text, or a stored format, changes. */
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

/** Key of a value in the cache. @param kind what is stored, such as `tokens`. */
export function cacheKey(kind: string, ...parts: readonly string[]): string {
  return hashOf(FORMAT_VERSION, kind, ...parts);
}

/** The hash in digits and small letters: shorter than hexadecimal, and unambiguous on case-insensitive disks. */
export function shortName(hash: string, length: number): string {
  return BigInt(`0x${hash}`).toString(36).padStart(25, "0").slice(-length);
}
