/** Who may be shown: what accounts ask for, the author's block list, and what the author decided about both. */
import type { Settings } from "../site/settings.ts";
import type { NetworkAccount, OptOutSignal } from "./network-item.ts";

/** `#nobot`, `#nobots`, `#nobridge`, `#noindex`, `#noarchive` in a profile's text, also as links. */
const TAGS = /#(?:<[^>]{0,200}>)*(?:nobots?|nobridge|noindex|noarchive)\b/i;

/** The signal of a profile's text. */
export function signalsInBio(bio: string): readonly OptOutSignal[] {
  return TAGS.test(bio.slice(0, 10_000)) ? ["nobots"] : [];
}

export type Consent = "show" | "count" | "hide";

/**
 * @param isOwn whether the account is one of the blog's authors.
 * @returns `hide` for blocked and closed accounts, and for those that asked, unless the settings say otherwise.
 */
export function consentOf(account: NetworkAccount, privacy: Settings["privacy"], isOwn: boolean): Consent {
  if (account.isSuspended || isBlocked(account, privacy.block)) return "hide";
  if (isOwn || !account.signals.some((signal) => privacy.signals.includes(signal))) return "show";
  return privacy.optedOut;
}

/** Whether the block list names an account, by its id, its handle or the address of its profile. */
export function isBlocked(
  { uid, nickname, url }: { readonly [Name in "uid" | "nickname" | "url"]?: string | undefined },
  block: readonly string[],
): boolean {
  const names = [uid, nickname, url].flatMap((name) => (name === undefined ? [] : [spelt(name)]));
  return block.some((entry) => names.includes(spelt(entry)));
}

function spelt(name: string): string {
  return name.trim().replace(/^@/, "").replace(/\/$/, "").toLowerCase();
}
