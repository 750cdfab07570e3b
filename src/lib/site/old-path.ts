import { isWebAddress } from "./values.ts";

/** The path of an old address: `old/path`, `\\old\\path` and `https://old.example/old/path` all give `/old/path`. */
export function oldPath(value: string): string {
  const address = value.trim();
  const path = isWebAddress(address) ? address.replace(/^https?:\/\/[^/?#]*/i, "") : address;
  return `/${path.replaceAll("\\", "/").replace(/^\/+/, "")}`;
}

/** Whether `_redirects` would interpret a path as a pattern: it contains `*`, or a colon and a name. */
export function isPatternOfHosts(path: string): boolean {
  return /\*|:[A-Za-z]/.test(path);
}
