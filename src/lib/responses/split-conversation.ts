/**
 * A long conversation over several pages: the post's own page carries the newest part within a byte budget, static
 * pages carry the rest. Those are filled from the oldest response on and numbered from 2, so that they stay as they
 * are, and their addresses too, while the conversation goes on.
 */
import type { PostResponse } from "./model.ts";
import { compareResponses } from "./order.ts";
import { isPublic, type ShownResponse } from "./shown-response.ts";
import { anchorsOf, conversationOf, type Conversation, type ThreadOptions } from "./threads.ts";

/** Compressed bytes by which a conversation may grow the post's page. */
export const CONVERSATION_BUDGET = 48 * 1024;

const LISTS = ["threads", "trackbacks", "mentions", "likes", "reposts", "bookmarks", "rsvps"] as const;
type ListName = (typeof LISTS)[number];

/** One page of a conversation; its lists are oldest first. */
export interface ConversationPage extends Readonly<Record<ListName, readonly ShownResponse[]>> {
  /** 1: the post's own page. 2 and more: `/posts/<slug>/responses/<number>/`. */
  readonly number: number;
  /** Page with the responses before these, or null. */
  readonly earlier: number | null;
  /** Page with the responses after these, or null; 1 is the post's own. */
  readonly later: number | null;
  /** Date of the oldest and newest response on it, ISO 8601; null on a page without any. */
  readonly from: string | null;
  readonly to: string | null;
}

/** Where a response stands: its page (1: the post's own) and its anchor there. */
export interface ResponsePlace {
  readonly page: number;
  readonly id: string;
}

/**
 * The pages of a conversation, the post's own first, then from the oldest on. There is always the first.
 * @param budgetBytes estimated compressed bytes for the first page.
 * @param pageBytes the same for each of the others.
 * @param slack how many times the budget a conversation may be as large as a whole that isn't torn apart.
 */
export function splitConversation(
  conversation: Conversation,
  budgetBytes: number = CONVERSATION_BUDGET,
  pageBytes: number = budgetBytes / 2,
  slack = 1,
): ConversationPage[] {
  const units = unitsOf(conversation, Math.max(budgetBytes, pageBytes) / 2);
  const isWhole = units.reduce((sum, { bytes }) => sum + bytes, 0) <= budgetBytes * slack;
  if (isWhole) return [pageOf(units, 1, 1)];
  const chunks = chunksOf(units, budgetBytes, pageBytes);
  const newest = chunks.pop() ?? [];
  const last = chunks.length + 1;
  const pages = [newest, ...chunks].map((units, index) => pageOf(units, index + 1, last));
  return withAnswerPages(pages);
}

/** Where each public response of a post is found, for links from elsewhere (feeds, people). */
export function placesOf(
  records: readonly PostResponse[],
  options: ThreadOptions,
  budgetBytes: number = CONVERSATION_BUDGET,
  pageBytes: number = budgetBytes / 2,
): Map<PostResponse, ResponsePlace> {
  const shown = records.filter(isPublic);
  const anchors = anchorsOf(shown, options.takenIds);
  const isShort = isWithin(shown, budgetBytes);
  const pages = isShort
    ? new Map<string, number>()
    : pagesById(splitConversation(conversationOf(shown, options), budgetBytes, pageBytes));
  const sorted = shown.sort(compareResponses).map((record): [PostResponse, ResponsePlace] => {
    const id = anchors.get(record) ?? "";
    return [record, { page: pages.get(id) ?? 1, id }];
  });
  return new Map(sorted);
}

/** Whether responses surely need no more than a budget; without sorting or sanitising anything. */
export function isWithin(records: readonly PostResponse[], budgetBytes: number): boolean {
  let bytes = 0;
  for (const record of records) {
    bytes += mostBytes(record);
    if (bytes >= budgetBytes) return false;
  }
  return true;
}

/** A list's entry that stays together: a thread, or one response of another kind. */
interface Unit {
  readonly list: ListName;
  readonly response: ShownResponse;
  /** When it was made, and its newest reply, milliseconds. */
  readonly begun: number;
  readonly time: number;
  readonly bytes: number;
}

function unitsOf(conversation: Conversation, mostBytesEach: number): Unit[] {
  return LISTS.flatMap((list) =>
    conversation[list]
      .flatMap((response) => inPieces(response, mostBytesEach))
      .map((response) => unit(list, response)),
  ).sort((a, b) => a.time - b.time || (a.response.id < b.response.id ? -1 : 1));
}

function unit(list: ListName, response: ShownResponse): Unit {
  const begun = Date.parse(response.date);
  return { list, response, begun, time: latestIn(response, begun), bytes: bytesWithReplies(response) };
}

/** A thread that alone would fill a page comes apart into its replies, each saying whom it answers. */
function inPieces(response: ShownResponse, mostBytesEach: number): ShownResponse[] {
  if (response.replies.length === 0 || bytesWithReplies(response) <= mostBytesEach) return [response];
  const replies = response.replies.flatMap((reply) => {
    const answers = reply.answers ?? { id: response.id, name: response.author.name, page: 1 };
    return inPieces({ ...reply, answers }, mostBytesEach);
  });
  return [{ ...response, replies: [] }, ...replies];
}

/**
 * Chunks of a page each from the oldest on; what is left within the budget is the last one. Where a page holds more
 * than half the budget, the newest of the full chunks grows with the conversation instead of emptying the first page.
 */
function chunksOf(units: readonly Unit[], budgetBytes: number, pageBytes: number): Unit[][] {
  const chunks: Unit[][] = [];
  let left = units.reduce((sum, { bytes }) => sum + bytes, 0);
  let start = 0;
  while (left > budgetBytes && start < units.length - 1) {
    let size = 0;
    let end = start;
    do {
      size += units[end]?.bytes ?? 0;
      end++;
    } while (
      end < units.length - 1 &&
      (pageBytes <= budgetBytes / 2 || left - size > budgetBytes) &&
      size + (units[end]?.bytes ?? 0) <= pageBytes
    );
    chunks.push(units.slice(start, end));
    left -= size;
    start = end;
  }
  chunks.push(units.slice(start));
  return chunks;
}

function pageOf(units: readonly Unit[], number: number, last: number): ConversationPage {
  const lists = Object.fromEntries(
    LISTS.map((list) => [
      list,
      units
        .filter((unit) => unit.list === list)
        .sort(byDate)
        .map(({ response }) => response),
    ]),
  ) as Record<ListName, ShownResponse[]>;
  const dates = units.flatMap(({ response }) => datesIn(response)).sort();
  return {
    ...lists,
    number,
    earlier: number === 1 ? (last === 1 ? null : last) : number === 2 ? null : number - 1,
    later: number === 1 ? null : number === last ? 1 : number + 1,
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
 * What a response adds to a compressed page, estimated high: markup repeats and nearly vanishes, words and addresses
 * don't.
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
  return response.replies.reduce((sum, reply) => sum + bytesWithReplies(reply), bytesOf(response));
}

/** At least what `bytesOf` will say, without sanitising anything. */
function mostBytes(record: PostResponse): number {
  return 150 + Buffer.byteLength(JSON.stringify(record));
}

function latestIn({ replies }: ShownResponse, begun: number): number {
  return replies.reduce((latest, reply) => Math.max(latest, latestIn(reply, Date.parse(reply.date))), begun);
}

function datesIn(response: ShownResponse): string[] {
  return [response.date, ...response.replies.flatMap(datesIn)];
}

function byDate(a: Unit, b: Unit): number {
  const [first, second] = [a.response.id, b.response.id];
  return a.begun - b.begun || (first < second ? -1 : first > second ? 1 : 0);
}
