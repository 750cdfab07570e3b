import { type LinkResult, withoutFragment } from "./check-links.ts";
import type { OutgoingLink } from "./outgoing-links.ts";

/** A link to a missing page. */
export interface DeadLink extends OutgoingLink {
  readonly reason: string;
  /** Address of an archived copy; null if there is none. */
  readonly copy: string | null;
}

/** Dead links in the order of `links`. @param copyOf finds an archived copy; called once per address. */
export async function deadLinks(
  links: readonly OutgoingLink[],
  results: ReadonlyMap<string, LinkResult>,
  copyOf: (url: string, date: string | null) => Promise<string | null>,
): Promise<DeadLink[]> {
  const copies = new Map<string, string | null>();
  const dead: DeadLink[] = [];
  for (const link of links) {
    const url = withoutFragment(link.url);
    const result = results.get(url);
    if (result?.verdict !== "dead") continue;
    const copy = copies.has(url) ? (copies.get(url) ?? null) : await copyOf(url, link.date);
    copies.set(url, copy);
    dead.push({ ...link, reason: result.reason, copy });
  }
  return dead;
}

/** The report as text: dead links with file, line and suggestion, addresses without a clear answer, and counts. */
export function linkReport(dead: readonly DeadLink[], results: ReadonlyMap<string, LinkResult>): string {
  const blocks = dead.map(({ file, line, url, reason, copy }) => {
    const hint =
      copy === null ? "No archived copy is known: remove the link, or find the page's new address." : copy;
    return `${file}:${line}\n  ${url} is gone (${reason})\n    ${copy === null ? hint : `Archived copy: ${hint}`}\n\n`;
  });
  const unclear = [...results].filter(([, { verdict }]) => verdict === "unclear");
  const rest = unclear.length === 0 ? "" : `, ${unclear.length} without a clear answer`;
  const reasons = unclear.map(([url, { reason }]) => `  ${url} (${reason})\n`).join("");
  const list = unclear.length === 0 ? "" : `Without a clear answer; asked again after a day:\n${reasons}\n`;
  return `${blocks.join("")}${list}Addresses: ${results.size}; dead links: ${dead.length}${rest}.\n`;
}
