import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import { relatedPosts } from "./related.ts";
import type { PostTerms, RelatedState } from "./related.ts";
import { MAX_TERMS, readTerms, termsOf, writeTerms } from "./terms.ts";

function post(slug: string, text: string, tags: readonly string[] = []): PostTerms {
  return { slug, terms: termsOf({ title: slug, description: "", tags, text }) };
}

function slugsFor(state: RelatedState, slug: string): readonly string[] {
  return state.lists.get(slug)?.map((related) => related.slug) ?? [];
}

describe("related posts", () => {
  test("only posts on the same subject are related", () => {
    const state = relatedPosts([
      post("fences", "neighbours talk over the garden fence about tomatoes and the neighbourhood", [
        "neighbours",
      ]),
      post("gardens", "tomatoes grow where a neighbour waters the garden", ["neighbours"]),
      post("trackbacks", "a server sends a ping to another server's endpoint", ["protocols"]),
      post("webmentions", "an endpoint on a server receives a ping and verifies it", ["protocols"]),
    ]);
    expect(slugsFor(state, "fences")).toEqual(["gardens"]);
    expect(slugsFor(state, "webmentions")).toEqual(["trackbacks"]);
  });

  test("posts in any script can be related", () => {
    const state = relatedPosts([
      post("a", "隣人との会話は庭の垣根越しに始まる", []),
      post("b", "垣根越しの会話を隣人と楽しむ", []),
      post("c", "サーバーはエンドポイントに通知を送信する", []),
      post("d", "Соседи разговаривают через забор и доверяют соседям", ["соседи"]),
      post("e", "Сосед за забором и разговор", ["Соседи"]),
    ]);
    expect(slugsFor(state, "a")).toEqual(["b"]);
    expect(slugsFor(state, "d")).toEqual(["e"]);
  });

  test("a blog of one post, or none, has no related posts", () => {
    expect(relatedPosts([]).lists.size).toBe(0);
    expect(slugsFor(relatedPosts([post("only", "only words")]), "only")).toEqual([]);
  });

  test("terms survive storage, and their number is limited", () => {
    const { terms } = post("x", "one two three four five six seven eight nine ten words of meaning", ["tag"]);
    expect(readTerms(writeTerms(terms))).toEqual(terms);
    expect(
      post("long", Array.from({ length: 900 }, (_, n) => `word${n}x`).join(" ")).terms.length,
    ).toBeLessThanOrEqual(MAX_TERMS);
  });

  const words =
    "fence garden neighbour letter server ping endpoint tomato family survey friend shop reply".split(" ");
  const someWords = fc
    .array(fc.constantFrom(...words), { minLength: 1, maxLength: 12 })
    .map((list) => list.join(" "));
  const corpus = fc.uniqueArray(
    fc.record({
      slug: fc.integer({ min: 0, max: 60 }).map(String),
      text: someWords,
      tag: fc.constantFrom(...words),
    }),
    {
      selector: (entry) => entry.slug,
      minLength: 20,
      maxLength: 40,
    },
  );

  test("after an edit, the lists equal those of a clean build", () => {
    fc.assert(
      fc.property(corpus, corpus, fc.integer({ min: 1, max: 4 }), (first, second, edits) => {
        const before = relatedPosts(first.map(({ slug, text, tag }) => post(slug, text, [tag])));
        const replaced = new Map(second.slice(0, edits).map((entry) => [entry.slug, entry]));
        const kept = first
          .filter((_, index) => index % 13 !== edits)
          .map((entry) => replaced.get(entry.slug) ?? entry);
        const added = [...replaced.values()].filter(
          ({ slug }) => !first.some((entry) => entry.slug === slug),
        );
        const after = [...added, ...kept].map(({ slug, text, tag }) => post(slug, text, [tag]));
        expect(relatedPosts(after, before).lists).toEqual(relatedPosts(after).lists);
      }),
      propertyRuns(10),
    );
  });

  test("an edit doesn't change the lists of unrelated posts", () => {
    const texts = Array.from({ length: 200 }, (_, n) =>
      post(`post-${n}`, `${words[n % 13] ?? ""}${n % 40} common ${words[(n * 7) % 13] ?? ""}${n % 50}`, [
        `t${n % 30}`,
      ]),
    );
    const before = relatedPosts(texts);
    const edited = texts.map((entry) =>
      entry.slug === "post-7" ? post("post-7", "entirely other words than those before") : entry,
    );
    const after = relatedPosts(edited, before);
    const changed = [...after.lists].filter(
      ([slug, list]) => JSON.stringify(list) !== JSON.stringify(before.lists.get(slug)),
    );
    const touched = (slug: string) =>
      [before, after].some((state) => slugsFor(state, slug).includes("post-7"));
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.every(([slug]) => slug === "post-7" || touched(slug))).toBe(true);
  });
});
