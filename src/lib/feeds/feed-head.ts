/** What the head of a feed document says, the same in every format. */
import type { Settings } from "../site/settings.ts";
import type { FeedKind, SiteUrls } from "../site/urls.ts";
import { type FeedDocument, lastUpdated } from "./feed-document.ts";

export interface FeedHead {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly lang: string;
  /** The page that lists the same posts. */
  readonly homeUrl: string;
  readonly selfUrl: string;
  /** The newest document; equal to `selfUrl` but in archives. */
  readonly currentUrl: string;
  readonly isArchive: boolean;
  readonly previousArchiveUrl: string | null;
  readonly nextArchiveUrl: string | null;
  readonly updated: string;
  /** WebSub hub; archives have none, since they don't change. */
  readonly hub: string | null;
  readonly licence: { readonly name: string; readonly url: string } | null;
  readonly blog: { readonly title: string; readonly url: string };
  readonly styleSheet: string;
}

/** The head of a document in one format. */
export function feedHead(
  document: FeedDocument,
  kind: FeedKind,
  settings: Settings,
  urls: SiteUrls,
): FeedHead {
  const { channel, page, previousArchive, nextArchive } = document;
  const urlOf = (number: number): string => urls.absolute(urls.feedPath(kind, channel.scope, number));
  return {
    id: channel.id,
    title: channel.title,
    description: channel.description,
    lang: settings.lang,
    homeUrl: urls.absolute(channel.scope),
    selfUrl: urlOf(page),
    currentUrl: urlOf(1),
    isArchive: page > 1,
    previousArchiveUrl: previousArchive === null ? null : urlOf(previousArchive),
    nextArchiveUrl: nextArchive === null ? null : urlOf(nextArchive),
    updated: lastUpdated(document),
    hub: page > 1 ? null : settings.hub,
    licence: settings.licence,
    blog: { title: settings.title, url: urls.absolute("/") },
    styleSheet: urls.path("/feed.css"),
  };
}
