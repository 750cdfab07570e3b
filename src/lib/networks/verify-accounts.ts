/** Checks the accounts that authors list: looks up their ids, and whether they link back to the blog. */
import type { AuthorAccount } from "../content/author-accounts.ts";
import { FetchError } from "../protocols/fetch-error.ts";
import type { GuardedClient } from "../protocols/guarded-fetch.ts";
import { elementsOf } from "../protocols/html-tree.ts";
import { isHtml, parsePage } from "../protocols/page.ts";
import { isSameAddress } from "../responses/targets.ts";
import { didSchema } from "./bluesky-schema.ts";
import { accountSchema } from "./mastodon-schema.ts";
import type { NetworkSession } from "./session.ts";

export interface AccountReport {
  readonly account: AuthorAccount;
  /** The account's id on the network; null when the account doesn't exist. */
  readonly id: string | null;
  /** Whether the account exists and the listed id, if any, matches. Always true for GitHub, which isn't queried. */
  readonly isRight: boolean;
  /** Proof that the account belongs to the blog: a `rel=me` link back, or a handle within the blog's domain. */
  readonly proof: "rel-me" | "domain" | null;
}

export interface VerifyOptions {
  readonly session: NetworkSession;
  readonly client: GuardedClient;
  readonly appView: string;
  /** Accepted targets of `rel=me`: URLs of the blog, the author's page, and the author's own sites. */
  readonly ownAddresses: readonly string[];
}

/** Looks up an account and its proof. @throws PullFault when a server can't be reached. */
export async function verifyAccount(account: AuthorAccount, options: VerifyOptions): Promise<AccountReport> {
  if (account.network === "github") return { account, id: account.id, isRight: true, proof: null };
  const found =
    account.network === "mastodon"
      ? await mastodonAccount(account, options)
      : await blueskyAccount(account, options);
  const isRight = found.id !== null && (account.id === null || account.id === found.id);
  return { account, isRight, ...found };
}

type Found = Pick<AccountReport, "id" | "proof">;

async function mastodonAccount({ url, name }: AuthorAccount, options: VerifyOptions): Promise<Found> {
  const { origin, host } = new URL(url);
  const user = name.split("@")[1] ?? "";
  const lookup = `${origin}/api/v1/accounts/lookup?acct=${encodeURIComponent(user)}`;
  const { status, value } = await options.session.ask(lookup, { service: host, expected: [404, 410] });
  const account = status >= 400 ? null : accountSchema.safeParse(value);
  if (account === null || !account.success) return { id: null, proof: null };
  const verified = account.data.fields
    .filter(({ verified_at: at }) => at != null)
    .map(({ value: html }) => html);
  const isProven =
    verified.some((html) => options.ownAddresses.some((own) => html.includes(`"${own}"`))) ||
    (await hasLinkBack(account.data.url ?? url, options));
  return { id: account.data.uri ?? account.data.url ?? null, proof: isProven ? "rel-me" : null };
}

async function blueskyAccount({ name }: AuthorAccount, options: VerifyOptions): Promise<Found> {
  const handle = name.replace(/^@/, "");
  const url = `${options.appView.replace(/\/$/, "")}/xrpc/com.atproto.identity.resolveHandle?${new URLSearchParams({ handle }).toString()}`;
  const { status, value } = await options.session.ask(url, { service: "Bluesky", expected: [400, 404] });
  const did = status >= 400 ? null : didSchema.safeParse(value);
  if (did === null || !did.success) return { id: null, proof: null };
  const hosts = options.ownAddresses.flatMap((own) => URL.parse(own)?.hostname.replace(/^www\./, "") ?? []);
  const isOwnDomain = hosts.some((host) => handle === host || handle.endsWith(`.${host}`));
  return { id: did.data.did, proof: isOwnDomain ? "domain" : null };
}

/** Whether a profile links to the blog with `rel=me`. */
async function hasLinkBack(profile: string, { client, ownAddresses }: VerifyOptions): Promise<boolean> {
  try {
    const response = await client.fetch(profile, {
      accept: "text/html",
      wants: isHtml,
      whenTooLarge: "truncate",
    });
    const page = response.status === 200 && !response.isSkipped ? parsePage(response) : null;
    if (page === null) return false;
    return [...elementsOf(page.tree)].some((element) => {
      const rel = element.attribute("rel")?.toLowerCase().split(/\s+/) ?? [];
      const href = URL.parse(element.attribute("href") ?? "", page.url)?.href;
      return rel.includes("me") && href !== undefined && ownAddresses.some((own) => isSameAddress(own, href));
    });
  } catch (error) {
    if (error instanceof FetchError) return false;
    throw error;
  }
}

/** The lines of `content/authors/<id>.yaml` for an account with its id. */
export function accountLines({ network, name }: AuthorAccount, id: string): string {
  const shown = network === "bluesky" ? name.replace(/^@/, "") : `"${name}"`;
  return `  - ${network}: ${shown}\n    id: ${id}\n`;
}
