import { blogOwner } from "../responses/own-responses.ts";
import { hashOf } from "../cache/file-cache.ts";
import { curlyQuotes } from "../curly-quotes.ts";
import { collapseWhitespace } from "../markdown/collapse-whitespace.ts";
import type { ResponseKind } from "../responses/model.ts";
import {
  conversationByYear,
  peopleWithResponses,
  type PeopleOptions,
  type Person,
  type PersonResponse,
} from "../responses/people.ts";
import { plainTextOf } from "../responses/shown-response.ts";
import { lazyPage, type PageSpec } from "../site/outputs.ts";
import { translationsFor } from "../../i18n/translations-for.ts";
import type { BlogIndex } from "./blog-index.ts";
import type { ViewInput } from "./context.ts";
import { conversationPlaces, isOnOnePage } from "./conversation-pages.ts";
import { faceView, type FaceView } from "./conversation-view.ts";
import { beginningOf } from "./home-view.ts";
import { metaView, type MetaView } from "./meta-view.ts";
import type { SiteView } from "./site-view.ts";

/** A person who has responded to posts. */
export interface PersonRow {
  readonly face: FaceView;
  readonly host: string;
  /** Address of the person's page on the blog; null for people without one, who have few responses. */
  readonly href: string | null;
  readonly responses: number;
  readonly posts: number;
  readonly first: string;
  readonly latest: string;
}

export interface PeopleView {
  readonly kind: "people";
  readonly site: SiteView;
  readonly meta: MetaView;
  readonly people: readonly PersonRow[];
  /** Number of people who aren't listed. */
  readonly others: number;
  /** Number of responses by year, without gaps. */
  readonly years: readonly { readonly year: number; readonly count: number }[];
}

export interface PersonView {
  readonly kind: "person";
  readonly site: SiteView;
  readonly meta: MetaView;
  readonly person: PersonRow;
  readonly posts: readonly {
    readonly title: string;
    readonly href: string;
    readonly answers: readonly {
      readonly kind: ResponseKind;
      readonly date: string;
      readonly href: string;
      readonly text: string;
    }[];
  }[];
  /** Number of older responses that aren't shown. */
  readonly more: number;
}

const LISTED = 200;
const ANSWERS_SHOWN = 100;
const TEXT_LENGTH = 220;

/** Hash of all inputs of the pages about people; null without a cache. */
export function peopleKey({ blog, context }: ViewInput, index: BlogIndex, site: SiteView): string | null {
  const answers = context.responsesHash(null);
  if (answers === null) return null;
  const answered = blog.posts.filter((post) => index.responsesOf(post).length > 0);
  const places = answered.map((post) => [
    post.slug,
    post.title,
    // The post's text only affects which page a response is on.
    ...(isOnOnePage(index, post) ? [] : [post.body.words, post.body.headings.map(({ id }) => id)]),
  ]);
  return hashOf(answers, JSON.stringify([blog.settings, site, places]));
}

/** The pages about people; none if they are switched off in site.yaml. */
export function peoplePages(input: ViewInput, index: BlogIndex, site: SiteView): PageSpec[] {
  const { blog, context } = input;
  if (!blog.settings.people.isOn) return [];
  const { urls } = context;
  const words = translationsFor(site);
  const responses = Object.fromEntries(blog.posts.map((post) => [post.slug, index.responsesOf(post)]));
  const options: PeopleOptions = { ...blogOwner(blog), hide: blog.settings.people.hide };
  const people = peopleWithResponses(responses, options);
  const view: PeopleView = {
    kind: "people",
    site,
    meta: metaView(input, urls.peoplePath(), { title: words.people.title, description: words.people.intro }),
    people: people.slice(0, LISTED).map(({ person }) => personRow(input, person)),
    others: Math.max(0, people.length - LISTED),
    years: conversationByYear(responses, blog.settings.timeZone ?? "UTC"),
  };
  const pathOf = conversationPlaces(input, index);
  return [
    { route: "people/index", params: {}, path: urls.peoplePath(), view },
    ...people
      .filter(({ person }) => person.hasPage)
      .map(({ person, responses: own }) =>
        lazyPage(
          { route: "people/[person]", params: { person: person.slug }, path: urls.personPath(person.slug) },
          () => personView(input, index, site, person, own, pathOf),
        ),
      ),
  ];
}

function personRow({ context }: ViewInput, person: Person): PersonRow {
  return {
    face: faceView(context, person),
    host: person.host,
    href: person.hasPage ? context.urls.path(context.urls.personPath(person.slug)) : null,
    responses: person.count,
    posts: person.posts,
    first: person.first,
    latest: person.latest,
  };
}

function personView(
  input: ViewInput,
  index: BlogIndex,
  site: SiteView,
  person: Person,
  responses: readonly PersonResponse[],
  pathOf: ReturnType<typeof conversationPlaces>,
): PersonView {
  const { urls } = input.context;
  const words = translationsFor(site);
  const byPost = [...Map.groupBy(responses.slice(0, ANSWERS_SHOWN), ({ slug }) => slug)];
  return {
    kind: "person",
    site,
    meta: metaView(input, urls.personPath(person.slug), {
      title: person.name,
      description: words.people.personIntro(person.name),
      isListed: false,
    }),
    person: personRow(input, person),
    posts: byPost.flatMap(([slug, answers]) => {
      const post = index.bySlug.get(slug);
      if (post === undefined) return [];
      return {
        title: post.title,
        href: urls.path(urls.postPath(slug)),
        answers: answers.map(({ record, time }) => ({
          kind: record["wm-property"],
          date: new Date(time).toISOString(),
          href: urls.path(pathOf(post, { record })),
          text: curlyQuotes(
            beginningOf(collapseWhitespace(plainTextOf(record) || record.summary || ""), TEXT_LENGTH),
            post.lang,
          ),
        })),
      };
    }),
    more: Math.max(0, responses.length - ANSWERS_SHOWN),
  };
}
