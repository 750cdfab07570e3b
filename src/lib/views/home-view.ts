import { curlyQuotes } from "../curly-quotes.ts";
import { collapseWhitespace } from "../markdown/collapse-whitespace.ts";
import type { Direction, Post } from "../content/model.ts";
import type { PostResponse } from "../responses/model.ts";
import { timeOf } from "../responses/order.ts";
import { personKey } from "../responses/people.ts";
import { plainTextOf, shownPerson } from "../responses/shown-response.ts";
import { isSaid, type BlogIndex } from "./blog-index.ts";
import type { ViewInput } from "./context.ts";
import { conversationPlaces } from "./conversation-pages.ts";
import { faceView, type FaceView } from "./conversation-view.ts";
import { homeAuthors, homeSections, type HomeAuthorView, type SectionView } from "./home-sections.ts";
import { homeText } from "./home-text.ts";
import { blogNode } from "./json-ld.ts";
import { metaView, type MetaView } from "./meta-view.ts";
import { postCard, postRow, type PostCard, type PostRow } from "./post-row.ts";
import type { SiteView } from "./site-view.ts";

/** A recent response to a post or note. */
export interface TalkView {
  readonly author: FaceView;
  readonly date: string;
  /** Beginning of the response. */
  readonly text: string;
  readonly postTitle: string;
  /** Address of the response. */
  readonly href: string;
}

export interface ShelfView {
  readonly title: string;
  readonly description: string;
  readonly href: string;
  readonly parts: number;
  readonly first: string;
  readonly last: string;
}

export interface HomeView {
  readonly kind: "home";
  readonly site: SiteView;
  readonly meta: MetaView;
  /** Layout: front page, sections, list, or only the introduction. */
  readonly style: "front" | "sections" | "list" | "text";
  /** The author's introduction at the top; null if there is none. */
  readonly intro: { readonly bodyKey: string; readonly lang: string; readonly dir: Direction } | null;
  /** Pinned and newest posts, if the layout is a list. */
  readonly list: readonly PostCard[];
  readonly sections: readonly SectionView[];
  readonly authors: readonly HomeAuthorView[];
  readonly lead: PostCard | null;
  readonly seconds: readonly PostCard[];
  readonly earlier: readonly PostRow[];
  readonly total: number;
  readonly allHref: string;
  readonly talk: readonly TalkView[];
  readonly startHere: readonly PostCard[];
  readonly series: readonly ShelfView[];
}

const SECONDS = 3;
const EARLIER = 12;
const TALK = 5;
const TALK_LENGTH = 150;

/** The home page: first the ranked posts, then recent responses, then where to start. */
export function homeView(input: ViewInput, index: BlogIndex, site: SiteView): HomeView {
  const { blog, context } = input;
  const { urls } = context;
  const { appearance, postsPerPage } = blog.settings;
  const intro = homeText(blog);
  const style = appearance.home === "text" && intro === null ? "list" : appearance.home;
  const ranked = pinnedFirst(blog.posts);
  const isFront = style === "front" || style === "sections";
  const [lead, ...others] = isFront ? ranked : [];
  const { sections, shown } =
    style === "sections"
      ? homeSections(input, index, ranked.slice(0, 1 + SECONDS))
      : { sections: [], shown: new Set(ranked.slice(0, 1 + SECONDS)) };
  return {
    kind: "home",
    site,
    meta: metaView(input, urls.homePath(), { title: blog.settings.title, jsonLd: [blogNode(input)] }),
    style,
    intro: intro === null ? null : { bodyKey: intro.body.key, lang: intro.lang, dir: intro.dir },
    list: style === "list" ? ranked.slice(0, postsPerPage).map((post) => postCard(input, index, post)) : [],
    lead: lead === undefined ? null : postCard(input, index, lead),
    seconds: others.slice(0, SECONDS).map((post) => postCard(input, index, post)),
    earlier: others
      .filter((post) => !shown.has(post))
      .slice(0, EARLIER)
      .map((post) => postRow(input, index, post)),
    sections,
    authors: style === "sections" ? homeAuthors(input, index) : [],
    total: blog.posts.length,
    allHref: urls.path(urls.postsPath()),
    talk: style === "front" ? latestTalk(input, index) : [],
    startHere: blog.settings.startHere.flatMap((slug) => {
      const post = index.bySlug.get(slug);
      return post === undefined ? [] : [postCard(input, index, post)];
    }),
    series: seriesShelf(input, index),
  };
}

/** Moves pinned posts to the beginning. */
export function pinnedFirst(posts: readonly Post[]): readonly Post[] {
  const pinned = posts.filter(({ isPinned }) => isPinned);
  const others = posts.filter(({ isPinned }) => !isPinned);
  return [...pinned, ...others];
}

/** Series with posts, ordered by their latest part, newest first. */
export function seriesShelf({ blog, context: { urls } }: ViewInput, index: BlogIndex): ShelfView[] {
  const shelves = blog.series.flatMap((series) => {
    const members = index.bySeries.get(series.id) ?? [];
    const [first, last] = [members[0], members.at(-1)];
    if (first === undefined || last === undefined) return [];
    return {
      title: series.title,
      description: curlyQuotes(series.description, blog.settings.lang),
      href: urls.path(urls.seriesPath(series.id)),
      parts: members.length,
      first: first.date,
      last: last.date,
    };
  });
  return shelves.sort((a, b) => Date.parse(b.last) - Date.parse(a.last));
}

/** The newest responses with words, at most one per person and two per post, so that no thread fills the column. */
function latestTalk(input: ViewInput, index: BlogIndex): TalkView[] {
  const { blog, context } = input;
  const spoken = blog.posts.flatMap((post) =>
    index
      .responsesOf(post)
      .filter(isSaid)
      .map((record) => ({ post, record, time: timeOf(record) })),
  );
  const people = new Set<string>();
  const onPost = new Map<Post, number>();
  const picked: typeof spoken = [];
  for (const said of spoken.sort((a, b) => b.time - a.time)) {
    if (picked.length === TALK) break;
    const count = onPost.get(said.post) ?? 0;
    const key = personKey(said.record);
    if (count >= 2 || people.has(key) || textOf(said.record) === "") continue;
    people.add(key);
    onPost.set(said.post, count + 1);
    picked.push(said);
  }
  const pathOf = conversationPlaces(input, index);
  return picked.map(({ post, record, time }) => ({
    author: faceView(context, shownPerson(record)),
    date: new Date(time).toISOString(),
    text: curlyQuotes(beginningOf(textOf(record), TALK_LENGTH), post.lang),
    postTitle: post.title,
    href: context.urls.path(pathOf(post, { record })),
  }));
}

function textOf(record: PostResponse): string {
  const text = plainTextOf(record);
  return collapseWhitespace(text === "" ? (record.summary ?? "") : text);
}

/** The first words of a text, cut between words. */
export function beginningOf(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  const end = cut.lastIndexOf(" ");
  return `${(end > length / 2 ? cut.slice(0, end) : [...cut].slice(0, -1).join("")).replace(/[\s.,;:!?–-]+$/u, "")} …`;
}
