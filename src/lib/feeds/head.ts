import type { Settings } from "../site/settings.ts";
import type { SiteUrls } from "../site/urls.ts";
import type { FeedHead } from "./feed.ts";
import { NEVER } from "./instant.ts";
import { webUri } from "./uri.ts";

/** Returns the head of the site feed; other feeds override some fields. @param path of the feed. */
export function siteHead(
  settings: Settings,
  urls: SiteUrls,
  { id, path }: { readonly id: string; readonly path: string },
): FeedHead {
  const selfUrl = path === "" ? "" : urls.absolute(path);
  const licenceUrl = webUri(settings.licence?.url);
  return {
    id,
    title: settings.title,
    description: settings.description.trim() || settings.title,
    lang: settings.lang,
    homeUrl: urls.absolute(urls.homePath()),
    selfUrl,
    currentUrl: selfUrl,
    isArchive: false,
    previousArchiveUrl: null,
    nextArchiveUrl: null,
    updated: NEVER,
    hub: webUri(settings.hub),
    licence:
      settings.licence === null || licenceUrl === null
        ? null
        : { name: settings.licence.name, url: licenceUrl },
    blog: { title: settings.title, url: urls.absolute(urls.homePath()) },
    styleSheet: urls.path("/feed.css"),
    timeZone: settings.timeZone,
  };
}
