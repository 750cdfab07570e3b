import { describe, expect, test } from "vitest";
import { person, record } from "../../../tests/support/records.ts";
import { conversationByYear, peopleWithResponses, type PeopleOptions } from "./people.ts";

const OPTIONS = { siteUrl: "https://backfence.example/", hide: [] };

describe("people", () => {
  const responses = {
    hello: [
      record(1, { author: { type: "card", name: "Ada", url: "http://www.ada.example" } }),
      record(2, { author: person("Ada Lovell", "ada.example"), "wm-property": "like-of" }),
      record(3, { author: { type: "card", name: "Bo" } }),
      record(4, { author: person("Bo", "bo.example") }),
      record(5, { author: person("Spammer"), status: "spam" }),
    ],
    world: [
      record(6, { author: person("Ada Lovell", "ada.example") }),
      record(7, {
        "wm-protocol": "comment",
        author: { type: "card", name: "Nell", uid: "https://backfence.example/authors/nell/" },
      }),
    ],
  };

  const peopleOf = (options: PeopleOptions) =>
    peopleWithResponses(responses, options).map((one) => one.person);

  test("are merged across posts by profile URL, ignoring scheme, www and trailing slash", () => {
    const [ada] = peopleOf(OPTIONS);
    expect(ada).toMatchObject({
      name: "Ada Lovell",
      slug: "ada",
      host: "ada.example",
      count: 3,
      hasPage: true,
      posts: 2,
    });
    expect(ada && ada.first < ada.latest).toBe(true);
  });

  test("without a profile are merged by exact name, but never with a person who has a profile", () => {
    const bos = peopleOf(OPTIONS).filter(({ name }) => name === "Bo");
    expect(bos.map(({ slug, url }) => [slug, url])).toEqual([
      ["bo-2", "https://bo.example/"],
      ["bo", null],
    ]);
  });

  test("don't include the blog's own authors, spam, and people hidden by URL or name", () => {
    const names = (hide: string[]) => peopleOf({ ...OPTIONS, hide }).map(({ name }) => name);
    expect(names([])).toEqual(["Ada Lovell", "Bo", "Bo"]);
    expect(names(["https://ada.example/"])).toEqual(["Bo", "Bo"]);
    expect(names(["Bo"])).toEqual(["Ada Lovell"]);
  });

  test("have their responses listed newest first", () => {
    const ada = peopleWithResponses(responses, OPTIONS).find(({ person }) => person.slug === "ada");
    expect(ada?.responses.map(({ slug, record }) => [slug, record["wm-id"]])).toEqual([
      ["world", 6],
      ["hello", 2],
      ["hello", 1],
    ]);
  });
});

test("the years of the conversation have no gaps and begin in the blog's time zone", () => {
  const responses = {
    hello: [
      record(1, { published: "2008-12-31T23:30:00Z" }),
      record(2, { published: "2011-06-01T00:00:00Z" }),
      record(3, { published: "2011-07-01T00:00:00Z", status: "pending" }),
    ],
  };
  expect(conversationByYear(responses, "Europe/Berlin")).toEqual([
    { year: 2009, count: 1 },
    { year: 2010, count: 0 },
    { year: 2011, count: 1 },
  ]);
  expect(conversationByYear(responses, "UTC")[0]).toEqual({ year: 2008, count: 1 });
  expect(conversationByYear({}, "UTC")).toEqual([]);
});
