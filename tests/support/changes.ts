/** Changes that an author makes to a blog between two builds. */
import { AUTHORS, SERIES, TAGS, type BlogPost, type BlogState } from "./changing-blog.ts";

/** One change; `draw` is any integer and selects what is changed. */
export interface Change {
  readonly name: string;
  apply(state: BlogState, draw: number): void;
}

export const CHANGES: readonly Change[] = [
  postChange("text", (post, draw) => (post.body += `\n\nAdded sentence ${draw}.`)),
  postChange("heading", (post, draw) => (post.body = post.body.replace(/## .*/, `## Heading ${draw}`))),
  postChange("title", (post, draw) => (post.title = `Title ${draw}`)),
  postChange("tags", (post, draw) => (post.tags = [pick(TAGS, draw), `own-${draw % 3}`])),
  postChange("no tags", (post) => (post.tags = [])),
  postChange("date", (post, draw) => (post.date = dateOf(draw))),
  postChange(
    "author",
    (post) => (post.author = post.author === AUTHORS[0] ? pick(AUTHORS, 1) : pick(AUTHORS, 0)),
  ),
  postChange("draft on or off", (post) => (post.isDraft = !post.isDraft)),
  postChange("series", (post, draw) => (post.series = post.series === null ? pick(SERIES, draw) : null)),
  postChange("alias", (post, draw) => (post.aliases = post.aliases.length > 0 ? [] : [`/old/${draw}.html`])),
  postChange("alias that is a folder", (post, draw) => (post.aliases = [`/older/${draw}/`])),
  { name: "slug", apply: rename },
  { name: "post removed", apply: (state, draw) => void state.posts.delete(slugAt(state, draw)) },
  { name: "post added", apply: addPost },
  { name: "picture's bytes", apply: (state, draw) => withPicture(state, (post) => (post.picture = draw)) },
  postChange(
    "picture added or removed",
    (post, draw) => (post.picture = post.picture === null ? draw : null),
  ),
  {
    name: "own component's code",
    apply: (state, draw) => withComponent(state, (post) => (post.component = draw)),
  },
  { name: "code that a component imports", apply: (state, draw) => void (state.sharedWord = `word ${draw}`) },
  {
    name: "author's bio",
    apply: (state, draw) => void state.bios.set(pick(AUTHORS, draw), `A bio ${draw}.`),
  },
  {
    name: "series title",
    apply: (state, draw) => void state.seriesTitles.set(pick(SERIES, draw), `Series ${draw}`),
  },
  { name: "settings: title", apply: (state, draw) => void (state.siteTitle = `Blog ${draw}`) },
  { name: "settings: posts on a page", apply: (state, draw) => void (state.postsPerPage = 2 + (draw % 5)) },
  postChange("response added", (post, draw) => post.responses.push(response(draw))),
  {
    name: "response edited",
    apply: (state, draw) => withResponse(state, (one) => (one.text = `Said ${draw}.`)),
  },
  {
    name: "response held back or approved",
    apply: (state) => withResponse(state, (one) => (one.isApproved = !one.isApproved)),
  },
  { name: "responses deleted", apply: deleteResponses },
  { name: "hour come", apply: (state, draw) => void (state.now = dateOf(draw)) },
  {
    name: "public file",
    apply: (state, draw) => void (state.publicFile = draw % 3 === 0 ? null : `notes ${draw % 10}\n`),
  },
  { name: "nothing", apply: () => {} },
];

function postChange(name: string, change: (post: BlogPost, draw: number) => unknown): Change {
  return {
    name,
    apply: (state, draw) => {
      const post = state.posts.get(slugAt(state, draw));
      if (post !== undefined) change(post, draw);
    },
  };
}

function slugAt({ posts }: BlogState, draw: number): string {
  return [...posts.keys()][draw % Math.max(1, posts.size)] ?? "";
}

function rename(state: BlogState, draw: number): void {
  const slug = slugAt(state, draw);
  const post = state.posts.get(slug);
  if (post === undefined) return;
  state.posts.delete(slug);
  state.posts.set(`renamed-${draw}-${slug}`.slice(0, 40), post);
}

function addPost(state: BlogState, draw: number): void {
  const like = state.posts.get(slugAt(state, draw));
  if (like === undefined) return;
  const title = `Another ${draw}`;
  state.posts.set(`added-${draw}`, { ...structuredClone(like), title, aliases: [], responses: [] });
}

function withPicture(state: BlogState, change: (post: BlogPost) => void): void {
  const post = [...state.posts.values()].find(({ picture }) => picture !== null);
  if (post !== undefined) change(post);
}

function withComponent(state: BlogState, change: (post: BlogPost) => void): void {
  const post = [...state.posts.values()].find(({ component }) => component !== null);
  if (post !== undefined) change(post);
}

function withResponse(state: BlogState, change: (one: BlogPost["responses"][number]) => void): void {
  const [first] = [...state.posts.values()].flatMap(({ responses }) => responses);
  if (first !== undefined) change(first);
}

function deleteResponses(state: BlogState): void {
  const post = [...state.posts.values()].find(({ responses }) => responses.length > 0);
  if (post !== undefined) post.responses = [];
}

function response(draw: number): BlogPost["responses"][number] {
  return { id: 10_000 + draw, text: `An answer ${draw}.`, isApproved: draw % 4 !== 0 };
}

function dateOf(draw: number): string {
  return `20${10 + (draw % 14)}-0${1 + (draw % 9)}-1${draw % 10}T0${draw % 10}:00:00Z`;
}

function pick<Item>(items: readonly Item[], draw: number): Item {
  const item = items[draw % items.length];
  if (item === undefined) throw new RangeError("Nothing to pick from");
  return item;
}
