/** A small blog for the tests of feeds, search and the other files that aren't pages. */
import { NO_OWN_WORDS } from "../../i18n/messages.ts";
import type { Author, Blog, Post } from "../content/model.ts";
import type { PostResponse } from "../responses/model.ts";
import type { Settings } from "../site/settings.ts";

/** Settings with everything optional left out. */
export function makeSettings(own: Partial<Settings> = {}): Settings {
  return {
    title: "Over the fence",
    description: "Talk between neighbours",
    url: "https://fence.example/",
    id: null,
    lang: "en",
    words: NO_OWN_WORDS,
    timeZone: null,
    since: null,
    licence: null,
    postsPerPage: 10,
    permalinks: { posts: "/posts/:slug/", notes: "/notes/:slug/" },
    navigation: [],
    startHere: [],
    profiles: [],
    comments: true,
    replyEmail: null,
    giscus: null,
    webmention: null,
    moderation: "all",
    people: { isOn: true, hide: [] },
    networks: { mastodon: true, bluesky: true, appView: "https://public.api.bsky.app" },
    privacy: { optedOut: "hide", signals: [], block: [] },
    hub: null,
    feedItems: 50,
    quickExit: "https://www.wikipedia.org/",
    remoteImages: "error",
    offline: false,
    socialPictures: false,
    redirects: [],
    oldFeeds: [],
    ai: null,
    llmsTxt: false,
    markdownCopies: false,
    security: null,
    ...own,
  };
}

/** A published post. */
export function makePost(own: Partial<Post> = {}): Post {
  const slug = own.slug ?? "hello";
  return {
    kind: "post",
    path: `/posts/${slug}/`,
    id: slug,
    slug,
    file: `content/posts/${slug}.mdx`,
    visibility: "published",
    title: `The post ${slug}`,
    isTitled: true,
    description: "What it is about.",
    standfirst: "What it is about.",
    excerpt: "",
    date: "2024-05-01T08:00:00.000Z",
    updated: null,
    authors: ["nell"],
    tags: ["listening"],
    series: null,
    kicker: null,
    cover: null,
    link: null,
    isPinned: false,
    hasToc: null,
    question: null,
    contentNote: null,
    isSensitive: false,
    comments: "open",
    lang: "en",
    dir: "ltr",
    translationOf: null,
    translations: [],
    aliases: [],
    canonical: null,
    syndication: [],
    answering: [],
    extra: {},
    body: {
      key: `body-${slug}`,
      sourceHash: `source-${slug}`,
      kind: "plain",
      headings: [],
      words: 3,
      minutes: 1,
      links: [],
      excerpt: "Hello there, neighbour.",
      pictures: [],
      hasCode: false,
    },
    ...own,
  };
}

/** Posts `post-1` (the oldest) to `post-<count>`, a day apart, newest first. */
export function makePosts(count: number): Post[] {
  return Array.from({ length: count }, (_, index) => {
    const number = count - index;
    const date = new Date(Date.UTC(2020, 0, number)).toISOString();
    return makePost({ slug: `post-${number}`, date });
  });
}

/** An approved public reply. */
export function makeResponse(own: Partial<PostResponse> = {}): PostResponse {
  return {
    type: "entry",
    author: { type: "card", name: "Ada", url: "https://ada.example/" },
    url: "https://ada.example/notes/1",
    published: "2024-05-02T10:00:00+02:00",
    content: { text: "I had the same with our choir." },
    "wm-id": 1,
    "wm-source": "https://ada.example/notes/1",
    "wm-target": "https://fence.example/posts/hello/",
    "wm-protocol": "webmention",
    "wm-property": "in-reply-to",
    "wm-received": "2024-05-02T08:01:00Z",
    status: "approved",
    ...own,
  };
}

export function makeAuthor(own: Partial<Author> = {}): Author {
  return {
    id: "nell",
    file: "content/authors/nell.yaml",
    name: "Nell Harrow",
    short: "Nell",
    bioHtml: "<p>Writes.</p>",
    isGuest: false,
    photo: null,
    links: [],
    accounts: [],
    ...own,
  };
}

export function makeBlog(own: Partial<Blog> = {}): Blog {
  return {
    settings: makeSettings(),
    posts: [makePost()],
    tombstones: [],
    pages: [],
    authors: [makeAuthor()],
    series: [],
    responses: {},
    replyContexts: {},
    heldBack: { drafts: [], scheduled: [] },
    ...own,
  };
}
