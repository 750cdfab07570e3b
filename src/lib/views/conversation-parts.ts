import type { PostResponse } from "../responses/model.ts";
import { threadsOf, type Thread } from "./threads.ts";

/** Ways in which people answer without words. */
export type ReactionKind = "likes" | "reposts" | "bookmarks" | "rsvps";

export const REACTIONS: readonly ReactionKind[] = ["likes", "reposts", "bookmarks", "rsvps"];

type Shelf = "comments" | "trackbacks" | "mentions" | ReactionKind;

/** What one page shows of a conversation. */
export interface ConversationPart {
  /** Oldest first. */
  readonly threads: readonly Thread[];
  readonly trackbacks: readonly PostResponse[];
  readonly mentions: readonly PostResponse[];
  /** Newest first. */
  readonly reactions: Readonly<Record<ReactionKind, readonly PostResponse[]>>;
}

/** How much a page holds. Answers are measured in bytes as they are sent, roughly. */
const ROOM = { further: 20_000, lines: 100, linesFirst: 12, faces: 400, facesFirst: 16 } as const;

/** What an answer costs without its words, and each character of them. */
const COST = { answer: 65, character: 0.38 } as const;

/** A thread with more than this is cut into its branches, since one page couldn't hold it. */
const LARGE_THREAD = 12_000;

/**
 * A conversation in pages. The first, the newest of it, stands on the post's own page and takes what room the text
 * leaves there; the others continue it, each newer than the next.
 * @param words length of the post's text.
 */
export function conversationParts(responses: readonly PostResponse[], words: number): ConversationPart[] {
  const shelves = Map.groupBy(responses, shelfOf);
  const on = (shelf: Shelf): readonly PostResponse[] => shelves.get(shelf) ?? [];
  const threads = inPages(threadsOf(on("comments")).flatMap(branches), firstRoom(words));
  const trackbacks = chunks(on("trackbacks"), ROOM.linesFirst, ROOM.lines);
  const mentions = chunks(on("mentions"), ROOM.linesFirst, ROOM.lines);
  const faces = REACTIONS.map((kind) => chunks(on(kind).toReversed(), ROOM.facesFirst, ROOM.faces));
  const [first] = [{ threads: threads[0], trackbacks: trackbacks[0], mentions: mentions[0] }];
  const further = [
    ...threads.slice(1).map((page) => part({ threads: page })),
    ...trackbacks.slice(1).map((page) => part({ trackbacks: page })),
    ...mentions.slice(1).map((page) => part({ mentions: page })),
    ...REACTIONS.flatMap((kind, at) =>
      (faces[at] ?? []).slice(1).map((page) => part({ reactions: { ...NONE, [kind]: page } })),
    ),
  ];
  const reactions = {
    likes: faces[0]?.[0] ?? [],
    reposts: faces[1]?.[0] ?? [],
    bookmarks: faces[2]?.[0] ?? [],
    rsvps: faces[3]?.[0] ?? [],
  };
  return [part({ ...first, reactions }), ...further];
}

/** Which list of a conversation a response belongs to. */
export function shelfOf(response: PostResponse): Shelf {
  if (response["wm-protocol"] === "trackback") return "trackbacks";
  switch (response["wm-property"]) {
    case "in-reply-to":
      return "comments";
    case "mention-of":
      return "mentions";
    case "like-of":
      return "likes";
    case "repost-of":
      return "reposts";
    case "bookmark-of":
      return "bookmarks";
    case "rsvp":
      return "rsvps";
  }
}

const NONE: ConversationPart["reactions"] = { likes: [], reposts: [], bookmarks: [], rsvps: [] };

function part(own: {
  [Key in keyof ConversationPart]?: ConversationPart[Key] | undefined;
}): ConversationPart {
  return {
    threads: own.threads ?? [],
    trackbacks: own.trackbacks ?? [],
    mentions: own.mentions ?? [],
    reactions: own.reactions ?? NONE,
  };
}

/** A post's page may weigh 20 KB with its styles and scripts; a long text leaves less of that to the answers. */
function firstRoom(words: number): number {
  return Math.min(6000, Math.max(900, 6000 - 2.75 * words));
}

function inPages(threads: readonly Thread[], firstPage: number): Thread[][] {
  const pages: Thread[][] = [[]];
  let room = firstPage;
  for (const thread of threads.toReversed()) {
    const cost = costOf(thread);
    if (cost > room && (pages.at(-1)?.length ?? 0) > 0) {
      pages.push([]);
      room = ROOM.further;
    }
    pages.at(-1)?.unshift(thread);
    room -= cost;
  }
  return pages;
}

function branches(thread: Thread): Thread[] {
  if (costOf(thread) <= LARGE_THREAD) return [thread];
  return [{ ...thread, replies: [] }, ...thread.replies.flatMap(branches)];
}

function costOf({ response, replies }: Thread): number {
  const length = response.content?.text.length ?? 0;
  return COST.answer + COST.character * length + replies.reduce((sum, reply) => sum + costOf(reply), 0);
}

/** The newest `first` items, then the rest by `size`, newest chunk first; the order within is kept. */
function chunks<Item>(items: readonly Item[], first: number, size: number): Item[][] {
  if (items.length <= first) return [[...items]];
  const rest = items.slice(0, -first);
  const further: Item[][] = [];
  for (let end = rest.length; end > 0; end -= size) further.push(rest.slice(Math.max(0, end - size), end));
  return [items.slice(-first), ...further];
}
