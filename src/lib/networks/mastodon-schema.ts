/** Schemas of Mastodon's entities (docs.joinmastodon.org/entities), lenient enough for other servers with its API. */
import * as z from "zod";
import { listOf, optionalListOf } from "./list-of.ts";

const text = z.string().nullish().catch(null);
const flag = z.boolean().nullish().catch(null);
const count = z.number().nullish().catch(null);

const emojiSchema = z.object({ shortcode: z.string(), url: text, static_url: text });

export const accountSchema = z.object({
  id: z.string().min(1),
  username: z.string().min(1),
  acct: z.string().min(1),
  url: text,
  uri: text,
  display_name: text,
  note: text,
  avatar: text,
  avatar_static: text,
  indexable: flag,
  noindex: flag,
  suspended: flag,
  pleroma: z.object({ ap_id: text }).nullish().catch(null),
  fields: optionalListOf(z.object({ name: z.string(), value: z.string(), verified_at: text })),
});

export type MastodonAccount = z.infer<typeof accountSchema>;

const attachmentSchema = z.object({
  type: z.string(),
  url: text,
  preview_url: text,
  remote_url: text,
  description: text,
});

const pollSchema = z.object({
  options: optionalListOf(z.object({ title: z.string(), votes_count: count })),
  emojis: optionalListOf(emojiSchema),
});

export const statusSchema = z.object({
  id: z.string().min(1),
  uri: z.string().min(1),
  url: text,
  created_at: text,
  edited_at: text,
  in_reply_to_id: text,
  spoiler_text: text,
  visibility: text,
  content: text,
  account: accountSchema,
  media_attachments: optionalListOf(attachmentSchema),
  emojis: optionalListOf(emojiSchema),
  poll: pollSchema.nullish().catch(null),
  quote: z.object({ state: z.string() }).nullish().catch(null),
  replies_count: count,
  reblogs_count: count,
  favourites_count: count,
  quotes_count: count,
  pleroma: z
    .object({ emoji_reactions: optionalListOf(z.object({ name: z.string(), count: z.number() })) })
    .nullish()
    .catch(null),
});

export type MastodonStatus = z.infer<typeof statusSchema>;

export const contextSchema = z.object({ descendants: listOf(statusSchema) });
export const statusListSchema = listOf(statusSchema);
export const searchSchema = z.object({ statuses: listOf(statusSchema) });
export const accountListSchema = listOf(accountSchema);
