import type { Blog } from "../content/model.ts";
import type { FileSpec } from "../site/outputs.ts";
import { textFile } from "../site/text-file.ts";
import { atomXml } from "./atom.ts";
import { feedStyleSheet } from "./feed-css.ts";
import type { Feed } from "./feed.ts";
import { type FeedContext, feeds } from "./feeds.ts";
import { jsonFeed } from "./json-feed.ts";
import { languageSites } from "../content/language-sites.ts";
import { movedTagFeeds } from "../site/moved-tags.ts";
import { oldFeedFiles } from "../site/old-feeds.ts";
import { markdownCopies } from "./markdown-copies.ts";
import { rssXml } from "./rss.ts";

export type { FeedContext } from "./feeds.ts";

const WRITERS = { rss: rssXml, atom: atomXml, json: jsonFeed } as const;

/** Returns the text of a feed in its format. */
export function feedText(feed: Feed): Promise<string> {
  return WRITERS[feed.format](feed);
}

/**
 * Returns all feeds of a blog, copies of them at the paths in `oldFeeds` and at the former paths of tag feeds, the
 * Markdown copies of posts, and the style sheet for feeds opened in a browser.
 */
export function feedFiles(blog: Blog, context: FeedContext): FileSpec[] {
  const all = feeds(blog, context);
  const files = all.map(feedFile);
  return [
    ...files,
    ...oldFeedFiles([...blog.settings.oldFeeds, ...movedTagFeeds(languageSites(blog, context.urls))], files),
    ...markdownCopies(blog, context),
    textFile("/feed.css", feedStyleSheet()),
  ];
}

function feedFile(feed: Feed): FileSpec {
  return { path: feed.path, key: feed.key, make: () => feedText(feed) };
}
