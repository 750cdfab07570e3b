import { anywhere } from "./anywhere.ts";
import type { Post } from "../content/model.ts";
import { lazyPage, type PageSpec } from "../site/outputs.ts";
import { translationsFor } from "../../i18n/translations-for.ts";
import type { BlogIndex } from "./blog-index.ts";
import type { ViewInput } from "./context.ts";
import { isOnOnePage, postConversation } from "./conversation-pages.ts";
import { conversationMap, placesHref, type ConversationMapView } from "./conversation-pagination.ts";
import { partView, type ConversationPartView } from "./conversation-view.ts";
import { pagerView, type PagerView } from "./list-view.ts";
import { metaView, type MetaView } from "./meta-view.ts";
import { postRow, type PostRow } from "./post-row.ts";
import type { SiteView } from "./site-view.ts";

/** The second or a later page of a post's conversation. */
export interface ResponsesPageView {
  readonly kind: "responses";
  readonly site: SiteView;
  readonly meta: MetaView;
  readonly post: PostRow;
  readonly total: number;
  readonly shown: ConversationPartView;
  readonly pager: PagerView;
  readonly map: ConversationMapView | null;
  readonly placesHref: string | null;
}

/** The pages of a post's conversation, from the second on. */
export function responsesPages(input: ViewInput, index: BlogIndex, site: SiteView, post: Post): PageSpec[] {
  if (isOnOnePage(index, post)) return [];
  const { urls } = input.context;
  const words = translationsFor(site);
  const { pages } = postConversation(input, index, post);
  const hrefOf = (page: number): string =>
    urls.path(page === 1 ? urls.postPath(post.slug) : urls.responsesPath(post.slug, page));
  return pages.slice(1).map((part) => {
    const page = part.number;
    const pager = pagerView(page, pages.length, hrefOf);
    const view = (): ResponsesPageView => ({
      kind: "responses",
      site,
      meta: metaView(input, urls.responsesPath(post.slug, page), {
        title: words.conversation.pageTitle(post.title, page),
        isListed: false,
        previous: pager.newer,
        next: pager.older,
      }),
      post: postRow(input, index, post),
      total: index.answersTo(post),
      shown: partView(input, post, postConversation(input, index, post), part),
      pager,
      map: conversationMap(input, post, postConversation(input, index, post), page),
      placesHref: placesHref(input, post, postConversation(input, index, post)),
    });
    const params = { slug: post.slug, page: String(page) };
    const path = urls.responsesPath(post.slug, page);
    const isUsual = decodeURI(post.path) === `/posts/${post.slug}/`;
    return lazyPage(
      isUsual ? { route: "posts/[slug]/responses/[page]", params, path } : anywhere(path),
      view,
    );
  });
}
