/**
 * Brings in the threads under a post's copies on Mastodon and Bluesky, and if the settings say so, posts there that link
 * to an article. Each thread stands for itself: one that can't be read leaves what is stored of it as it is, and the
 * others come in.
 */
import { forEachByHost } from "../protocols/group-by-host.ts";
import type { PostResponse } from "../responses/model.ts";
import type { BlogOwner } from "../responses/own-responses.ts";
import { PullFault } from "../responses/pull/api-client.ts";
import type { SourceResult } from "../responses/pull/source-result.ts";
import type { TargetIndex } from "../responses/targets.ts";
import type { Settings } from "../site/settings.ts";
import { readBlueskyThread } from "./bluesky.ts";
import { copyAt, type Copy } from "./copies.ts";
import { readMastodonThread } from "./mastodon.ts";
import type { NetworkThread } from "./network-item.ts";
import { searchBluesky } from "./search-bluesky.ts";
import { searchMastodon } from "./search-mastodon.ts";
import { newFinds, searchPlaces, type SearchPlace } from "./search-places.ts";
import type { Finds } from "./search.ts";
import type { NetworkSession } from "./session.ts";
import { goneKey, isCount, takeFinds, takeThread, targetOf, type Taken } from "./take-items.ts";
import { inTurn, type Turns } from "./turns.ts";

export interface NetworksSource {
  readonly session: NetworkSession;
  readonly settings: Pick<Settings, "url" | "networks" | "privacy">;
  readonly owner: BlogOwner;
  readonly posts: readonly { readonly slug: string; readonly syndication: readonly string[] }[];
  readonly targets: TargetIndex;
  readonly stored: readonly PostResponse[];
  /** Tokens by host. */
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

/** Whether there is anything to ask a network for; nothing when the settings switch the networks off. */
export function asksNetworks(source: Asked): boolean {
  return copiesOf(source).length > 0 || placesOf(source).length > 0;
}

type Asked = Pick<NetworksSource, "posts" | "stored" | "tokens"> & {
  readonly settings: Pick<Settings, "networks">;
};

function copiesOf({ posts, settings: { networks } }: Asked): CopyOfPost[] {
  return posts.flatMap(({ slug, syndication }) =>
    syndication.flatMap((address) => {
      const copy = copyAt(address);
      if (copy === null || !networks[copy.network]) return [];
      return [{ slug, copy }];
    }),
  );
}

function placesOf(source: Asked): SearchPlace[] {
  const copies = copiesOf(source).map(({ copy }) => copy);
  return searchPlaces({ ...source, networks: source.settings.networks, copies });
}

/** Never throws a `PullFault`: faults are in the result. */
export async function pullNetworks(source: NetworksSource): Promise<SourceResult> {
  const copies = inTurn(copiesOf(source), source.turns, source.now);
  const taken: Taken = {
    drafts: [],
    gone: new Set(),
    forgotten: new Set(),
    notes: [],
    seen: new Set(),
  };
  const { attempt, faults } = attempts();
  let done = 0;
  const hostOf = ({ copy }: CopyOfPost) =>
    copy.network === "mastodon" ? copy.origin : source.settings.networks.appView;
  await forEachByHost(copies, hostOf, async (entry) => {
    const { address } = entry.copy;
    await attempt(hostOf(entry), async () => {
      const thread = await threadOf(entry, source);
      if (thread === null) taken.notes.push(`${address}: the post isn't public; nothing was changed`);
      else takeThread(entry, thread, source, taken);
      source.turns.read(address, source.now);
    });
    source.onProgress(`Mastodon and Bluesky: ${++done} of ${copies.length} threads`);
  });
  // One after the other, in a fixed order: what two servers find is taken from the first.
  for (const place of placesOf(source))
    await attempt(place.origin, async () => {
      source.onProgress(`Mastodon and Bluesky: links to articles on ${new URL(place.address).host}`);
      const finds = await findsOn(place, source);
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

/** Work on servers, each by itself; one that is down, slow or asks to wait is left alone afterwards. */
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
      // One answer that can't be used says nothing of others.
      if (error.kind !== "badAnswer" && error.kind !== "tooLarge") closed.add(server);
    }
  };
  return { attempt, faults };
}

function threadOf({ slug, copy }: CopyOfPost, source: NetworksSource): Promise<NetworkThread | null> {
  const { session, settings, tokens } = source;
  // A record belongs to a post by its target; two posts may name one copy by mistake.
  const known = knownAt(copy.address, source, targetOf(slug, settings));
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
): Promise<Finds> {
  const { session, settings, targets } = source;
  const scope = { host: new URL(settings.url).host, targets, known: knownAt(address, source), isOn };
  return network === "bluesky"
    ? searchBluesky({ session, appView: origin }, scope)
    : searchMastodon({ session, origin, token }, scope);
}

/** Stored records that were read at an address. @param target of one post only. */
function knownAt(address: string, { stored }: NetworksSource, target?: string) {
  return stored.flatMap((record) =>
    record.copy === address &&
    record.status !== "deleted" &&
    !isCount(record) &&
    (target === undefined || record["wm-target"] === target)
      ? [{ id: String(record["wm-id"]), localId: record["copy-id"] ?? null }]
      : [],
  );
}
