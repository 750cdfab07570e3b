import { isoInZone } from "../content/dates.ts";
import type { Direction, Post, Visibility } from "../content/model.ts";
import type { BlogIndex } from "./blog-index.ts";
import type { PictureSource, ViewInput } from "./context.ts";
import { pictureOf } from "./picture-of.ts";
import { formatOf, type PostFormat } from "./post-format.ts";
import type { LinkView } from "./site-view.ts";

/** A post as one row of a list. */
export interface PostRow {
  readonly title: string;
  /** False for a note, whose title is its first words. */
  readonly isTitled: boolean;
  readonly href: string;
  /** Instant with the offset of the blog's zone. */
  readonly date: string;
  /** Language of the title if it isn't the site's. */
  readonly lang: string | null;
  readonly dir: Direction | null;
  readonly minutes: number;
  /** Number of responses with words. */
  readonly responses: number;
  readonly visibility: Visibility;
  readonly format: PostFormat;
  /** Address that a link post leads to. */
  readonly link: string | null;
}

/** The label above a title; without an address, it isn't a link. */
export interface KickerView {
  readonly label: string;
  readonly href: string | null;
}

/** A post with its description, for lists and the home page. */
export interface PostCard extends PostRow {
  readonly description: string;
  readonly kicker: KickerView | null;
  readonly authors: readonly LinkView[];
  readonly picture: (PictureSource & { readonly alt: string }) | null;
}

/** A post as a row. */
export function postRow({ blog, context: { urls } }: ViewInput, index: BlogIndex, post: Post): PostRow {
  const isForeign = post.lang !== blog.settings.lang;
  return {
    title: post.title,
    isTitled: post.isTitled,
    href: urls.path(urls.postPath(post.slug)),
    date: isoInZone(post.date, blog.settings.timeZone),
    lang: isForeign ? post.lang : null,
    dir: isForeign ? post.dir : null,
    minutes: post.body.minutes,
    responses: index.answersTo(post),
    visibility: post.visibility,
    format: formatOf(post),
    link: post.link,
  };
}

/** A post with its description. */
export function postCard(input: ViewInput, index: BlogIndex, post: Post): PostCard {
  const { context } = input;
  const cover = post.cover === null ? null : pictureOf(context, post.cover, "card");
  return {
    ...postRow(input, index, post),
    description: post.description === "" ? post.body.excerpt : post.description,
    kicker: kickerOf(input, index, post),
    authors: bylineLinks(input, index, post),
    picture: cover === null ? null : { ...cover, alt: post.cover?.alt ?? "" },
  };
}

/** The short label above a title: the author's own words, else the series, else the first tag. */
export function kickerOf({ context: { urls } }: ViewInput, index: BlogIndex, post: Post): KickerView | null {
  if (post.kicker !== null) return { label: post.kicker, href: null };
  const series = post.series === null ? undefined : index.seriesById.get(post.series);
  if (series !== undefined) return { label: series.title, href: urls.path(urls.seriesPath(series.id)) };
  const tag = post.tags[0];
  return tag === undefined ? null : { label: tag, href: urls.path(urls.tagPath(tag)) };
}

/** Authors of a post as links to their pages. */
export function bylineLinks({ context: { urls } }: ViewInput, index: BlogIndex, post: Post): LinkView[] {
  return post.authors.map((id) => ({
    label: index.byId.get(id)?.name ?? id,
    href: urls.path(urls.authorPath(id)),
  }));
}
