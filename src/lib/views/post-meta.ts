import { hasConversationFeed } from "../feeds/conversations.ts";
import { markdownPath } from "../feeds/markdown-path.ts";
import type { Author, Post } from "../content/model.ts";
import { versionMark } from "../content/post-version.ts";
import { translationsFor } from "../../i18n/translations-for.ts";
import type { ViewInput } from "./context.ts";
import { blogPosting, breadcrumbs } from "./json-ld.ts";
import { articleMeta, feedLinks, metaView, type FeedLinkView, type MetaView } from "./meta-view.ts";
import type { SiteView } from "./site-view.ts";

/** Data for the head of a post's page. */
export function postMeta(
  input: ViewInput,
  site: SiteView,
  post: Post,
  authors: readonly Author[],
  sitePath: string,
): MetaView {
  const { blog, context } = input;
  const { urls } = context;
  const words = translationsFor(site);
  const picture = context.socialPicture(post);
  return metaView(input, sitePath, {
    title: post.title,
    description: post.description === "" ? post.body.excerpt : post.description,
    canonical: post.canonical ?? urls.absolute(sitePath),
    type: "article",
    lang: post.lang,
    picture,
    feeds: postFeeds(input, site, post),
    isListed: post.visibility === "published",
    styles: post.body.styles ?? [],
    version: versionMark(post, blog.responses[post.slug] ?? []),
    article: articleMeta(post, authors, blog.settings.timeZone),
    jsonLd: [
      blogPosting(input, post, authors, picture),
      breadcrumbs([
        { name: blog.settings.title, url: urls.absolute(urls.homePath()) },
        { name: words.shell.posts, url: urls.absolute(urls.postsPath()) },
        { name: post.title, url: urls.absolute(sitePath) },
      ]),
    ],
  });
}

/** Feeds of the conversation and of the series, then the Markdown copy. The site's feeds follow on every page. */
function postFeeds(input: ViewInput, site: SiteView, post: Post): FeedLinkView[] {
  const { blog, context } = input;
  const words = translationsFor(site);
  const series = blog.series.find((candidate) => candidate.id === post.series);
  const own: FeedLinkView[] = !hasConversationFeed(post, blog.responses[post.slug] ?? [])
    ? []
    : [
        {
          title: words.conversation.titleFor(post.title),
          type: "application/atom+xml",
          href: context.urls.path(context.urls.responsesFeedPath(post.slug)),
        },
      ];
  const ofSeries =
    series === undefined
      ? []
      : feedLinks(input, series.title, context.urls.seriesPath(series.id)).slice(0, 1);
  const hasCopy = blog.settings.markdownCopies && post.visibility === "published";
  const copy = { type: "text/markdown", href: context.urls.path(markdownPath(post.slug, context.urls)) };
  return [...own, ...ofSeries, ...(hasCopy ? [{ title: post.title, ...copy }] : [])];
}
