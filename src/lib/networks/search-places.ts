/** Where networks are searched for posts that link to an article, and what of the finds is none. */
import type { PostResponse } from "../responses/model.ts";
import type { StoredName } from "../responses/pull/stored-conversation.ts";
import type { Settings } from "../site/settings.ts";
import type { Copy } from "./copies.ts";
import { copyAt, nameOf } from "./copies.ts";
import type { Finds } from "./search.ts";

/** A server whose search finds posts; its address is in the records of its finds, in place of a copy's. */
export interface SearchPlace {
  readonly network: Copy["network"];
  /** `https://social.example/`, or `https://bsky.app/` for Bluesky whatever AppView is asked. */
  readonly address: string;
  readonly origin: string;
  readonly token: string | null;
  /** False where nothing is searched and only earlier finds are read again. */
  readonly isOn: boolean;
}

export interface SearchPlacesOptions {
  readonly networks: Settings["networks"];
  readonly copies: readonly Copy[];
  readonly stored: readonly StoredName[];
  readonly tokens: ReadonlyMap<string, string>;
}

const BLUESKY = "https://bsky.app/";

/** Servers that are searched, and those whose earlier finds are stored; in an order that is always the same. */
export function searchPlaces({ networks, copies, stored, tokens }: SearchPlacesOptions): SearchPlace[] {
  const finds = new Set(stored.filter(isFind).map(({ copy }) => copy));
  const places: SearchPlace[] = [];
  const origins = new Set([
    ...[...tokens.keys()].filter(() => networks.search).map((host) => originOf(host, copies)),
    ...[...finds].flatMap((address) =>
      address === undefined || address === BLUESKY ? [] : [new URL(address).origin],
    ),
  ]);
  if (networks.mastodon)
    for (const origin of [...origins].sort()) {
      const token = tokens.get(new URL(origin).host) ?? null;
      const isOn = networks.search && token !== null;
      places.push({ network: "mastodon", address: `${origin}/`, origin, token, isOn });
    }
  if (networks.bluesky && (networks.search || finds.has(BLUESKY))) {
    const rest = { origin: networks.appView, token: null, isOn: networks.search };
    places.push({ network: "bluesky", address: BLUESKY, ...rest });
  }
  return places;
}

/** Whether a record was found by a search: it names a server, not a copy. */
export function isFind({ copy }: Pick<PostResponse, "copy">): boolean {
  const url = copy === undefined ? null : URL.parse(copy);
  return url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
}

/** Finds without the copies themselves and without what is stored as a part of a thread. */
export function newFinds(
  finds: Finds,
  copies: readonly Copy[],
  stored: readonly StoredName[],
): Finds["items"] {
  const inThreads = new Set(
    stored
      .filter((record) => record.copy !== undefined && record.status !== "deleted" && !isFind(record))
      .map((record) => String(record["wm-id"])),
  );
  const own = new Set(copies.map(nameOf));
  return finds.items.filter(({ item }) => {
    const copy = copyAt(item.url);
    const handle = item.account.nickname.replace(/^@/, "");
    const names =
      copy === null
        ? []
        : copy.network === "mastodon"
          ? [nameOf(copy)]
          : [nameOf(copy), nameOf({ ...copy, actor: handle })];
    return !inThreads.has(item.id) && names.every((name) => !own.has(name));
  });
}

/** A token's server, by the scheme of a copy on it. */
function originOf(host: string, copies: readonly Copy[]): string {
  const same = copies.find((copy) => copy.network === "mastodon" && new URL(copy.origin).host === host);
  return same?.network === "mastodon" ? same.origin : `https://${host}`;
}
