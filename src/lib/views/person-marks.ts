import { hashOf } from "../cache/file-cache.ts";
import type { PostResponse } from "../responses/model.ts";
import type { ViewContext } from "./context.ts";

/** A person in a row of people. */
export interface FaceView {
  readonly name: string;
  readonly profile: string | null;
  readonly source: string;
  readonly avatar: string | null;
  readonly initials: string;
  readonly date: string;
  /** What was answered to an invitation. */
  readonly rsvp: string | null;
}

/** A person who liked, reposted or bookmarked. */
export function faceView(context: ViewContext, response: PostResponse): FaceView {
  return {
    name: response.author.name,
    profile: response.author.url ?? null,
    source: response.url,
    avatar: context.avatar(response),
    initials: initialsOf(response.author.name),
    date: responseTime(response),
    rsvp: response.rsvp ?? null,
  };
}

const knownInitials = new Map<string, string>();

/** First letters of the first and the last word, as whole characters of any script: `Ann Lee` → `AL`. */
export function initialsOf(name: string): string {
  const known = knownInitials.get(name);
  if (known !== undefined) return known;
  const initials = findInitials(name);
  knownInitials.set(name, initials);
  return initials;
}

function findInitials(name: string): string {
  const words = name.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== "");
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(firstCharacter);
  return letters.join("").toLocaleUpperCase("und") || "·";
}

const characters = new Intl.Segmenter("und", { granularity: "grapheme" });

function firstCharacter(word: string | undefined): string {
  if (word === undefined) return "";
  return characters.segment(word)[Symbol.iterator]().next().value?.segment ?? "";
}

/** The host that an address names, without `www.`; null when it names none. */
export function hostOf(address: string | undefined): string | null {
  if (address === undefined || !URL.canParse(address)) return null;
  return new URL(address).hostname.replace(/^www\./, "") || null;
}

/** Anchor of a response on the page: the old platform's when it had one, else one made from its record. */
export function anchorOf(response: PostResponse): string {
  if (response.anchor !== undefined) return response.anchor;
  const known = knownAnchors.get(response);
  if (known !== undefined) return known;
  const hash = hashOf(response["wm-protocol"], response["wm-source"], response["wm-target"]);
  const anchor = `r-${hash.slice(0, 8)}`;
  knownAnchors.set(response, anchor);
  return anchor;
}

const knownAnchors = new WeakMap<PostResponse, string>();

/** When a response was made, as ISO 8601. */
export function responseTime(response: PostResponse): string {
  return response.published ?? response["wm-received"];
}
