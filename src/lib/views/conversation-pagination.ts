import type { FileSpec } from "../site/outputs.ts";
import { textFile } from "../site/text-file.ts";
import type { BlogIndex } from "./blog-index.ts";
import type { ViewInput } from "./context.ts";
import { idsByPage, type PostConversation } from "./conversation-pages.ts";
import type { Post } from "../content/model.ts";

/** A page of a long conversation, and the time that its answers are from. */
export interface SpanView {
  readonly href: string;
  readonly isHere: boolean;
  /** ISO 8601. */
  readonly from: string;
  readonly to: string;
}

/** The way to every page of a conversation that has more than one. */
export interface ConversationMapView {
  /** Oldest first; the post's own page is the last. */
  readonly spans: readonly SpanView[];
  /** File that says on which page an answer stands, for those whose old address leads to another. */
  readonly places: string;
}

/** @returns null for a conversation that has a single page. */
export function conversationMap(
  { context: { urls } }: ViewInput,
  post: Post,
  { pages }: PostConversation,
  here: number,
): ConversationMapView | null {
  if (pages.length < 2) return null;
  const [own, ...further] = pages;
  const spans = [...further, ...(own === undefined ? [] : [own])].flatMap(
    ({ number, from, to }): SpanView[] => {
      const path =
        number === 1 ? `${urls.postPath(post.slug)}#responses` : urls.responsesPath(post.slug, number);
      return from === null || to === null
        ? []
        : [{ href: urls.path(path), isHere: number === here, from, to }];
    },
  );
  return { spans, places: urls.path(placesPath(urls.postPath(post.slug))) };
}

/**
 * For each long conversation a file with the anchors of its pages, the post's own first. A static host can't lead
 * `/posts/x/#c123` to another page; a script of the page can, once the answer has moved there.
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
