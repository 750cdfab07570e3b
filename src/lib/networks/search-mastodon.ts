/** Searches a server where the author has an account for statuses that link to an article (methods/search). */
import { readLinks } from "../protocols/links-to.ts";
import { batches } from "./batches.ts";
import { askMastodon, hostOf, readMastodon, type MastodonServer } from "./mastodon-api.ts";
import { itemOfStatus } from "./mastodon-item.ts";
import { searchSchema, statusListSchema, statusSchema, type MastodonStatus } from "./mastodon-schema.ts";
import type { Finds, SearchScope } from "./search.ts";

const PER_PAGE = 40;
/** Maximum number of pages of search results; earlier pulls have found older statuses. */
const MOST_PAGES = 5;

/** Searches a server and reads earlier results again. @throws PullFault */
export async function searchMastodon(server: MastodonServer, scope: SearchScope): Promise<Finds> {
  const known = new Set(scope.known.map(({ id }) => id));
  const hits = scope.isOn ? await hitsOf(server, scope.host, known) : [];
  const statuses = new Map((hits ?? []).map((status) => [status.uri, status]));
  for (const status of await readAgain(server, scope, statuses)) statuses.set(status.uri, status);
  const items = [...statuses.values()].flatMap((status) => {
    const slug = articleOf(status, scope);
    // A search result isn't a reply to the author, so unlike in a thread, unlisted statuses aren't shown.
    const isForEverybody = status.visibility === "public";
    const item = slug === null ? null : itemOfStatus(status, "mention-of", server, () => null);
    return slug === null || item === null ? [] : [{ slug, item: { ...item, isPublic: isForEverybody } }];
  });
  const linking = new Set(items.map(({ item }) => item.id));
  return {
    items,
    gone: new Set([...known].filter((id) => !linking.has(id))),
    notes:
      hits === null
        ? [`${hostOf(server.origin)}: the token needs the scope read:search for networks.search`]
        : [],
  };
}

/** Search results; null when the token doesn't allow searching. */
async function hitsOf(
  server: MastodonServer,
  host: string,
  known: ReadonlySet<string>,
): Promise<MastodonStatus[] | null> {
  const hits: MastodonStatus[] = [];
  for (let page = 0; page < MOST_PAGES; page++) {
    // The quotation marks make the host a phrase; a bare URL would be looked up instead.
    const query = { q: `"${host}"`, type: "statuses", limit: String(PER_PAGE) };
    const offset = page === 0 ? {} : { offset: String(page * PER_PAGE) };
    const path = `/api/v2/search?${new URLSearchParams({ ...query, ...offset }).toString()}`;
    const { status, value } = await askMastodon(server, path, [403, 404]);
    if (status >= 400) return null;
    const { statuses } = readMastodon(searchSchema, value, server);
    hits.push(...statuses);
    if (statuses.length < PER_PAGE || statuses.every(({ uri }) => known.has(uri))) break;
  }
  return hits;
}

/** Requests earlier results that this search didn't return by their ids, to confirm deletions. */
async function readAgain(
  server: MastodonServer,
  { known }: SearchScope,
  found: ReadonlyMap<string, MastodonStatus>,
): Promise<MastodonStatus[]> {
  const absent = known.flatMap(({ id, localId }) => (found.has(id) || localId === null ? [] : [localId]));
  const statuses: MastodonStatus[] = [];
  for (const ids of batches(absent)) {
    const query = new URLSearchParams(ids.map((id) => ["id[]", id])).toString();
    const answer = await askMastodon(server, `/api/v1/statuses?${query}`, [404, 405]);
    const together = answer.status >= 400 ? [] : readMastodon(statusListSchema, answer.value, server);
    statuses.push(...together);
    // Servers before Mastodon 4.3 don't support that request.
    for (const id of ids) {
      if (together.some((status) => status.id === id)) continue;
      const single = await askMastodon(server, `/api/v1/statuses/${encodeURIComponent(id)}`, [404, 410]);
      if (single.status < 400) statuses.push(readMastodon(statusSchema, single.value, server));
    }
  }
  return statuses;
}

function articleOf({ content, url, uri }: MastodonStatus, { targets }: SearchScope): string | null {
  const { addresses } = readLinks((content ?? "").slice(0, 100_000), "text/html", url ?? uri);
  return [...addresses].map((address) => targets.resolve(address)).find((slug) => slug !== null) ?? null;
}
