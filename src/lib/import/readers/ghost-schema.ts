/** Schemas for the tables of Ghost's export that are read. */
import * as z from "zod";

const id = z.union([z.string(), z.number()]).transform(String);
const optionalText = z.string().nullish();

const flag = z.union([z.boolean(), z.number()]).nullish();
const namedSchema = z.looseObject({
  id,
  name: optionalText,
  slug: optionalText,
  email: optionalText,
  website: optionalText,
});
export const postSchema = z.looseObject({
  id: id.optional(),
  title: optionalText,
  slug: optionalText,
  html: optionalText,
  markdown: optionalText,
  mobiledoc: optionalText,
  lexical: optionalText,
  status: optionalText,
  visibility: optionalText,
  type: optionalText,
  page: flag,
  featured: flag,
  language: optionalText,
  locale: optionalText,
  custom_excerpt: optionalText,
  meta_description: optionalText,
  feature_image: optionalText,
  feature_image_alt: optionalText,
  image: optionalText,
  canonical_url: optionalText,
  published_at: z.unknown().optional(),
  created_at: z.unknown().optional(),
  updated_at: z.unknown().optional(),
  author_id: id.nullish(),
  tags: z.array(z.union([z.string(), z.number(), z.looseObject({ name: optionalText })])).nullish(),
});
const linkSchema = z.looseObject({ post_id: id, tag_id: id.nullish(), author_id: id.nullish() });
const metaSchema = z.looseObject({
  post_id: id,
  meta_description: optionalText,
  feature_image_alt: optionalText,
  feature_image_caption: optionalText,
});
const commentSchema = z.looseObject({
  id,
  post_id: id,
  member_id: id.nullish(),
  parent_id: id.nullish(),
  in_reply_to_id: id.nullish(),
  status: optionalText,
  html: optionalText,
  created_at: z.unknown().optional(),
});
const settingSchema = z.looseObject({ key: z.string(), value: z.unknown().optional() });
const dataSchema = z.looseObject({
  posts: z.array(postSchema),
  tags: z.array(namedSchema).default([]),
  users: z.array(namedSchema).default([]),
  posts_tags: z.array(linkSchema).default([]),
  posts_authors: z.array(linkSchema).default([]),
  posts_meta: z.array(metaSchema).default([]),
  settings: z.array(settingSchema).default([]),
  comments: z.array(commentSchema).default([]),
  members: z.array(namedSchema).default([]),
});
export const fileSchema = z.union([
  z.looseObject({ db: z.tuple([z.looseObject({ data: dataSchema })]) }).transform(({ db }) => db[0].data),
  z.looseObject({ data: dataSchema }).transform(({ data }) => data),
]);

export type GhostData = z.output<typeof dataSchema>;
export type GhostPost = z.output<typeof postSchema>;
export type GhostLink = z.output<typeof linkSchema>;
export type GhostMeta = z.output<typeof metaSchema>;

/** The editor format of versions 1 to 5. */
export const mobiledocSchema = z.looseObject({
  sections: z.array(z.unknown()).default([]),
  cards: z.array(z.tuple([z.string(), z.looseObject({ markdown: optionalText })])).default([]),
});
