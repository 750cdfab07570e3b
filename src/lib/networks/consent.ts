/** Decides whether an account is shown, by its opt-out signals and the blog's block list and privacy settings. */
import type { Settings } from "../site/settings.ts";
import type { NetworkAccount, OptOutSignal } from "./network-item.ts";

/** `#nobot`, `#nobots`, `#nobridge`, `#noindex` or `#noarchive` in a profile text, also with tags after the `#`. */
const TAGS = /#(?:<[^>]{0,200}>)*(?:nobots?|nobridge|noindex|noarchive)\b/i;

/** Opt-out signals in the first 10,000 characters of a profile text. */
export function signalsInBio(bio: string): readonly OptOutSignal[] {
  return TAGS.test(bio.slice(0, 10_000)) ? ["nobots"] : [];
}

export type Consent = "show" | "count" | "hide";

/**
 * @param isOwn whether the account is one of the blog's authors.
 * @returns `hide` for suspended and blocked accounts; `privacy.optedOut` for accounts with one of `privacy.signals`,
 *   unless they are the blog's own; otherwise `show`.
 */
export function consentOf(account: NetworkAccount, privacy: Settings["privacy"], isOwn: boolean): Consent {
  if (account.isSuspended || isBlocked(account, privacy.block)) return "hide";
  if (isOwn || !account.signals.some((signal) => privacy.signals.includes(signal))) return "show";
  return privacy.optedOut;
}

/** Whether the block list contains an account's id, handle or profile URL. */
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
