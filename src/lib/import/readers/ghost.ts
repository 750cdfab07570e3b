/** Ghost's JSON export, of version 0.x to today. Passwords, addresses and keys of its other tables are never read. */
import * as z from "zod";
import { AuthorError } from "../../author-error.ts";
import type { ArchiveBuilder } from "../archive-builder.ts";
import type { EntryState } from "../archive.ts";
import { anyDate } from "./source-dates.ts";

const id = z.union([z.string(), z.number()]).transform(String);
const optionalText = z.string().nullish();

const postSchema = z.looseObject({
  id: id.optional(),
  title: optionalText,
  slug: optionalText,
  html: optionalText,
  markdown: optionalText,
  status: optionalText,
  visibility: optionalText,
  type: optionalText,
  page: z.unknown().optional(),
  custom_excerpt: optionalText,
  meta_description: optionalText,
  feature_image: optionalText,
  published_at: z.unknown().optional(),
  created_at: z.unknown().optional(),
  author_id: id.nullish(),
});
const namedSchema = z.looseObject({ id, name: optionalText, slug: optionalText, email: optionalText });
const linkSchema = z.looseObject({ post_id: id, tag_id: id.nullish(), author_id: id.nullish() });
const dataSchema = z.looseObject({
  posts: z.array(postSchema),
  tags: z.array(namedSchema).default([]),
  users: z.array(namedSchema).default([]),
  posts_tags: z.array(linkSchema).default([]),
  posts_authors: z.array(linkSchema).default([]),
});
const fileSchema = z.union([
  z.looseObject({ db: z.tuple([z.looseObject({ data: dataSchema })]) }).transform(({ db }) => db[0].data),
  z.looseObject({ data: dataSchema }).transform(({ data }) => data),
]);

type GhostData = z.output<typeof dataSchema>;
type GhostPost = z.output<typeof postSchema>;

/** @throws AuthorError when the file is no export of Ghost. */
export function readGhost(text: string, file: string, builder: ArchiveBuilder): void {
  const data = parseGhost(text, file);
  for (const user of data.users) {
    builder.secrets.addEmail(user.email);
    const { ledger, archive } = builder;
    const name = user.name ?? user.slug ?? user.id;
    archive.authors.push({
      record: ledger.read("author"),
      key: user.id,
      name,
      email: user.email ?? null,
      url: null,
      userId: user.id,
    });
  }
  for (const tag of data.tags) {
    const kind = tag.name?.startsWith("#") === true ? "other" : "tag";
    builder.archive.terms.push({
      record: builder.ledger.read("term"),
      kind,
      slug: tag.slug ?? "",
      name: tag.name ?? "",
    });
  }
  for (const post of data.posts) addPost(post, data, builder);
}

function parseGhost(text: string, file: string): GhostData {
  try {
    const parsed = fileSchema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const hint = "In Ghost: Settings, Import/Export, Export content. The download is a .json file.";
  throw new AuthorError([{ file, message: "This isn't a complete export of Ghost", hint }]);
}

function addPost(post: GhostPost, data: GhostData, builder: ArchiveBuilder): void {
  const { archive, ledger } = builder;
  const key = post.id ?? `ghost-${archive.entries.length + 1}`;
  const tags = data.posts_tags
    .filter(({ post_id }) => post_id === key)
    .map(({ tag_id }) => data.tags.find((tag) => tag.id === tag_id)?.name ?? "");
  const authors = data.posts_authors
    .filter(({ post_id }) => post_id === key)
    .map(({ author_id }) => author_id ?? "");
  const known = [...authors, post.author_id ?? ""].filter((author) =>
    data.users.some((user) => user.id === author),
  );
  const html = (post.html ?? "").replaceAll(/__GHOST_URL__/g, "");
  const isPage = post.type === "page" || post.page === 1 || post.page === true;
  archive.entries.push({
    record: ledger.read("entry"),
    parts: [ledger.read("section")],
    id: key,
    kind: isPage ? "page" : "post",
    state: stateOf(post),
    title: post.title ?? "",
    slug: post.slug ?? "",
    date: anyDate(post.published_at) ?? anyDate(post.created_at),
    updated: null,
    authors: [...new Set(known)],
    tags: tags.filter((tag) => tag !== "" && !tag.startsWith("#")),
    body: builder.store(html === "" ? (post.markdown ?? "") : html),
    format: html === "" ? "markdown" : "html",
    description: post.custom_excerpt ?? post.meta_description ?? null,
    addresses: post.slug == null || post.slug === "" ? [] : [`/${post.slug}/`],
    comments: "open",
    lang: null,
    series: null,
    isPinned: false,
    cover:
      post.feature_image == null ? null : { src: post.feature_image.replace("__GHOST_URL__", ""), alt: "" },
    raw: {},
    folder: "",
  });
}

/** Posts for members or subscribers aren't public. */
function stateOf({ status, visibility }: GhostPost): EntryState {
  if (visibility != null && visibility !== "public") return "private";
  if (status === "published" || status == null) return "public";
  if (status === "scheduled") return "scheduled";
  return status === "sent" ? "private" : "draft";
}
