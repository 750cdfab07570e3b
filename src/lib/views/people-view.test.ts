import { describe, expect, test } from "vitest";
import {
  sampleAuthor,
  sampleBlog,
  samplePost,
  sampleResponse,
  sampleSettings,
} from "../../../tests/fixtures/sample-blog.ts";
import { sampleContext } from "../../../tests/fixtures/sample-views.ts";
import type { PostResponse } from "../responses/model.ts";
import type { Settings } from "../site/settings.ts";
import { siteUrls } from "../site/urls.ts";
import { indexBlog } from "./blog-index.ts";
import { peoplePages, type PeopleView, type PersonView } from "./people-view.ts";
import { siteView } from "./site-view.ts";

function pagesFor(
  responses: readonly PostResponse[],
  own: Partial<Settings> = {},
): ReturnType<typeof peoplePages> {
  const blog = sampleBlog({
    settings: sampleSettings(own),
    posts: [samplePost("a"), samplePost("b")],
    authors: [sampleAuthor("nell", "Nell Hartigan")],
    responses: { a: responses.slice(0, 2), b: responses.slice(2) },
  });
  const context = sampleContext(siteUrls(blog.settings));
  return peoplePages({ blog, context }, indexBlog(blog, context.urls), siteView({ blog, context }));
}

function by(name: string, url: string | undefined, own: Partial<PostResponse> = {}): PostResponse {
  return sampleResponse(name, {
    author: { type: "card", name, ...(url === undefined ? {} : { url }) },
    ...own,
  });
}

describe("people", () => {
  test("are identified by profile, in any spelling of its address, else by exact name", () => {
    const [index] = pagesFor([
      by("Ann", "https://ann.example/"),
      by("Ann Lee", "http://www.ann.example"),
      by("Bo", undefined),
      by("Bo", undefined),
      by("bo", undefined),
    ]);
    const view = index?.view as PeopleView;
    expect(view.people.map((person) => [person.face.name, person.responses])).toEqual([
      ["Bo", 2],
      ["Ann Lee", 2],
      ["bo", 1],
    ]);
  });

  test("with three responses have a page that links to each response", () => {
    const pages = pagesFor(["1", "2", "3"].map(() => by("Ann", "https://ann.example/")));
    const view = pages.find((page) => page.path === "/people/ann/")?.view as PersonView;
    expect(view.posts.flatMap((post) => post.answers).map((answer) => answer.href)).toHaveLength(3);
    expect(view.posts[0]?.answers[0]?.href).toMatch(/^\/posts\/[ab]\/#c\d/);
  });

  test("hidden by the author aren't listed", () => {
    const pages = pagesFor([by("Ann", "https://ann.example/"), by("Bo", undefined)], {
      people: { isOn: true, hide: ["https://ann.example/", "Bo"] },
    });
    expect((pages[0]?.view as PeopleView).people).toEqual([]);
  });

  test("don't include the blog's own authors", () => {
    const page = "https://backfence.example/authors/nell/";
    const author = { type: "card" as const, name: "Nell Hartigan", url: page, uid: page };
    const [index] = pagesFor([by("Nell Hartigan", page, { "wm-protocol": "comment", author })]);
    expect((index?.view as PeopleView).people).toEqual([]);
  });

  test("can be switched off entirely", () => {
    expect(pagesFor([by("Ann", undefined)], { people: { isOn: false, hide: [] } })).toEqual([]);
  });

  test("with the same name have separate pages", () => {
    const pages = pagesFor([
      ...["1", "2", "3"].map(() => by("Ann", "https://one.example/")),
      ...["1", "2", "3"].map(() => by("Ann", "https://two.example/")),
    ]);
    expect(pages.map((page) => page.path).toSorted()).toEqual(["/people/", "/people/ann-2/", "/people/ann/"]);
  });
});
