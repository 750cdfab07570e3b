/** Blocked domains: `content/responses/blocked.yaml`, one per line; moderators may edit it by hand. */
import { parseDocument } from "yaml";
import * as z from "zod";
import { AuthorError } from "../author-error.ts";
import { readFileIfExists, responsesFile, writeFileAtomic } from "./store.ts";

const FILE = "blocked.yaml";

const HEADER =
  "# Domains whose responses are spam, including subdomains. One per line; `moderate --block` adds to it.\n";

/**
 * Returns the blocked domains; empty without a file.
 * @throws AuthorError if the file isn't a list of domains.
 */
export function readBlocked(contentDir: string): Set<string> {
  const file = responsesFile(contentDir, FILE);
  const text = readFileIfExists(file.path);
  if (text === null) return new Set();
  const document = parseDocument(text);
  const list = z
    .array(z.string())
    .nullable()
    .safeParse(document.errors.length === 0 ? document.toJS() : 0);
  const wrong = list.success ? (list.data ?? []).find((entry) => domainOf(entry) === null) : "";
  if (!list.success || wrong !== undefined) {
    const message = list.success ? `“${wrong}” isn't a domain` : "This is not a list of domains";
    const hint = "Write one domain a line, each after a dash:\n- pills.example\n- cheap-boots.example";
    throw new AuthorError([{ message, file: file.name, hint }]);
  }
  return new Set((list.data ?? []).map(domainOf).filter((domain) => domain !== null));
}

/** Appends a domain to the file and keeps its comments. @returns whether the domain was new. */
export function addBlocked(contentDir: string, domain: string): boolean {
  if (readBlocked(contentDir).has(domain)) return false;
  const file = responsesFile(contentDir, FILE).path;
  const text = readFileIfExists(file) ?? HEADER;
  writeFileAtomic(file, `${text}${text.endsWith("\n") ? "" : "\n"}- ${domain}\n`);
  return true;
}

/** Removes a domain from the file. */
export function removeBlocked(contentDir: string, domain: string): void {
  const file = responsesFile(contentDir, FILE).path;
  const lines = (readFileIfExists(file) ?? "").split("\n");
  const isIt = (line: string) => line.startsWith("-") && domainOf(line.slice(1).trim()) === domain;
  writeFileAtomic(file, lines.filter((line) => !isIt(line)).join("\n"));
}

/** Normalizes a domain, given as a domain or URL; null for anything else and for top-level domains. */
export function domainOf(entry: string): string | null {
  const address = /^https?:\/\//i.test(entry) ? entry : `https://${entry}`;
  if (/\s/.test(entry) || !URL.canParse(address)) return null;
  const host = new URL(address).hostname.replace(/^www\./, "").replace(/\.$/, "");
  return host.includes(".") ? host : null;
}
