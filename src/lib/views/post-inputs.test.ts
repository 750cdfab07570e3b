import { expect, test } from "vitest";
import {
  sampleAuthor,
  sampleBlog,
  sampleBody,
  samplePage,
  samplePost,
  sampleResponse,
  sampleSeries,
  sampleSettings,
} from "../../../tests/fixtures/sample-blog.ts";
import { sampleContext, sitePages } from "../../../tests/fixtures/sample-views.ts";
import type { Blog } from "../content/model.ts";
import { siteUrls } from "../site/urls.ts";
import { indexBlog } from "./blog-index.ts";
import type { ViewContext } from "./context.ts";
import { pageGroups } from "./site-pages.ts";

const picture = {
  file: "content/fence.jpg",
  alt: "A fence",
  credit: "Nell",
  creditUrl: "https://nell.example/",
};

const blog = sampleBlog({
  settings: sampleSettings({
    licence: { name: "CC BY", url: "https://licence.example/" },
    replyEmail: "reply",
    webmention: {
      endpoint: "https://in.example/",
      api: null,
      pingback: "https://ping.example/",
      trackback: "https://tb.example/{slug}",
      comments: "https://in.example/comment",
    },
    giscus: { host: "https://giscus.app", repo: "a/b", repoId: "R", category: "Talk", categoryId: "C" },
  }),
  posts: Array.from({ length: 6 }, (_, at) =>
    samplePost(`post-${at}`, {
      date: new Date(Date.UTC(2012, 11 - at)).toISOString(),
      updated: "2013-01-01T00:00:00.000Z",
      tags: ["listening", "feeds"],
      authors: ["nell", "ines"],
      series: at < 3 ? "home" : null,
      kicker: at === 1 ? "Reprint" : null,
      cover: at % 2 === 0 ? picture : null,
      question: "And you?",
      contentNote: "Loss",
      isSensitive: true,
      canonical: "https://elsewhere.example/post/",
      syndication: ["https://elsewhere.example/copy"],
      answering: [{ kind: "rsvp", url: "https://asked.example/", rsvp: "yes" }],
      body: sampleBody(`body-${at}`, {
        words: 1600,
        headings: [1, 2, 3].map((part) => ({ depth: 2, id: `part-${part}`, text: `Part ${part}` })),
        pictures: [picture.file],
        styles: ["/own.css"],
      }),
    }),
  ),
  authors: [sampleAuthor("nell", "Nell Hartigan", { photo: picture }), sampleAuthor("ines", "Ines Okafor")],
  series: [sampleSeries("home", "Coming home")],
  pages: [samplePage("about", "About")],
  responses: {
    "post-1": [sampleResponse("Ann Lee"), sampleResponse("Bo", { "wm-property": "like-of" })],
    // More than one page shows.
    "post-4": Array.from({ length: 102 }, () => sampleResponse("Ann Lee")),
  },
  replyContexts: {
    "https://asked.example/": {
      url: "https://asked.example/",
      title: "A party",
      author: { name: "Cy", url: "https://cy.example/" },
      published: "2012-01-01T00:00:00Z",
      excerpt: "Come over.",
      site: "Asked",
      fetched: "2026-11-22",
    },
  },
});

/** A context whose results depend on the blog: pictures by file, related posts by index, responses by record. */
function contextOf(of: Blog): ViewContext {
  const urls = siteUrls(of.settings);
  return sampleContext(urls, {
    picture: (file) => ({
      src: urls.path(`/${file}`),
      width: 1,
      height: 1,
      sources: [],
      srcset: "",
      placeholder: null,
    }),
    socialPicture: (post) => ({
      url: urls.absolute("/card.png"),
      width: 1,
      height: 1,
      alt: post?.title ?? "",
    }),
    related: (post) => of.posts.filter((_, at) => (at + of.posts.indexOf(post)) % 4 === 0).slice(0, 3),
    responsesHash: (post) => JSON.stringify(post === null ? of.responses : (of.responses[post.slug] ?? null)),
  });
}

interface Page {
  readonly view: string;
  readonly inputs: string | null | undefined;
}

/** View and inputs of each page of a post, by path. */
function postPages(of: Blog): Map<string, Page> {
  const groups = pageGroups(of, contextOf(of), indexBlog(of, siteUrls(of.settings)));
  return new Map(
    groups
      .filter(({ routes }) => routes[0]?.startsWith("posts/[slug]"))
      .flatMap((group) =>
        group.pages().map((page): [string, Page] => {
          const inputs = group.key?.() ?? page.inputs?.();
          return [page.path, { view: JSON.stringify(page.view), inputs }];
        }),
      ),
  );
}

type Place = readonly (string | number)[];

/** Paths of all lists and all primitive values in a tree. Of a long list, only the first two and last two entries. */
function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value !== "object" || value === null) return [at];
  const entries = Object.entries(value);
  const looked =
    Array.isArray(value) && value.length > 4 ? [...entries.slice(0, 2), ...entries.slice(-2)] : entries;
  const below = looked.flatMap(([key, one]) => placesIn(one, [...at, key]));
  return Array.isArray(value) && value.length > 0 ? [at, ...below] : below;
}

/** The tree with another value at one path: a changed text, a greater number, the opposite, a list without its head. */
function changedAt(tree: Blog, place: Place): Blog {
  const changed = (value: unknown, [key, ...below]: Place): unknown => {
    if (key === undefined) return otherThan(value);
    const copy: object = Array.isArray(value) ? [...value] : { ...Object(value) };
    Reflect.set(copy, key, changed(Reflect.get(copy, key), below));
    return copy;
  };
  return changed(tree, place) as Blog;
}

function otherThan(value: unknown): unknown {
  if (typeof value === "string")
    return value.replace(/\d(?!.*\d)|$/, (digit) => (digit === "" ? "x" : `${(Number(digit) + 1) % 10}`));
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  return Array.isArray(value) ? value.slice(1) : "something";
}

test("no page of a post or its responses goes stale: every change that affects a view changes its inputs", () => {
  const before = postPages(blog);
  expect([...before.keys()]).toContain("/posts/post-4/responses/2/");
  const stale: string[] = [];
  let shown = 0;
  for (const place of placesIn(blog)) {
    let after: ReturnType<typeof postPages>;
    try {
      after = postPages(changedAt(blog, place));
    } catch {
      continue; // The value is no longer an address, language or date, so such a blog couldn't be loaded.
    }
    for (const [path, page] of after) {
      const old = before.get(path);
      if (old === undefined || old.view === page.view) continue;
      shown += 1;
      if (old.inputs === page.inputs) stale.push(`${place.join(".")} → ${path}`);
    }
  }
  expect(stale).toEqual([]);
  expect(shown).toBeGreaterThan(300);
});

test("an edited post doesn't affect the pages of posts that don't refer to it", () => {
  const { posts } = blog;
  const edited = {
    ...blog,
    posts: posts.map((post, at) => (at === 5 ? { ...post, body: sampleBody("other") } : post)),
  };
  const [before, after] = [postPages(blog), postPages(edited)];
  const touched = [...after]
    .filter(([path, { inputs }]) => before.get(path)?.inputs !== inputs)
    .map(([path]) => path);
  expect(touched).toContain("/posts/post-5/");
  expect(touched).not.toContain("/posts/post-0/");
});

test("without hashes of responses there are no input hashes, so every view is created", () => {
  const context = { ...contextOf(blog), responsesHash: () => null };
  const page = sitePages(blog, context).find(({ path }) => path === "/posts/post-1/");
  expect(page?.inputs?.()).toBeNull();
});
