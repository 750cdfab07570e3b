import { isoInZone } from "../content/dates.ts";
import type { Direction, Page, Post, Visibility } from "../content/model.ts";
import type { AuthorIssue } from "../author-error.ts";
import { type LinkResult, withoutFragment } from "../external-links/check-links.ts";
import { outgoingLinks } from "../external-links/outgoing-links.ts";
import { metaView, type MetaView } from "../views/meta-view.ts";
import type { SocialPicture, ViewInput } from "../views/context.ts";
import { paginate, pagerView, type PagerView } from "../views/list-view.ts";
import type { SiteView } from "../views/site-view.ts";
import { DESK_PATH, feedEntryPath } from "./desk-paths.ts";
import { waitingEntries, waitingResponse, type WaitingResponse } from "./waiting-responses.ts";

/** Data of the desk besides the blog, read for each request. */
export interface DeskFacts {
  readonly now: Date;
  /** Errors since the last complete load of the blog. */
  readonly errors: readonly AuthorIssue[];
  readonly notes: readonly string[];
  /** Results of the last check of outgoing links, by address. */
  readonly linkResults: ReadonlyMap<string, LinkResult>;
}

/** An unpublished post or page. */
export interface UnpublishedText {
  readonly title: string;
  readonly href: string;
  readonly file: string;
  readonly words: number;
  readonly lang: string;
  readonly dir: Direction;
}

export interface ScheduledText extends UnpublishedText {
  /** ISO date with the offset of the blog's time zone. */
  readonly date: string;
  /** `in 3 days` */
  readonly wait: string;
}

/** A post as previewed on other sites. */
export interface DeskPost extends UnpublishedText {
  readonly visibility: Visibility;
  readonly date: string;
  readonly description: string;
  /** Picture at an address of the dev server; null if the blog has no social images. */
  readonly picture: SocialPicture | null;
  readonly entryHref: string;
}

/** A link to a missing page of another site. */
export interface DeadLink {
  readonly url: string;
  readonly reason: string;
  readonly file: string;
  readonly line: number;
}

/** The first entries of a list, which can be long, and the total number. */
export interface DeskList<Entry> {
  readonly count: number;
  readonly shown: readonly Entry[];
}

export interface DeskView {
  readonly site: SiteView;
  readonly meta: MetaView;
  /** Address of the first page, which has the lists; further pages have only posts. */
  readonly firstHref: string;
  readonly isFirst: boolean;
  readonly errors: DeskList<AuthorIssue>;
  readonly notes: DeskList<string>;
  readonly links: {
    readonly dead: DeskList<DeadLink>;
    /** Number of addresses whose servers gave no clear answer. */
    readonly unclear: number;
    /** Time of the newest result; null when links were never checked. */
    readonly checked: string | null;
  };
  readonly waiting: DeskList<WaitingResponse>;
  readonly drafts: DeskList<UnpublishedText>;
  readonly scheduled: DeskList<ScheduledText>;
  /** Host of the published blog, as shown on cards of networks. */
  readonly host: string;
  readonly posts: readonly DeskPost[];
  readonly pager: PagerView;
}

/** Kept low, because the pictures are generated when they are first requested. */
const POSTS_A_PAGE = 12;

/** Maximum number of entries shown in a list; the commands list all of them. */
const MOST_SHOWN = 30;

/** The posts on each page of the desk, unpublished ones first. */
export function deskPages(posts: readonly Post[]): readonly (readonly Post[])[] {
  const isPublished = ({ visibility }: Post) => visibility === "published";
  const inOrder = [...posts.filter((post) => !isPublished(post)), ...posts.filter(isPublished)];
  return paginate(inOrder, POSTS_A_PAGE);
}

/** Site path of a page of the desk. @param page 1 or more. */
export function deskPath(page: number): string {
  return page === 1 ? DESK_PATH : `${DESK_PATH}${page}/`;
}

/** The view of a page of the desk. */
export function deskView(input: ViewInput, site: SiteView, page: number, facts: DeskFacts): DeskView {
  const { blog, context } = input;
  const { urls } = context;
  const { timeZone } = blog.settings;
  const text = (one: Post | Page, sitePath: string): UnpublishedText => ({
    title: one.title,
    href: urls.path(sitePath),
    file: one.file,
    words: one.body.words,
    lang: one.lang,
    dir: one.dir,
  });
  const textOfPost = (post: Post) => text(post, urls.postPath(post.slug));
  const pages = deskPages(blog.posts);
  const drafts = [
    ...blog.posts.filter(isDraft).map((post) => ({ one: post, sitePath: urls.postPath(post.slug) })),
    ...blog.pages.filter(isDraft).map((own) => ({ one: own, sitePath: urls.pagePath(own.slug) })),
  ];
  const scheduled = blog.posts
    .filter(({ visibility }) => visibility === "scheduled")
    .toSorted((a, b) => (a.date < b.date ? -1 : 1));
  return {
    site,
    meta: metaView(input, deskPath(page), { title: "Desk", isListed: false, feeds: [] }),
    firstHref: urls.path(DESK_PATH),
    isFirst: page === 1,
    errors: beginning(facts.errors, (issue) => issue),
    notes: beginning(facts.notes, (note) => note),
    links: linksOf(input, facts),
    waiting: beginning(waitingEntries(blog), waitingResponse(input)),
    drafts: beginning(drafts, ({ one, sitePath }) => text(one, sitePath)),
    scheduled: beginning(scheduled, (post) => ({
      ...textOfPost(post),
      date: isoInZone(post.date, timeZone),
      wait: timeUntil(post.date, facts.now),
    })),
    host: new URL(blog.settings.url).host,
    posts: (pages[page - 1] ?? []).map((post) => ({
      ...textOfPost(post),
      visibility: post.visibility,
      date: isoInZone(post.date, timeZone),
      description: post.description,
      picture: pictureHere(input, post),
      entryHref: urls.path(feedEntryPath(post.slug)),
    })),
    pager: pagerView(page, pages.length, (number) => urls.path(deskPath(number))),
  };
}

function beginning<One, Entry>(all: readonly One[], entryOf: (one: One) => Entry): DeskList<Entry> {
  return { count: all.length, shown: all.slice(0, MOST_SHOWN).map(entryOf) };
}

/** `in 3 days`, `in 5 hours`. */
export function timeUntil(date: string, now: Date): string {
  const minutes = Math.max(1, Math.round((Date.parse(date) - now.getTime()) / 60_000));
  const format = new Intl.RelativeTimeFormat("en");
  if (minutes < 120) return format.format(minutes, "minute");
  return minutes < 2 * 24 * 60
    ? format.format(Math.round(minutes / 60), "hour")
    : format.format(Math.round(minutes / 60 / 24), "day");
}

function isDraft({ visibility }: Post | Page): boolean {
  return visibility === "draft";
}

/** The social image of a post, with its address on the dev server. */
function pictureHere({ context: { socialPicture, urls } }: ViewInput, post: Post): SocialPicture | null {
  const picture = socialPicture(post);
  const sitePath = picture === null ? null : urls.sitePathOf(picture.url);
  return picture === null || sitePath === null ? picture : { ...picture, url: urls.path(sitePath) };
}

function linksOf({ blog }: ViewInput, { linkResults }: DeskFacts): DeskView["links"] {
  const links = outgoingLinks(blog).flatMap((link) => {
    const result = linkResults.get(withoutFragment(link.url));
    return result === undefined ? [] : [{ ...link, result }];
  });
  const unclear = links.filter(({ result }) => result.verdict === "unclear");
  const dead = links.filter(({ result }) => result.verdict === "dead");
  return {
    dead: beginning(dead, ({ url, file, line, result }) => ({ url, file, line, reason: result.reason })),
    unclear: new Set(unclear.map(({ url }) => withoutFragment(url))).size,
    checked: links.map(({ result }) => result.checked).reduce<string | null>(later, null),
  };
}

function later(a: string | null, b: string): string {
  return a === null || a < b ? b : a;
}
