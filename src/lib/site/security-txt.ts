import type { FileSpec } from "./outputs.ts";
import type { Settings } from "./settings.ts";
import { textFile } from "./text-file.ts";
import type { SiteUrls } from "./urls.ts";

/**
 * `/.well-known/security.txt` (RFC 9116), if the author has set a contact. The file applies to the whole host, so if
 * the blog is in a folder of its host, the author must copy it to the host's root.
 */
export function securityFiles({ security }: Pick<Settings, "security">, urls: SiteUrls): FileSpec[] {
  if (security === null) return [];
  const { contact, expires, policy, languages } = security;
  const path = "/.well-known/security.txt";
  const lines = [
    ...contact.map((address) => `Contact: ${address}`),
    `Expires: ${expires}T23:59:59Z`,
    ...(languages.length === 0 ? [] : [`Preferred-Languages: ${languages.join(", ")}`]),
    `Canonical: ${urls.absolute(path)}`,
    ...(policy === null ? [] : [`Policy: ${policy}`]),
  ];
  return [textFile(path, lines.map((line) => `${line}\n`).join(""))];
}
