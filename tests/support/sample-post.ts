import type { Post } from "../../src/lib/content/model.ts";

/** A post with nothing in it, to be filled in by a test. */
export function samplePost(change: Partial<Post> & { readonly slug: string }): Post {
  return {
    id: change.slug,
    file: `content/posts/${change.slug}.mdx`,
    visibility: "published",
    title: change.slug,
    description: "",
    date: "2026-03-01T00:00:00.000Z",
    updated: null,
    authors: ["nell"],
    tags: [],
    series: null,
    kicker: null,
    cover: null,
    question: null,
    contentNote: null,
    isSensitive: false,
    comments: "open",
    lang: "en",
    dir: "ltr",
    aliases: [],
    canonical: null,
    syndication: [],
    answering: [],
    body: {
      key: change.slug,
      sourceHash: change.slug,
      kind: "plain",
      headings: [],
      words: 0,
      minutes: 1,
      links: [],
      excerpt: "",
      pictures: [],
      hasCode: false,
    },
    ...change,
  };
}
