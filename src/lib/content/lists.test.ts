import { expect, test } from "vitest";
import { samplePost } from "../../../tests/support/sample-post.ts";
import { neighboursAt, relatedToShow } from "./neighbours.ts";
import { seriesWithParts } from "./series.ts";
import { isPublished, visibilityOf } from "./visibility.ts";

const slugs = (posts: readonly { readonly slug: string }[]): readonly string[] =>
  posts.map(({ slug }) => slug);

test("a series begins with its oldest part; one without parts isn't shown", () => {
  const series = ["home", "business", "empty"].map((id) => ({
    id,
    file: `${id}.yaml`,
    title: id,
    description: "",
  }));
  const posts = [
    samplePost({ slug: "third", series: "home" }),
    samplePost({ slug: "other", series: "business" }),
    samplePost({ slug: "second", series: "home" }),
    samplePost({ slug: "single" }),
    samplePost({ slug: "first", series: "home" }),
  ];
  expect(seriesWithParts(posts, series).map(({ series: { id }, parts }) => [id, ...slugs(parts)])).toEqual([
    ["home", "first", "second", "third"],
    ["business", "other"],
  ]);
});

test("previous is the older post, next the newer; related posts are neither", () => {
  const posts = ["new", "middle", "old"].map((slug) => samplePost({ slug }));
  const neighbours = neighboursAt(posts, 1);
  expect([neighbours.previous?.slug, neighbours.next?.slug]).toEqual(["old", "new"]);
  expect(neighboursAt(posts, 0).next).toBeNull();
  expect(neighboursAt(posts, 2).previous).toBeNull();
  const candidates = ["old", "x", "new", "y", "z", "w"].map((slug, place) => ({ slug, score: 90 - place }));
  expect(relatedToShow(candidates, neighbours)).toEqual(["x", "y", "z"]);
});

test("a draft stays a draft after its date; a scheduled post is published exactly at its date", () => {
  const now = new Date("2026-06-01T12:00:00Z");
  const state = (isDraft: boolean, date: string | null) => visibilityOf({ isDraft, date }, now);
  expect(state(true, "2020-01-01T00:00:00.000Z")).toBe("draft");
  expect(state(false, "2026-06-01T12:00:00.000Z")).toBe("published");
  expect(state(false, "2026-06-01T12:00:00.001Z")).toBe("scheduled");
  expect(state(false, null)).toBe("published");
  expect(isPublished({ isDraft: false, date: "2026-06-01T12:00:00.001Z" }, now)).toBe(false);
});
