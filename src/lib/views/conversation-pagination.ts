import type { FileSpec } from "../site/outputs.ts";
import { textFile } from "../site/text-file.ts";
import type { BlogIndex } from "./blog-index.ts";
import type { ViewInput } from "./context.ts";
import { idsByPage, type PostConversation } from "./conversation-pages.ts";
import type { Post } from "../content/model.ts";

/** A page of a long conversation, and the time span of its responses. */
export interface SpanView {
  readonly href: string;
  readonly isHere: boolean;
  /** ISO 8601. */
  readonly from: string;
  readonly to: string;
}

/** Links to all pages of a long conversation. */
export interface ConversationMapView {
  /** Oldest first: the post's own page, then the following pages. */
  readonly spans: readonly SpanView[];
}

/** With fewer pages, a link to the next one is enough. */
const MIN_PAGES_FOR_MAP = 4;

/** @returns null for a conversation with few pages. */
export function conversationMap(
  { context: { urls } }: ViewInput,
  post: Post,
  { pages }: PostConversation,
  here: number,
): ConversationMapView | null {
  if (pages.length < MIN_PAGES_FOR_MAP) return null;
  const spans = pages.flatMap(({ number, from, to }): SpanView[] => {
    const path =
      number === 1 ? `${urls.postPath(post.slug)}#responses` : urls.responsesPath(post.slug, number);
    return from === null || to === null ? [] : [{ href: urls.path(path), isHere: number === here, from, to }];
  });
  return { spans };
}

/** Address of the file with the anchors of each page; null for a conversation on a single page. */
export function placesHref(
  { context: { urls } }: ViewInput,
  post: Post,
  { pages }: PostConversation,
): string | null {
  return pages.length < 2 ? null : urls.path(placesPath(urls.postPath(post.slug)));
}

/**
 * For each long conversation, a file with the anchors on its pages, the post's own page first. A static host can't
 * redirect `/posts/x/#c123` to another page; with this file, a script can if the response is on a following page.
 */
export function placesFiles(input: ViewInput, index: BlogIndex): FileSpec[] {
  const { urls } = input.context;
  return input.blog.posts.flatMap((post) => {
    const ids = idsByPage(input, index, post);
    return ids.length === 0 ? [] : [textFile(placesPath(urls.postPath(post.slug)), JSON.stringify(ids))];
  });
}

function placesPath(postPath: string): string {
  return `${postPath}responses/places.json`;
}
