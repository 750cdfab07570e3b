import { expect, test } from "vitest";
import { sampleBlog, samplePage, samplePost, sampleResponse } from "../../../tests/fixtures/sample-blog.ts";
import { sampleContext } from "../../../tests/fixtures/sample-views.ts";
import { siteUrls } from "../site/urls.ts";
import { siteView } from "../views/site-view.ts";
import { deskPages, deskView, timeUntil, type DeskFacts } from "./desk-view.ts";

const NOW = new Date("2026-05-01T10:00:00Z");
const FACTS: DeskFacts = { now: NOW, errors: [], notes: [], linkResults: new Map() };

function deskOf(blog: ReturnType<typeof sampleBlog>, page = 1, facts: Partial<DeskFacts> = {}) {
  const input = { blog, context: sampleContext(siteUrls(blog.settings)) };
  return deskView(input, siteView(input), page, { ...FACTS, ...facts });
}

test("many posts are paginated, unpublished ones first", () => {
  const posts = Array.from({ length: 30 }, (_, at) => samplePost(`post-${at}`));
  const draft = samplePost("draft", { visibility: "draft" });
  const blog = sampleBlog({ posts: [...posts, draft] });
  expect(deskPages(blog.posts).map(({ length }) => length)).toEqual([12, 12, 7]);
  expect(deskOf(blog).posts[0]?.title).toBe("Title of draft");
  expect(deskOf(blog, 2).pager).toMatchObject({ newer: "/_desk/", older: "/_desk/3/" });
  expect(deskPages([])).toHaveLength(1);
});

test("drafts include pages, and the schedule is sorted by date", () => {
  const later = samplePost("later", { visibility: "scheduled", date: "2026-06-01T10:00:00.000Z" });
  const sooner = samplePost("sooner", { visibility: "scheduled", date: "2026-05-02T10:00:00.000Z" });
  const pages = [{ ...samplePage("about", "About"), visibility: "draft" as const }];
  const desk = deskOf(sampleBlog({ posts: [later, sooner], pages }));
  expect(desk.drafts.shown.map(({ title }) => title)).toEqual(["About"]);
  expect(desk.scheduled.shown.map(({ title, wait }) => [title, wait])).toEqual([
    ["Title of sooner", "in 24 hours"],
    ["Title of later", "in 31 days"],
  ]);
});

test("long lists show their first entries and their total", () => {
  const count = 2000;
  const posts = Array.from({ length: count }, (_, at) => samplePost(`post-${at}`, { visibility: "draft" }));
  const waiting = Array.from({ length: count }, (_, at) =>
    sampleResponse(`Ann ${at}`, { status: "pending" }),
  );
  const errors = Array.from({ length: count }, () => ({ message: "Wrong", file: "a.md", hint: "Right" }));
  const notes = Array.from({ length: count }, (_, at) => `Note ${at}`);
  const desk = deskOf(sampleBlog({ posts, responses: { "post-0": waiting } }), 1, { errors, notes });
  for (const list of [desk.drafts, desk.waiting, desk.errors, desk.notes]) {
    expect(list.count).toBe(count);
    expect(list.shown.length).toBe(30);
  }
  expect(desk.isFirst).toBe(true);
  expect(deskOf(sampleBlog({ posts }), 2)).toMatchObject({ isFirst: false, firstHref: "/_desk/" });
});

test("the remaining time is in minutes, hours or days", () => {
  expect(timeUntil("2026-05-01T10:01:00Z", NOW)).toBe("in 1 minute");
  expect(timeUntil("2026-05-01T15:00:00Z", NOW)).toBe("in 5 hours");
  expect(timeUntil("2026-05-08T10:00:00Z", NOW)).toBe("in 7 days");
});

test("only pending responses are shown, and their sources only if they are web addresses", () => {
  const waiting = sampleResponse("Mallory", { status: "pending", "wm-source": "javascript:alert(1)" });
  const responses = { hello: [sampleResponse("Ann"), waiting] };
  const desk = deskOf(sampleBlog({ posts: [samplePost("hello")], responses }));
  expect(desk.waiting.shown.map(({ name, source, post }) => [name, source, post.title])).toEqual([
    ["Mallory", null, "Title of hello"],
  ]);
});
