import type { Post } from "../posts/model.ts";
import type { PostResponse } from "../responses/model.ts";
import { lazyPage, type PageSpec } from "../site/outputs.ts";
import { slugOf } from "../site/slug.ts";
import { wordsOf } from "../words/words-of.ts";
import { compareText, type BlogIndex } from "./blog-index.ts";
import type { ViewInput } from "./context.ts";
import { isAuthorOf, textOf, type ResponseView } from "./conversation-view.ts";
import { beginningOf } from "./home-view.ts";
import { metaView, type MetaView } from "./meta-view.ts";
import { anchorOf, hostOf, initialsOf, responseTime } from "./person-marks.ts";
import type { SiteView } from "./site-view.ts";

/** Somebody with whom the blog has a conversation. */
export interface PersonRow {
  readonly name: string;
  readonly initials: string;
  readonly avatar: string | null;
  readonly profile: string | null;
  readonly host: string | null;
  /** The person's own page here, for those with three or more answers. */
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
  readonly total: number;
  readonly people: readonly PersonRow[];
  /** People beyond those listed. */
  readonly others: number;
  /** Answers by year, without gaps. */
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
    readonly answers: readonly (Pick<ResponseView, "anchor" | "date" | "protocol"> & {
      readonly what: string;
      readonly href: string;
      readonly text: string;
    })[];
  }[];
}

interface Said {
  readonly post: Post;
  readonly response: PostResponse;
}

interface Person {
  readonly slug: string;
  readonly said: readonly Said[];
}

const OWN_PAGE_FROM = 3;
const LISTED = 200;
const TEXT_LENGTH = 220;

/** The pages about people; none when site.yaml switches them off. */
export function peoplePages(input: ViewInput, index: BlogIndex, site: SiteView): PageSpec[] {
  const { blog, context } = input;
  if (!blog.settings.people.isOn) return [];
  const { urls } = context;
  const words = wordsOf(site.lang);
  const people = peopleOf(input, index);
  const withPage = people.filter((person) => person.said.length >= OWN_PAGE_FROM);
  const all = people.flatMap((person) => person.said);
  const view: PeopleView = {
    kind: "people",
    site,
    meta: metaView(input, urls.peoplePath(), { title: words.people.title, description: words.people.intro }),
    total: all.length,
    people: people.slice(0, LISTED).map((person) => personRow(input, person)),
    others: Math.max(0, people.length - LISTED),
    years: yearsOf(all),
  };
  return [
    { route: "people/index", params: {}, path: urls.peoplePath(), view },
    ...withPage.map((person) =>
      lazyPage(
        { route: "people/[person]", params: { person: person.slug }, path: urls.personPath(person.slug) },
        () => personView(input, site, person),
      ),
    ),
  ];
}

/** Who answered: joined by profile, else by exact name; without authors and those whom site.yaml hides. */
function peopleOf(input: ViewInput, index: BlogIndex): Person[] {
  const { blog } = input;
  const hidden = new Set(blog.settings.people.hide);
  const groups = new Map<string, Said[]>();
  for (const post of blog.posts) {
    for (const response of index.responsesOf(post)) {
      const { name, url } = response.author;
      if (hidden.has(name) || (url !== undefined && hidden.has(url))) continue;
      if (isAuthorOf(index, response)) continue;
      const key = url === undefined ? `name ${name}` : `url ${normalAddress(url)}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [{ post, response }]);
      else group.push({ post, response });
    }
  }
  const sorted = [...groups.values()]
    .map((said) => said.sort((a, b) => timeOf(b) - timeOf(a)))
    .sort((a, b) => b.length - a.length || timeOf(b[0]) - timeOf(a[0]) || compareText(nameOf(a), nameOf(b)));
  const taken = new Set<string>();
  return sorted.map((said) => ({ slug: freeSlug(slugOf(nameOf(said)), taken), said }));
}

function personRow({ context }: ViewInput, { slug, said }: Person): PersonRow {
  const [latest] = said;
  const name = nameOf(said);
  const profile = latest?.response.author.url ?? null;
  return {
    name,
    initials: initialsOf(name),
    avatar: latest === undefined ? null : context.avatar(latest.response),
    profile,
    host: hostOf(profile ?? undefined),
    href: said.length >= OWN_PAGE_FROM ? context.urls.path(context.urls.personPath(slug)) : null,
    responses: said.length,
    posts: new Set(said.map(({ post }) => post.slug)).size,
    first: dateOf(said.at(-1)),
    latest: dateOf(latest),
  };
}

function personView(input: ViewInput, site: SiteView, person: Person): PersonView {
  const { urls } = input.context;
  const words = wordsOf(site.lang);
  const row = personRow(input, person);
  const byPost = [...Map.groupBy(person.said, ({ post }) => post)];
  return {
    kind: "person",
    site,
    meta: metaView(input, urls.personPath(person.slug), {
      title: row.name,
      description: words.people.personIntro(row.name),
      isListed: false,
    }),
    person: row,
    posts: byPost.map(([post, said]) => ({
      title: post.title,
      href: urls.path(urls.postPath(post.slug)),
      answers: said.map(({ response }) => {
        const anchor = anchorOf(response);
        return {
          anchor,
          date: responseTime(response),
          protocol: response["wm-protocol"],
          what: response["wm-property"],
          href: `${urls.path(urls.postPath(post.slug))}#${anchor}`,
          text: beginningOf(textOf(response).replaceAll(/\s+/g, " ").trim(), TEXT_LENGTH),
        };
      }),
    })),
  };
}

function yearsOf(said: readonly Said[]): PeopleView["years"] {
  const years = said.map((one) => new Date(timeOf(one)).getUTCFullYear());
  if (years.length === 0) return [];
  const first = years.reduce((a, b) => Math.min(a, b));
  const last = years.reduce((a, b) => Math.max(a, b));
  return Array.from({ length: last - first + 1 }, (_, at) => ({
    year: first + at,
    count: years.filter((year) => year === first + at).length,
  }));
}

function freeSlug(wanted: string, taken: Set<string>): string {
  let slug = wanted;
  for (let number = 2; taken.has(slug); number += 1) slug = `${wanted}-${number}`;
  taken.add(slug);
  return slug;
}

function normalAddress(address: string): string {
  return address.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
}

function timeOf(said: Said | undefined): number {
  return said === undefined ? 0 : Date.parse(responseTime(said.response));
}

function dateOf(said: Said | undefined): string {
  return said === undefined ? "" : responseTime(said.response);
}

function nameOf(said: readonly Said[]): string {
  return said[0]?.response.author.name ?? "";
}
