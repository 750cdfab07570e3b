/** Selects the servers to search for posts that link to an article, and filters the results. */
import type { PostResponse } from "../responses/model.ts";
import type { StoredName } from "../responses/pull/stored-conversation.ts";
import type { Settings } from "../site/settings.ts";
import type { Copy } from "./copies.ts";
import { copyAt, nameOf } from "./copies.ts";
import type { Finds } from "./search.ts";

/** A server to search. Records of its results have its URL in `copy`, in place of a copy's URL. */
export interface SearchPlace {
  readonly network: Copy["network"];
  /** `https://social.example/`, or `https://bsky.app/` for Bluesky with any AppView. */
  readonly address: string;
  readonly origin: string;
  readonly token: string | null;
  /** False: no search, only earlier results are read again. */
  readonly isOn: boolean;
}

export interface SearchPlacesOptions {
  readonly networks: Settings["networks"];
  readonly copies: readonly Copy[];
  readonly stored: readonly StoredName[];
  readonly tokens: ReadonlyMap<string, string>;
}

const BLUESKY = "https://bsky.app/";

/** Servers to search, and servers with stored results of earlier searches; always in the same order. */
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

/** Whether a record was found by a search: its `copy` is the URL of a server, without a path. */
export function isFind({ copy }: Pick<PostResponse, "copy">): boolean {
  const url = copy === undefined ? null : URL.parse(copy);
  return url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
}

/** Search results except the blog's own copies and posts that are already stored as part of a thread. */
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

/** Origin of a token's server: that of a copy with the same host, else https. */
function originOf(host: string, copies: readonly Copy[]): string {
  const same = copies.find((copy) => copy.network === "mastodon" && new URL(copy.origin).host === host);
  return same?.network === "mastodon" ? same.origin : `https://${host}`;
}
