/**
 * Spam marks: a few rules that a person could apply, each with a weight and a sentence that says why. They decide
 * nothing for good: what they hold back waits in the queue, with the sentences beside it.
 */
import type { Element, Nodes } from "hast";
import { fromHtml } from "hast-util-from-html";
import { hostOf } from "./clean-text.ts";
import type { PostResponse } from "./model.ts";
import { plainTextOf } from "./shown-response.ts";
import { sanitiseHtml } from "./sanitise.ts";
import { BOILERPLATE, BRANDS, PITCHES, PLAIN_PRAISE, PRODUCTS, TRADES } from "./spam-words.ts";

/** From this weight on a response is held back for a person to look at. */
export const SUSPECT = 3;
/** From this weight on it is marked as spam. */
export const SPAM = 5;

export interface SpamMark {
  readonly rule: "name" | "links" | "praise" | "repeated" | "pitch" | "known-host" | "markup";
  readonly weight: number;
  /** One sentence, without a full stop. */
  readonly reason: string;
}

/** What the stored conversation knows about spam. */
export interface SpamMemory {
  /** Places (see `placeOf`) to which spam linked before, and hosts that were blocked. */
  readonly spamPlaces: ReadonlySet<string>;
  /** Posts by the text that was left there, see `textKey`; `by` are the places of whoever left it. */
  readonly texts: ReadonlyMap<
    string,
    { readonly targets: ReadonlySet<string>; readonly authors: ReadonlySet<string> }
  >;
}

export const NO_MEMORY: SpamMemory = { spamPlaces: new Set(), texts: new Map() };

/** Marks of a response, heaviest first; none for a like, a repost or a bookmark without words and links. */
export function spamMarks(record: PostResponse, memory: SpamMemory = NO_MEMORY): SpamMark[] {
  const facts = factsOf(record);
  const marks = [
    nameMark(facts),
    pitchMark(facts),
    praiseMark(facts),
    linksMark(facts),
    repeatedMark(facts, memory),
    knownHostMark(facts, memory),
    markupMark(facts),
  ];
  return marks.filter((mark) => mark !== null).sort((a, b) => b.weight - a.weight);
}

export function weightOf(marks: readonly SpamMark[]): number {
  return marks.reduce((sum, { weight }) => sum + weight, 0);
}

/** The sentences that are stored with a record and shown to whoever moderates. */
export function suspicionOf(marks: readonly SpamMark[]): string[] {
  return marks.map(({ weight, reason }) => `${weight}: ${reason}`);
}

/** What earlier decisions teach: places to which spam linked, unless an approved response came from there, too. */
export function spamMemory(records: Iterable<PostResponse>, blockedHosts: Iterable<string> = []): SpamMemory {
  const spamPlaces = new Set<string>();
  const goodPlaces = new Set<string>();
  const texts = new Map<string, { targets: Set<string>; authors: Set<string> }>();
  for (const record of records) {
    if (record.status === "deleted") continue;
    const facts = factsOf(record);
    const places = [...facts.links, ...(facts.authorUrl === null ? [] : [facts.authorUrl])].map(placeOf);
    if (record.status === "spam") for (const place of places) spamPlaces.add(place);
    if (record.status === "approved" && facts.authorUrl !== null) goodPlaces.add(placeOf(facts.authorUrl));
    if (facts.textKey === "") continue;
    const seen = texts.get(facts.textKey) ?? { targets: new Set(), authors: new Set() };
    seen.targets.add(record["wm-target"]);
    seen.authors.add(facts.author);
    texts.set(facts.textKey, seen);
  }
  for (const place of goodPlaces) spamPlaces.delete(place);
  for (const host of blockedHosts) spamPlaces.add(host);
  return { spamPlaces, texts };
}

/** Hosts on which many people have a page: there the first part of the path says who it is. */
const SHARED_HOSTS =
  /^(?:(?:.+\.)?(?:facebook|instagram|linkedin|medium|reddit|tumblr|twitter|x|youtube|github|gitlab|threads|tiktok|flickr|pinterest|bsky|mastodon)\.(?:com|net|org|app|social)|.*(?:social|mastodon).*|sites\.google\.com|brid\.gy|.*\.brid\.gy|about\.me|telegra\.ph)$/;

/** Whose corner of the web an address is: its host, with the first part of the path on hosts shared by many. */
export function placeOf(address: string): string {
  const host = hostOf(address);
  if (!SHARED_HOSTS.test(host)) return host;
  const [first = ""] = new URL(address).pathname.split("/").filter((part) => part !== "");
  return `${host}/${first.toLowerCase()}`;
}

interface Facts {
  readonly name: string;
  readonly nameWords: readonly string[];
  readonly authorUrl: string | null;
  /** Place of the author, else their name: for telling whether a text came from somebody else. */
  readonly author: string;
  readonly text: string;
  readonly textKey: string;
  readonly target: string;
  /** Addresses in the content, other than of the blog. */
  readonly links: readonly string[];
  /** Those that don't lead to the author's own place either. */
  readonly foreignLinks: readonly string[];
  /** Words of the links. */
  readonly labels: readonly string[];
  readonly isVerified: boolean;
  readonly isSiteName: boolean;
}

function factsOf(record: PostResponse): Facts {
  const { name } = record.author;
  const authorUrl =
    record.author.url !== undefined && hostOf(record.author.url) !== "" ? record.author.url : null;
  const isVerified = record["wm-protocol"] === "webmention" || record["wm-protocol"] === "pingback";
  const text = plainTextOf(record) || (record.summary ?? "");
  const { links, labels } = linksOf(record, text);
  const outward = links.filter((link) => placeOf(link) !== placeOf(record["wm-target"]));
  const own = new Set([authorUrl, isVerified ? record["wm-source"] : null].map(placeOrNull));
  return {
    name,
    nameWords: name
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== ""),
    authorUrl,
    author: authorUrl === null ? name.toLowerCase() : placeOf(authorUrl),
    text: text.replace(/https?:\/\/\S+/g, " "),
    textKey: textKey(text),
    target: record["wm-target"],
    links: outward,
    foreignLinks: outward.filter((link) => !own.has(placeOf(link))),
    labels,
    isVerified,
    isSiteName: record["wm-protocol"] === "trackback",
  };
}

function placeOrNull(address: string | null): string | null {
  return address === null ? null : placeOf(address);
}

/** Links in the HTML and bare addresses in the text, each once. */
function linksOf(
  record: PostResponse,
  text: string,
): { readonly links: string[]; readonly labels: string[] } {
  const links = new Set<string>();
  const labels: string[] = [];
  const walk = (node: Nodes) => {
    if (node.type === "element" && node.tagName === "a" && typeof node.properties["href"] === "string") {
      if (hostOf(node.properties["href"]) !== "") links.add(node.properties["href"]);
      labels.push(labelOf(node));
    }
    if ("children" in node) for (const child of node.children) walk(child);
  };
  const html = record.content?.html === undefined ? null : sanitiseHtml(record.content.html);
  if (html !== null) walk(fromHtml(html.html, { fragment: true }));
  for (const [found] of text.matchAll(/\bhttps?:\/\/[^\s<>"'()[\]]+|\bwww\.[^\s<>"'()[\]]+/giu)) {
    const address = found.startsWith("http") ? found : `http://${found}`;
    if (hostOf(address) !== "") links.add(new URL(address.replace(/[.,;:!?]+$/, "")).href);
  }
  return { links: [...links], labels };
}

function labelOf(node: Element): string {
  return node.children
    .map((child) => (child.type === "text" ? child.value : child.type === "element" ? labelOf(child) : ""))
    .join("");
}

/** The words of a text in one spelling, to find it again; empty for texts too short to be told apart. */
function textKey(text: string): string {
  const key = (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");
  return key.length < 25 ? "" : key;
}

function nameMark({ name, nameWords, authorUrl, links, isSiteName }: Facts): SpamMark | null {
  if (authorUrl === null && links.length === 0) return null;
  const trade = nameWords.find((word) => TRADES.has(word));
  const product = nameWords.find((word) => PRODUCTS.has(word));
  const brand = nameWords.find((word) => BRANDS.has(word));
  const quoted = `“${name}”`;
  if (product !== undefined && (brand !== undefined || nameWords.length > 1)) {
    return { rule: "name", weight: 5, reason: `the name ${quoted} is a product (${product}), with a link` };
  }
  // A trackback is signed with the name of a site, and sites are named for trades.
  if (isSiteName) return null;
  if (trade !== undefined && nameWords.length > 1) {
    return { rule: "name", weight: 4, reason: `the name ${quoted} is a trade (${trade}), with a link` };
  }
  const word = product ?? trade;
  if (word === undefined) return null;
  return { rule: "name", weight: 3, reason: `the name ${quoted} is no person's (${word}), with a link` };
}

function pitchMark({ text, links, authorUrl, labels, isVerified }: Facts): SpamMark | null {
  const lower = text.toLowerCase();
  const offers = PITCHES.map((pattern) => pattern.exec(lower)?.[0].trim()).filter(
    (found) => found !== undefined,
  );
  const tradeLabel = labels.find((label) => commercialWords(label) > 0 && links.length > 0);
  if (tradeLabel !== undefined && !isVerified) offers.push(tradeLabel);
  const [first] = offers;
  if (first === undefined) return null;
  const quoted = offers
    .slice(0, 3)
    .map((offer) => `“${offer}”`)
    .join(", ");
  if (links.length > 0) {
    // A whole post that came as a webmention may well say "sign up" somewhere.
    const isPost = isVerified && text.length > 600;
    const weight = isPost ? offers.length : (offers.length === 1 ? 3 : 5) - (isVerified ? 1 : 0);
    return {
      rule: "pitch",
      weight: Math.min(weight, isPost ? 2 : 5),
      reason: `it offers something (${quoted}) and links to ${hostOf(links[0])}`,
    };
  }
  if (offers.length < 2) return null;
  return { rule: "pitch", weight: authorUrl === null ? 2 : 3, reason: `it offers something (${quoted})` };
}

function commercialWords(label: string): number {
  const words = label.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return words.filter((word) => TRADES.has(word) || PRODUCTS.has(word)).length;
}

/** Praise is spam's disguise, and people praise, too: what tells them apart is whether anything else is said. */
function praiseMark({ text, authorUrl, links, isVerified }: Facts): SpamMark | null {
  const lower = text.toLowerCase().replaceAll("’", "'");
  const formulas = BOILERPLATE.filter((pattern) => pattern.test(lower)).length;
  if (formulas === 0 || isVerified) return null;
  const rest = [...BOILERPLATE, ...PLAIN_PRAISE].reduce(
    (left, pattern) => left.replace(new RegExp(pattern, "gu"), " "),
    lower,
  );
  const telling = (rest.match(/[\p{L}\p{N}]+/gu) ?? []).filter(
    (word) => word.length > 2 && !FILLERS.has(word),
  );
  if (telling.length > 3 + formulas) return null;
  const hasLink = authorUrl !== null || links.length > 0;
  const weight = hasLink ? Math.min(2 + formulas, 5) : 2;
  return {
    rule: "praise",
    weight,
    reason: `the praise would fit any page${hasLink ? ", and there is a link" : ""}`,
  };
}

/** Words of praise and politeness that say nothing about a page. */
const FILLERS = new Set(
  `the this that these those and but for with from have has had been are was were you your yours our his her its who very
  really such some any all more most much many lot lots also just too well here there about into over topic topics post posts
  blog blogs article articles page pages site sites website websites web content contents subject information info knowledge
  idea ideas point points thing things stuff way ways people everyone everybody anyone friend friends sir admin man guys dear
  hello read reading readers learn learned learnt found find share shared sharing know known time job work nice great
  good best better awesome amazing excellent fantastic wonderful superb impressive cool lovely interesting interested helpful
  useful informative valuable beautiful perfect quality quite truly indeed definitely surely always never ever again
  will would can could should must may might get got give gave given make made makes keep keeps see saw seen look looking
  like liked love loved enjoy enjoyed appreciate appreciated thank thanks please hope regards cheers wow`
    .trim()
    .split(/\s+/),
);

function linksMark({ foreignLinks, isVerified }: Facts): SpamMark | null {
  const places = new Set(foreignLinks.map(placeOf));
  const many = isVerified ? 8 : 3;
  if (places.size < (isVerified ? many : 2)) return null;
  const weight = places.size >= many * 2 ? 4 : places.size >= many ? 3 : 1;
  return {
    rule: "links",
    weight,
    reason: `it links to ${places.size} other sites (${[...places].slice(0, 3).join(", ")})`,
  };
}

function repeatedMark(facts: Facts, memory: SpamMemory): SpamMark | null {
  const seen = facts.textKey === "" ? undefined : memory.texts.get(facts.textKey);
  if (seen === undefined) return null;
  const elsewhere = [...seen.targets].filter((target) => target !== facts.target).length;
  const byOthers = [...seen.authors].some((author) => author !== facts.author);
  if (elsewhere === 0 && !byOthers) return null;
  const where =
    elsewhere === 0
      ? "here by somebody else"
      : elsewhere === 1
        ? "on another post"
        : `on ${elsewhere} other posts`;
  return { rule: "repeated", weight: facts.isVerified ? 3 : 4, reason: `the same text was left ${where}` };
}

function knownHostMark({ authorUrl, links }: Facts, memory: SpamMemory): SpamMark | null {
  const places = [...(authorUrl === null ? [] : [authorUrl]), ...links].map(placeOf);
  const known = places.find((place) => isOrBelow(place, memory.spamPlaces));
  if (known === undefined) return null;
  return { rule: "known-host", weight: 5, reason: `it links to ${known}, known from spam` };
}

/** Whether a place, or a domain above its host, is in the set. */
export function isOrBelow(place: string, places: ReadonlySet<string>): boolean {
  if (places.has(place)) return true;
  const labels = place.replace(/\/.*/, "").split(".");
  return labels.slice(0, -1).some((_, index) => places.has(labels.slice(index).join(".")));
}

function markupMark({ text }: Facts): SpamMark | null {
  if (/\[(?:url|link|img)(?:=|\])/i.test(text)) {
    return { rule: "markup", weight: 5, reason: "it holds forum codes such as [url=…]" };
  }
  if (/<a\s[^>]*href/i.test(text)) {
    return { rule: "markup", weight: 3, reason: "it holds HTML that was typed as text" };
  }
  return null;
}
