import { isWebAddress } from "./values.ts";

/** The path of an old address as people write it: `old/path`, `\\old\\path` and `https://old.example/old/path` are all `/old/path`. */
export function oldPath(value: string): string {
  const address = value.trim();
  const path = isWebAddress(address) ? address.replace(/^https?:\/\/[^/?#]*/i, "") : address;
  return `/${path.replaceAll("\\", "/").replace(/^\/+/, "")}`;
}

/** Whether hosts that read `_redirects` take a part of an address for any text: `*`, or a name after a colon. */
export function isPatternOfHosts(path: string): boolean {
  return /\*|:[A-Za-z]/.test(path);
}
