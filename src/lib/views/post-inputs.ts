import { hashOf } from "../cache/file-cache.ts";
import { memoizeWeak } from "../memoize-weak.ts";
import type { Post, Series } from "../content/model.ts";
import type { BlogIndex } from "./blog-index.ts";
import type { ViewInput } from "./context.ts";
import { pictureOf } from "./picture-of.ts";
import { postRow } from "./post-row.ts";
import type { SiteView } from "./site-view.ts";

/**
 * Returns a function that hashes all inputs of {@link postView} for a post in a fifth of the view's time: the post, its
 * responses, its neighbors and related posts as rows, its series, and what all pages share. The hash can change when
 * the view doesn't, but never the reverse. It's null if there are no hashes of responses.
 */
export function postInputs(
  input: ViewInput,
  index: BlogIndex,
  site: SiteView,
): (post: Post) => string | null {
  const { blog, context } = input;
  const { settings, posts, authors } = blog;
  const photos = authors.map(({ photo }) => (photo === null ? null : context.picture(photo.file, "photo")));
  const { sites } = context.languages ?? {};
  const languages = sites?.all.map(({ language }) => language);
  const common = hashOf(JSON.stringify([settings, site, authors, photos, blog.series, languages]));
  const row = memoizeWeak((post: Post) => JSON.stringify(postRow(input, index, post)));
  const rowAt = (place: number): string => {
    const post = posts[place];
    return post === undefined ? "" : row(post);
  };
  const members = memoizeWeak((series: Series) => membersOf(index, series));
  return (post) => {
    const answers = context.responsesHash(post);
    if (answers === null) return null;
    const series = post.series === null ? undefined : index.seriesById.get(post.series);
    const place = index.positionOf.get(post) ?? 0;
    return hashOf(
      common,
      JSON.stringify(post),
      answers,
      JSON.stringify([
        post.cover === null ? null : pictureOf(context, post.cover, "cover"),
        context.socialPicture(post),
        sites?.alternates.get(post.path),
        post.answering.map(({ url }) => blog.replyContexts[url] ?? null),
      ]),
      rowAt(place + 1),
      rowAt(place - 1),
      context.related(post).map(row).join("\n"),
      series === undefined ? "" : members(series),
    );
  };
}

function membersOf(index: BlogIndex, { id }: Series): string {
  return JSON.stringify((index.bySeries.get(id) ?? []).map(({ slug, title }) => [slug, title]));
}
