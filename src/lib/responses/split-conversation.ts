/**
 * Splits a long conversation into pages, oldest first: the post's own page has the beginning, further static pages have
 * the rest. The post's page has the first likes, reposts, bookmarks and RSVPs of the whole conversation.
 */
import type { PostResponse } from "./model.ts";
import { compareResponses } from "./order.ts";
import { isPublic, type ShownResponse } from "./shown-response.ts";
import { anchorsOf, conversationOf, type Conversation, type ThreadOptions } from "./threads.ts";

/** Maximum part of a conversation on one page. */
export interface PageLimits {
  /** Number of responses with text: comments, trackbacks and mentions. */
  readonly responses: number;
  /** Estimated compressed bytes. */
  readonly bytes: number;
}

/** Limits of each page, including the post's own. */
export const PAGE_LIMITS: PageLimits = { responses: 100, bytes: 60_000 };

/** Maximum number of likes, and of each other reaction, on the post's own page; the rest is on the next pages. */
const REACTIONS_ON_FIRST_PAGE = 30;

const SPOKEN = ["threads", "trackbacks", "mentions"] as const;
const REACTIONS = ["likes", "reposts", "bookmarks", "rsvps"] as const;
const LISTS = [...SPOKEN, ...REACTIONS] as const;
type ListName = (typeof LISTS)[number];

/** One page of a conversation; its lists are oldest first. */
export interface ConversationPage extends Readonly<Record<ListName, readonly ShownResponse[]>> {
  /** 1: the post's own page. 2 and up: `/posts/<slug>/responses/<number>/`. */
  readonly number: number;
  /** Number of the page with earlier responses, or null. */
  readonly earlier: number | null;
  /** Number of the page with later responses, or null. */
  readonly later: number | null;
  /** Date of the oldest and of the newest response on the page, ISO 8601; null on an empty page. */
  readonly from: string | null;
  readonly to: string | null;
}

/** Page (1: the post's own) and anchor of a response. */
export interface ResponsePlace {
  readonly page: number;
  readonly id: string;
}

/** Returns the pages of a conversation, the post's own first; at least one. */
export function splitConversation(
  conversation: Conversation,
  limits: PageLimits = PAGE_LIMITS,
): ConversationPage[] {
  const whole = LISTS.flatMap((list) => conversation[list].map((response) => unit(list, response)));
  const hasRoom = REACTIONS.every((list) => conversation[list].length <= REACTIONS_ON_FIRST_PAGE);
  if (hasRoom && sizeOf(whole).responses <= limits.responses && sizeOf(whole).bytes <= limits.bytes) {
    return [pageOf(whole, 1, 1)];
  }
  const faces = REACTIONS.map((list) => conversation[list].map((response) => unit(list, response)));
  const first = faces.flatMap((units) => units.slice(0, REACTIONS_ON_FIRST_PAGE));
  const spoken = SPOKEN.flatMap((list) =>
    conversation[list]
      .flatMap((response) => inPieces(response, limits))
      .map((response) => unit(list, response)),
  ).sort(byBeginning);
  const own = takeWithin(spoken, limits, sizeOf(first));
  const rest = [
    ...spoken.slice(own.length),
    ...faces.flatMap((units) => units.slice(REACTIONS_ON_FIRST_PAGE)),
  ];
  const chunks = [[...first, ...own], ...chunksOf(rest.sort(byBeginning), limits)];
  return withAnswerPages(chunks.map((units, at) => pageOf(units, at + 1, chunks.length)));
}

/** Returns the page and anchor of each public response of a post, for links from other pages and feeds. */
export function placesOf(
  records: readonly PostResponse[],
  options: ThreadOptions,
  limits: PageLimits = PAGE_LIMITS,
): Map<PostResponse, ResponsePlace> {
  const shown = records.filter(isPublic);
  const anchors = anchorsOf(shown, options.takenIds);
  const pages = isWithin(shown, limits)
    ? new Map<string, number>()
    : pagesById(splitConversation(conversationOf(shown, options), limits));
  const sorted = shown.sort(compareResponses).map((record): [PostResponse, ResponsePlace] => {
    const id = anchors.get(record) ?? "";
    return [record, { page: pages.get(id) ?? 1, id }];
  });
  return new Map(sorted);
}

/** Whether responses certainly fit on one page; a quick check without sorting or sanitizing. */
export function isWithin(records: readonly PostResponse[], limits: PageLimits = PAGE_LIMITS): boolean {
  if (records.length > Math.min(limits.responses, REACTIONS_ON_FIRST_PAGE)) return false;
  let bytes = 0;
  for (const record of records) {
    bytes += mostBytes(record);
    if (bytes >= limits.bytes) return false;
  }
  return true;
}

/** A list entry that isn't split: a thread, or one response of another kind. */
interface Unit {
  readonly list: ListName;
  readonly response: ShownResponse;
  /** Time of the response, in milliseconds. */
  readonly begun: number;
  readonly size: PageLimits;
}

const NOTHING: PageLimits = { responses: 0, bytes: 0 };

function unit(list: ListName, response: ShownResponse): Unit {
  const says = list === "threads" || list === "trackbacks" || list === "mentions";
  const size = { responses: says ? countOf(response) : 0, bytes: bytesWithReplies(response) };
  return { list, response, begun: Date.parse(response.date), size };
}

function sum(a: PageLimits, b: PageLimits): PageLimits {
  return { responses: a.responses + b.responses, bytes: a.bytes + b.bytes };
}

function sizeOf(units: readonly Unit[]): PageLimits {
  return units.reduce((total, { size }) => sum(total, size), NOTHING);
}

/** Returns the first units that fit on a page already filled with `filled`; at least one. */
function takeWithin(units: readonly Unit[], limits: PageLimits, filled: PageLimits = NOTHING): Unit[] {
  const taken: Unit[] = [];
  let total = filled;
  for (const unit of units) {
    total = sum(total, unit.size);
    const isFull = total.responses > limits.responses || total.bytes > limits.bytes;
    if (isFull && taken.length > 0) break;
    taken.push(unit);
  }
  return taken;
}

function chunksOf(units: readonly Unit[], limits: PageLimits): Unit[][] {
  const chunks: Unit[][] = [];
  for (let start = 0; start < units.length; start += chunks.at(-1)?.length ?? units.length) {
    chunks.push(takeWithin(units.slice(start), limits));
  }
  return chunks;
}

/** Splits a thread larger than half a page into its replies, each with the response that it replies to. */
function inPieces(response: ShownResponse, limits: PageLimits): ShownResponse[] {
  const isSmall = countOf(response) <= limits.responses / 2 && bytesWithReplies(response) <= limits.bytes / 2;
  if (response.replies.length === 0 || isSmall) return [response];
  const replies = response.replies.flatMap((reply) => {
    const answers = reply.answers ?? { id: response.id, name: response.author.name, page: 1 };
    return inPieces({ ...reply, answers }, limits);
  });
  return [{ ...response, replies: [] }, ...replies];
}

function pageOf(units: readonly Unit[], number: number, last: number): ConversationPage {
  const sorted = [...units].sort(byBeginning);
  const inList = (list: ListName): ShownResponse[] =>
    sorted.filter((unit) => unit.list === list).map(({ response }) => response);
  const dates = units.flatMap(({ response }) => datesIn(response)).sort();
  return {
    threads: inList("threads"),
    trackbacks: inList("trackbacks"),
    mentions: inList("mentions"),
    likes: inList("likes"),
    reposts: inList("reposts"),
    bookmarks: inList("bookmarks"),
    rsvps: inList("rsvps"),
    number,
    earlier: number === 1 ? null : number - 1,
    later: number === last ? null : number + 1,
    from: dates[0] ?? null,
    to: dates.at(-1) ?? null,
  };
}

function withAnswerPages(pages: readonly ConversationPage[]): ConversationPage[] {
  const numbers = pagesById(pages);
  const placed = (response: ShownResponse): ShownResponse => ({
    ...response,
    answers: response.answers && { ...response.answers, page: numbers.get(response.answers.id) ?? 1 },
    replies: response.replies.map(placed),
  });
  return pages.map((page) => ({ ...page, threads: page.threads.map(placed) }));
}

function pagesById(pages: readonly ConversationPage[]): Map<string, number> {
  const numbers = new Map<string, number>();
  const note = (response: ShownResponse, number: number) => {
    numbers.set(response.id, number);
    for (const reply of response.replies) note(reply, number);
  };
  for (const page of pages)
    for (const list of LISTS) for (const response of page[list]) note(response, page.number);
  return numbers;
}

/**
 * Estimates, on the high side, how many bytes a response adds to a compressed page. Repeated markup compresses to
 * almost nothing; text and URLs don't.
 */
function bytesOf(response: ShownResponse): number {
  const isPerson = response.html === "";
  const words = [
    response.html,
    response.author.name,
    response.author.url ?? "",
    response.url,
    response.title ?? "",
  ];
  const excerpt =
    response.kind === "mention-of" || response.protocol === "trackback" ? (response.excerpt ?? "") : "";
  return (isPerson ? 70 : 150) + Math.ceil(0.55 * Buffer.byteLength(words.join("") + excerpt));
}

function bytesWithReplies(response: ShownResponse): number {
  return response.replies.reduce((bytes, reply) => bytes + bytesWithReplies(reply), bytesOf(response));
}

/** Upper bound of `bytesOf`, without sanitizing. */
function mostBytes(record: PostResponse): number {
  return 150 + Buffer.byteLength(JSON.stringify(record));
}

function datesIn(response: ShownResponse): string[] {
  return [response.date, ...response.replies.flatMap(datesIn)];
}

function countOf(response: ShownResponse): number {
  return response.replies.reduce((count, reply) => count + countOf(reply), 1);
}

function byBeginning(a: Unit, b: Unit): number {
  const [first, second] = [a.response.id, b.response.id];
  return a.begun - b.begun || (first < second ? -1 : first > second ? 1 : 0);
}
