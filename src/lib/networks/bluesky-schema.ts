/** Schemas of the AppView's responses (lexicons/app/bsky/…), limited to the fields that a thread needs. */
import * as z from "zod";
import { listOf, optionalListOf } from "./list-of.ts";

const text = z.string().nullish().catch(null);
const count = z.number().nullish().catch(null);
const labels = optionalListOf(
  z.object({ val: z.string(), neg: z.boolean().optional(), src: z.string().optional() }),
);

export const actorSchema = z.object({
  did: z.string().regex(/^did:[a-z]+:[\w.:%-]+$/),
  handle: z.string().min(1),
  displayName: text,
  description: text,
  avatar: text,
  labels,
});

export type BlueskyActor = z.infer<typeof actorSchema>;

const facetSchema = z.object({
  index: z.object({ byteStart: z.int().nonnegative(), byteEnd: z.int().nonnegative() }),
  features: optionalListOf(
    z.object({ uri: z.string().optional(), did: z.string().optional(), tag: z.string().optional() }),
  ),
});

export type BlueskyFacet = z.infer<typeof facetSchema>;

const recordSchema = z.object({
  text: z.string().catch(""),
  createdAt: text,
  facets: optionalListOf(facetSchema),
  reply: z
    .object({ root: z.object({ uri: z.string() }), parent: z.object({ uri: z.string() }) })
    .nullish()
    .catch(null),
  labels: z
    .object({ values: optionalListOf(z.object({ val: z.string() })) })
    .nullish()
    .catch(null),
  bridgyOriginalUrl: text,
});

const imageSchema = z.object({ thumb: text, fullsize: text, alt: text });

const mediaSchema = z.object({
  images: optionalListOf(imageSchema),
  items: optionalListOf(imageSchema),
  thumbnail: text,
  playlist: text,
  alt: text,
  external: z.object({ uri: z.string(), title: text, thumb: text }).nullish().catch(null),
});

export const postSchema = z.object({
  uri: z.string().regex(/^at:\/\/did:[^/]+\/app\.bsky\.feed\.post\/[\w.~:-]+$/),
  cid: z.string(),
  author: actorSchema,
  record: recordSchema,
  embed: mediaSchema
    .extend({ media: mediaSchema.nullish().catch(null) })
    .nullish()
    .catch(null),
  replyCount: count,
  repostCount: count,
  likeCount: count,
  quoteCount: count,
  indexedAt: text,
  labels,
  threadgate: z
    .object({ record: z.object({ hiddenReplies: optionalListOf(z.string()) }) })
    .nullish()
    .catch(null),
});

export type BlueskyPost = z.infer<typeof postSchema>;

export const likesSchema = z.object({
  cursor: text,
  likes: listOf(z.object({ indexedAt: text, createdAt: text, actor: actorSchema })),
});
export const repostsSchema = z.object({ cursor: text, repostedBy: listOf(actorSchema) });
export const quotesSchema = z.object({ cursor: text, posts: listOf(postSchema) });
export const postsSchema = z.object({ posts: listOf(postSchema) });
export const profilesSchema = z.object({ profiles: listOf(actorSchema) });
export const didSchema = z.object({ did: z.string().regex(/^did:[a-z]+:[\w.:%-]+$/) });
