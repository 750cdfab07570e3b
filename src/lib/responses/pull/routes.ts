/** Handles replies received by several routes: selects the record's main route and keeps the others. */
import { isNative, rankOf, type ResponseRoute } from "../identity.ts";
import type { PostResponse } from "../model.ts";
import { decideAgain, type Moderation } from "../moderation.ts";
import type { Draft } from "./incoming-response.ts";

/** Adds routes to a record; returns the same record if it already has them. */
export function withRoutes(record: PostResponse, added: readonly ResponseRoute[]): PostResponse {
  const own = routeKey(record);
  const routes = new Map((record.routes ?? []).map((route) => [routeKey(route), route]));
  if (added.every((route) => routeKey(route) === own || routes.has(routeKey(route)))) return record;
  for (const route of added) if (routeKey(route) !== own) routes.set(routeKey(route), routeOf(route));
  const sorted = [...routes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, route]) => route);
  return sorted.length === 0 ? withoutRoutes(record) : { ...record, routes: sorted };
}

/** Returns all routes of a record, its main one first. */
export function routesOf(record: PostResponse): ResponseRoute[] {
  return [routeOf(record), ...(record.routes ?? [])];
}

/** Whether a draft from another route replaces a record, because its route is closer to the source. */
export function supersedes(draft: PostResponse, stored: PostResponse): boolean {
  if (stored.status === "deleted")
    return stored["deleted-by"] === "source" && rankOf(draft) >= rankOf(stored);
  return rankOf(draft) > rankOf(stored);
}

/**
 * Replaces a record by a draft from another route. The moderator's decision is kept, even if the author's name differs:
 * names may differ between routes.
 */
export function superseded(stored: PostResponse, draft: Draft, moderation: Moderation): PostResponse {
  const record: PostResponse = {
    ...draft.record,
    "in-reply-to":
      draft.record["in-reply-to"] ?? (isNative(draft.record) ? undefined : stored["in-reply-to"]),
    anchor: stored.anchor,
  };
  const { status, suspicion } = decideAgain({ ...stored, author: record.author }, record, moderation);
  return withRoutes({ ...record, status, suspicion }, routesOf(stored));
}

/**
 * Removes the routes that are gone from a record. If its main route is gone, another one replaces it. A native record
 * that was deleted on its network is gone, even if copies of it still exist.
 *
 * @returns null if the record is gone.
 */
export function withLiveRoutes(
  record: PostResponse,
  isGone: (record: PostResponse) => boolean,
): PostResponse | null {
  const routes = (record.routes ?? []).filter(
    (route) => !isGone({ ...record, ...route, copy: undefined, routes: undefined }),
  );
  const left =
    routes.length === (record.routes?.length ?? 0) ? record : withRoutes(withoutRoutes(record), routes);
  if (!isGone(record)) return left;
  const [next, ...others] = routes;
  if (next === undefined || isNative(record)) return null;
  return withRoutes({ ...withoutRoutes(record), ...next }, others);
}

function routeOf(route: ResponseRoute): ResponseRoute {
  const { "wm-id": id, "wm-source": source, "wm-protocol": protocol } = route;
  return { "wm-id": id, "wm-source": source, "wm-protocol": protocol };
}

function routeKey(route: ResponseRoute): string {
  return `${route["wm-protocol"]} ${route["wm-source"]}`;
}

function withoutRoutes(record: PostResponse): PostResponse {
  const { routes: _, ...rest } = record;
  return rest;
}
