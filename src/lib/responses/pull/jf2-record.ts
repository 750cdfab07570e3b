/** Converts a mention from a JF2 API to a draft: classified, cleaned and assigned to its post. */
import { cleanLine, cleanLines, cleanName, hostOf, safeUrl } from "../clean-text.ts";
import { kindOf, rsvpOf } from "../classify.ts";
import type { PostResponse, ResponseKind } from "../model.ts";
import { sanitizeHtml } from "../sanitize.ts";
import { isSameAddress, type TargetIndex } from "../targets.ts";
import { instantOf, type Draft } from "./incoming-response.ts";
import type { Jf2Mention } from "./jf2-api.ts";

const MAX_TEXT = 20_000;
const KINDS: ReadonlySet<string> = new Set([
  "in-reply-to",
  "like-of",
  "repost-of",
  "bookmark-of",
  "mention-of",
  "rsvp",
]);

/** Reason why a mention is skipped. */
export type Skipped = "private" | "no-post" | "bad-source";

/** @returns a draft, or the reason why the mention is skipped. */
export function draftOfMention(mention: Jf2Mention, targets: TargetIndex): Draft | Skipped {
  if (isPrivateMark(mention["wm-private"])) return "private";
  const slug = targets.resolve(mention["wm-target"]);
  if (slug === null) return "no-post";
  const source = safeUrl(mention["wm-source"]);
  const target = safeUrl(mention["wm-target"]);
  if (source === null || target === null) return "bad-source";
  const received =
    instantOf(mention["wm-received"]) ?? instantOf(mention["published"]) ?? "1991-01-01T00:00:00Z";
  const author = objectOf(mention["author"]);
  const authorUrl = safeUrl(textOf(author["url"])) ?? undefined;
  const url = safeUrl(textOf(mention["url"])) ?? source;
  const content = contentOf(mention["content"]);
  const kind = kindOfMention(mention, target);
  const record: PostResponse = {
    type: "entry",
    "wm-id": mention["wm-id"],
    status: "pending",
    author: {
      type: "card",
      name: cleanName(textOf(author["name"])) || hostOf(authorUrl ?? source) || "?",
      url: authorUrl,
    },
    url,
    published: notLaterThan(instantOf(mention["published"]), received),
    updated: notLaterThan(instantOf(mention["updated"]), received),
    name: titleOf(mention["name"], content?.text ?? ""),
    content,
    summary: cleanLine(textOf(mention["summary"]), 1000) || undefined,
    rsvp: kind === "rsvp" ? (rsvpOf({ rsvp: [textOf(mention["rsvp"])] }) ?? undefined) : undefined,
    "in-reply-to": parentOf(mention, target),
    "wm-source": source,
    "wm-target": target,
    "wm-protocol": protocolOf(mention["wm-protocol"]),
    site: cleanLine(textOf(mention["site"]), 100) || undefined,
    "wm-property": kind,
    "wm-received": received,
  };
  return { slug, record, photoUrl: safeUrl(textOf(author["photo"])), hidden: null };
}

/** Every value counts as private unless it's a clear no: also `1`, `"yes"` and objects. */
function isPrivateMark(mark: unknown): boolean {
  const word = typeof mark === "string" ? mark.trim().toLowerCase() : mark;
  return (
    !(word === undefined || word === null || word === false || word === 0) &&
    !["", "false", "0", "no", "off"].includes(String(word))
  );
}

/** Backfence's receiver also returns comments and trackbacks. */
function protocolOf(word: unknown): PostResponse["wm-protocol"] {
  return word === "pingback" || word === "comment" || word === "trackback" ? word : "webmention";
}

/** Returns the API's `wm-property` if it's a known kind, else the kind by the properties. */
function kindOfMention(mention: Jf2Mention, target: string): ResponseKind {
  const word = textOf(mention["wm-property"]);
  const properties = Object.fromEntries(
    ["rsvp", "repost-of", "like-of", "bookmark-of", "in-reply-to"].map((key) => [key, listOf(mention[key])]),
  );
  const isValid = isKind(word) && (word !== "rsvp" || rsvpOf(properties) !== null);
  return isValid ? word : kindOf(properties, [target]);
}

function isKind(word: string): word is ResponseKind {
  return KINDS.has(word);
}

/**
 * Returns the response that a mention replies to: a URL in `in-reply-to` other than the post's, or the post's URL with
 * the anchor of a response.
 */
function parentOf(mention: Jf2Mention, target: string): string | undefined {
  const others = listOf(mention["in-reply-to"]).filter((address) => !isSameAddress(address, target));
  const other = others.map(safeUrl).find((address) => address !== null);
  return other ?? (/#.+/.test(target) && mention["wm-property"] === "in-reply-to" ? target : undefined);
}

function contentOf(raw: unknown): PostResponse["content"] {
  const content = typeof raw === "string" ? { text: raw } : objectOf(raw);
  const isHtmlValue = textOf(content["content-type"]) === "text/html";
  const html = textOf(content["html"]) || (isHtmlValue ? textOf(content["value"]) : "");
  const text = cleanLines(textOf(content["text"]) || (isHtmlValue ? "" : textOf(content["value"])), MAX_TEXT);
  const safe = html === "" ? null : sanitizeHtml(html);
  if (safe !== null && safe.html !== "") return { html: safe.html, text: text || safe.text };
  return text === "" ? undefined : { text };
}

/** Returns the title; a name that only repeats the beginning of the text isn't a title. */
function titleOf(raw: unknown, text: string): string | undefined {
  const name = cleanLine(textOf(raw), 300);
  const bare = (words: string) => words.replace(/[\s…]+|\.{3}$/g, "");
  if (name === "" || (text !== "" && bare(text).startsWith(bare(name)))) return undefined;
  return name;
}

/** Drops a date more than a day after the arrival: an error, or a trick to be listed last. */
function notLaterThan(instant: string | undefined, received: string): string | undefined {
  const dayMs = 24 * 60 * 60 * 1000;
  return instant !== undefined && Date.parse(instant) <= Date.parse(received) + dayMs ? instant : undefined;
}

/** Returns a string, the `value` of older JF2 objects, or the first item of a list. */
function textOf(raw: unknown): string {
  if (typeof raw === "string") return raw;
  if (Array.isArray(raw)) return textOf(raw[0]);
  return typeof raw === "object" && raw !== null && "value" in raw ? textOf(raw.value) : "";
}

function listOf(raw: unknown): string[] {
  const list: unknown[] = Array.isArray(raw) ? raw : [raw];
  return list
    .map((each) => textOf(typeof each === "object" && each !== null && "url" in each ? each.url : each))
    .filter((text) => text !== "");
}

function objectOf(raw: unknown): Readonly<Record<string, unknown>> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw) ? { ...raw } : {};
}
