/**
 * Imports the threads under a post's copies on Mastodon and Bluesky and, if `networks.search` is on, posts there that
 * link to an article. If a thread can't be read, its stored records stay, and the other threads are imported.
 */
import { forEachByHost } from "../protocols/group-by-host.ts";
import type { BlogOwner } from "../responses/own-responses.ts";
import { PullFault } from "../responses/pull/api-client.ts";
import type { DraftSpool } from "../responses/pull/draft-spool.ts";
import type { SourceResult } from "../responses/pull/source-result.ts";
import type { StoredName } from "../responses/pull/stored-conversation.ts";
import type { TargetIndex } from "../responses/targets.ts";
import type { Settings } from "../site/settings.ts";
import type { SiteUrls } from "../site/urls.ts";
import { readBlueskyThread } from "./bluesky.ts";
import { copyAt, copyKey, nameOf, type Copy } from "./copies.ts";
import { readMastodonThread } from "./mastodon.ts";
import type { MissingThread, NetworkThread } from "./network-item.ts";
import { searchBluesky } from "./search-bluesky.ts";
import { searchMastodon } from "./search-mastodon.ts";
import { newFinds, searchPlaces, type SearchPlace } from "./search-places.ts";
import type { Finds } from "./search.ts";
import type { NetworkSession } from "./session.ts";
import { goneKey, isCount, takeFinds, takeThread, type Taken } from "./take-items.ts";
import { inTurn, type Turns } from "./turns.ts";

export interface NetworksSource {
  readonly session: NetworkSession;
  readonly settings: Pick<Settings, "url" | "networks" | "privacy">;
  readonly owner: BlogOwner;
  readonly posts: readonly { readonly slug: string; readonly syndication: readonly string[] }[];
  readonly targets: TargetIndex;
  /** URLs of the blog and its posts. */
  readonly urls: SiteUrls;
  readonly stored: readonly StoredName[];
  readonly spool: DraftSpool;
  /** Mastodon access tokens by host. */
  readonly tokens: ReadonlyMap<string, string>;
  /** When each copy was last read. */
  readonly turns: Turns;
  readonly now: Date;
  readonly onProgress: (line: string) => void;
}

interface CopyOfPost {
  readonly slug: string;
  readonly copy: Copy;
}

/** Whether a pull sends requests to any network: false when there is nothing to read or the networks are disabled. */
export function asksNetworks(source: Asked): boolean {
  return copiesOf(source).length > 0 || placesOf(source).length > 0;
}

type Asked = Pick<NetworksSource, "posts" | "stored" | "tokens"> & {
  readonly settings: Pick<Settings, "networks">;
};

/** The copies of all posts; a copy that several posts list belongs to the first of them. */
function copiesOf({ posts, settings: { networks } }: Asked): CopyOfPost[] {
  const byName = new Map<string, CopyOfPost>();
  for (const { slug, syndication } of posts)
    for (const address of syndication) {
      const copy = copyAt(address);
      if (copy === null || !networks[copy.network] || byName.has(nameOf(copy))) continue;
      byName.set(nameOf(copy), { slug, copy });
    }
  return [...byName.values()];
}

function placesOf(source: Asked): SearchPlace[] {
  const copies = copiesOf(source).map(({ copy }) => copy);
  return searchPlaces({ ...source, networks: source.settings.networks, copies });
}

/** Reads all threads and searches. A `PullFault` isn't thrown but part of the result. */
export async function pullNetworks(source: NetworksSource): Promise<SourceResult> {
  const copies = inTurn(copiesOf(source), source.turns, source.now);
  const places = placesOf(source);
  const taken: Taken = {
    drafts: [],
    gone: new Set(),
    forgotten: new Set(),
    notes: [],
    seen: places.length === 0 ? null : new Set(),
  };
  taken.notes.push(...configurationNotes(copies, source));
  const known = knownByCopy(source.stored);
  const { attempt, faults } = attempts();
  let done = 0;
  const hostOf = ({ copy }: CopyOfPost) =>
    copy.network === "mastodon" ? copy.origin : source.settings.networks.appView;
  await forEachByHost(copies, hostOf, async (entry) => {
    const { address } = entry.copy;
    await attempt(hostOf(entry), async () => {
      const thread = await threadOf(entry, source, known);
      if ("missing" in thread)
        taken.notes.push(
          `${address} (\`syndication\` of "${entry.slug}") ${thread.missing}. Stored responses are unchanged.`,
        );
      else takeThread(entry, thread, source, taken);
      source.turns.read(address, source.now);
    });
    source.onProgress(`Mastodon and Bluesky: ${++done} of ${copies.length} threads`);
  });
  // Sequentially in a fixed order, so that a post found on two servers always comes from the first.
  for (const place of places)
    await attempt(place.origin, async () => {
      source.onProgress(`Mastodon and Bluesky: links to articles on ${new URL(place.address).host}`);
      const finds = await findsOn(place, source, known);
      const others = copies.map(({ copy }) => copy);
      takeFinds(place, { ...finds, items: newFinds(finds, others, source.stored) }, source, taken);
    });
  const { drafts, gone, forgotten, notes } = taken;
  return {
    drafts,
    isGone: (record) => record.copy !== undefined && gone.has(goneKey(record.copy, record["wm-id"])),
    isPrivate: (record) =>
      record.copy !== undefined &&
      (forgotten.has(goneKey(record.copy, record["wm-id"])) ||
        (record.author.uid !== undefined && forgotten.has(record.author.uid))),
    notes,
    state: null,
    faults: faults.toSorted((a, b) => (a.message < b.message ? -1 : 1)),
  };
}

/** Notes on settings that have no effect. */
function configurationNotes(copies: readonly CopyOfPost[], source: NetworksSource): string[] {
  const { tokens, owner, settings } = source;
  const hosts = new Set(
    copies.map(({ copy }) => (copy.network === "mastodon" ? new URL(copy.origin).host : "")),
  );
  const unused = settings.networks.search ? [] : [...tokens.keys()].filter((host) => !hosts.has(host));
  const isOnBluesky = copies.some(({ copy }) => copy.network === "bluesky");
  const unmarked = (owner.accounts ?? []).filter(({ network, id }) => network === "bluesky" && id === null);
  return [
    ...unused.map((host) => `MASTODON_TOKENS has a token for ${host}, where no post has a copy`),
    ...(isOnBluesky ? unmarked : []).map(
      ({ name }) =>
        `Replies by ${name} on Bluesky aren't marked as the author's, because content/authors/ has no id for the account: npx backfence responses verify-accounts prints it`,
    ),
  ];
}

/** Runs tasks by server and collects their faults; a server that is down, slow or rate limited gets no more tasks. */
function attempts() {
  const faults: PullFault[] = [];
  const closed = new Set<string>();
  const attempt = async (server: string, work: () => Promise<void>): Promise<void> => {
    if (closed.has(server)) return;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof PullFault)) throw error;
      faults.push(error);
      // An unusable response doesn't mean that the server's other responses are unusable.
      if (error.kind !== "badAnswer" && error.kind !== "tooLarge") closed.add(server);
    }
  };
  return { attempt, faults };
}

function threadOf(
  { copy }: CopyOfPost,
  source: NetworksSource,
  byCopy: KnownByCopy,
): Promise<NetworkThread | MissingThread> {
  const { session, settings, tokens } = source;
  const known = namesOf(byCopy.get(nameOf(copy)));
  if (copy.network === "bluesky")
    return readBlueskyThread({ session, appView: settings.networks.appView, copy, known });
  const { origin } = copy;
  return readMastodonThread({
    session,
    origin,
    token: tokens.get(new URL(origin).host) ?? null,
    copy,
    known,
  });
}

function findsOn(
  { network, address, origin, token, isOn }: SearchPlace,
  source: NetworksSource,
  byCopy: KnownByCopy,
): Promise<Finds> {
  const { session, settings, targets } = source;
  const scope = { host: new URL(settings.url).host, targets, known: namesOf(byCopy.get(address)), isOn };
  return network === "bluesky"
    ? searchBluesky({ session, appView: origin }, scope)
    : searchMastodon({ session, origin, token }, scope);
}

/** Stored records by the key of their copy or search server, see `copyKey`. */
type KnownByCopy = ReadonlyMap<string | undefined, readonly StoredName[]>;

function knownByCopy(stored: readonly StoredName[]): KnownByCopy {
  const alive = stored.filter((record) => record.status !== "deleted" && !isCount(record));
  return Map.groupBy(alive, ({ copy }) => (copy === undefined ? undefined : copyKey(copy)));
}

function namesOf(records: readonly StoredName[] = []) {
  return records.map((record) => ({ id: String(record["wm-id"]), localId: record["copy-id"] ?? null }));
}
