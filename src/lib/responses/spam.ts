/**
 * Spam marks: a few rules that a person could apply too, each with a weight and a sentence with the reason. The
 * decision isn't final: held-back responses are in the moderation queue, with these sentences.
 */
import { hostOf } from "./clean-text.ts";
import { rankOf } from "./identity.ts";
import type { PostResponse } from "./model.ts";
import { isOrBelow, senderSite } from "./sender-site.ts";
import { factsOf, type Facts } from "./spam-facts.ts";
import { BOILERPLATE, BRANDS, PITCHES, PLAIN_PRAISE, PRODUCTS, TRADES } from "./spam-words.ts";

/** From this weight on, a response is held back for moderation. */
export const SUSPECT = 3;
/** From this weight on, a response is marked as spam. */
export const SPAM = 5;

export interface SpamMark {
  readonly rule: "name" | "links" | "praise" | "repeated" | "pitch" | "known-host" | "markup";
  readonly weight: number;
  /** One sentence, without a period. */
  readonly reason: string;
}

/** Spam signals from the stored conversation. */
export interface SpamMemory {
  /** Sites (see `senderSite`) that earlier spam linked to, and blocked hosts. */
  readonly spamSites: ReadonlySet<string>;
  /** Posts and authors by the text of responses; the keys are from `textKey`. */
  readonly texts: ReadonlyMap<string, { readonly targets: OneOrMore; readonly authors: OneOrMore }>;
}

/** Almost every text occurs once; a set for each would take most of a pull's memory. */
type OneOrMore = string | ReadonlySet<string>;

function withOne(known: string | Set<string>, value: string): string | Set<string> {
  if (typeof known !== "string") return known.add(value);
  return known === value ? known : new Set([known, value]);
}

function countOthers(known: OneOrMore, value: string): number {
  if (typeof known === "string") return known === value ? 0 : 1;
  return known.size - (known.has(value) ? 1 : 0);
}

export const NO_MEMORY: SpamMemory = { spamSites: new Set(), texts: new Map() };

/** Returns the marks of a response, heaviest first; none for a like, repost or bookmark without text and links. */
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

/** Formats marks as sentences, which are stored with a record and displayed to the moderator. */
export function suspicionOf(marks: readonly SpamMark[]): string[] {
  return marks.map(({ weight, reason }) => `${weight}: ${reason}`);
}

/** Collects signals from stored responses: texts, and sites that spam linked to, except those of approved authors. */
export function spamMemory(records: Iterable<PostResponse>, blockedHosts: Iterable<string> = []): SpamMemory {
  const spamSites = new Set<string>();
  const goodSites = new Set<string>();
  const texts = new Map<string, { targets: string | Set<string>; authors: string | Set<string> }>();
  const targets = new Map<string, string>();
  for (const record of records) {
    if (record.status === "deleted") continue;
    const facts = factsOf(record);
    const sites = [...facts.links, ...(facts.authorUrl === null ? [] : [facts.authorUrl])].map(senderSite);
    if (record.status === "spam") for (const site of sites) spamSites.add(site);
    if (record.status === "approved" && facts.authorUrl !== null) goodSites.add(senderSite(facts.authorUrl));
    // A bridge's copy has the same text as its original, under another account.
    if (facts.textKey === "" || rankOf(record) === 1) continue;
    const seen = texts.get(facts.textKey);
    // Shares one string per post instead of one per response, to save memory.
    const target = targets.get(facts.target) ?? facts.target;
    targets.set(target, target);
    if (seen === undefined) texts.set(facts.textKey, { targets: target, authors: facts.author });
    else {
      seen.targets = withOne(seen.targets, target);
      seen.authors = withOne(seen.authors, facts.author);
    }
  }
  for (const site of goodSites) spamSites.delete(site);
  for (const host of blockedHosts) spamSites.add(host);
  return { spamSites, texts };
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
  // A trackback's author is the name of a site, and sites are often named after trades.
  if (isSiteName) return null;
  if (trade !== undefined && nameWords.length > 1) {
    return { rule: "name", weight: 4, reason: `the name ${quoted} is a trade (${trade}), with a link` };
  }
  const word = product ?? trade;
  if (word === undefined) return null;
  return {
    rule: "name",
    weight: 3,
    reason: `the name ${quoted} isn't a person's name (${word}), with a link`,
  };
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
    // A full post received as a webmention may contain "sign up" somewhere.
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

/** Both spammers and readers praise posts; the mark is set if the text says hardly anything else. */
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

/** Words of praise and politeness that don't refer to a specific page. */
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
  const sites = new Set(foreignLinks.map(senderSite));
  const many = isVerified ? 8 : 3;
  if (sites.size < (isVerified ? many : 2)) return null;
  const weight = sites.size >= many * 2 ? 4 : sites.size >= many ? 3 : 1;
  return {
    rule: "links",
    weight,
    reason: `it links to ${sites.size} other sites (${[...sites].slice(0, 3).join(", ")})`,
  };
}

function repeatedMark(facts: Facts, memory: SpamMemory): SpamMark | null {
  const seen = facts.textKey === "" ? undefined : memory.texts.get(facts.textKey);
  if (seen === undefined) return null;
  const elsewhere = countOthers(seen.targets, facts.target);
  const byOthers = countOthers(seen.authors, facts.author) > 0;
  if (elsewhere === 0 && !byOthers) return null;
  const where =
    elsewhere === 0
      ? "here by another person"
      : elsewhere === 1
        ? "on another post"
        : `on ${elsewhere} other posts`;
  return { rule: "repeated", weight: facts.isVerified ? 3 : 4, reason: `the same text was left ${where}` };
}

function knownHostMark({ authorUrl, links }: Facts, memory: SpamMemory): SpamMark | null {
  const sites = [...(authorUrl === null ? [] : [authorUrl]), ...links].map(senderSite);
  const known = sites.find((site) => isOrBelow(site, memory.spamSites));
  if (known === undefined) return null;
  return { rule: "known-host", weight: 5, reason: `it links to ${known}, known from spam` };
}

function markupMark({ text }: Facts): SpamMark | null {
  if (/\[(?:url|link|img)(?:=|\])/i.test(text)) {
    return { rule: "markup", weight: 5, reason: "it contains forum codes such as [url=…]" };
  }
  if (/<a\s[^>]*href/i.test(text)) {
    return { rule: "markup", weight: 3, reason: "it contains HTML typed as text" };
  }
  return null;
}
