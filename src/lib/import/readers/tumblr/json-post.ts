/** Reads a post of Tumblr's API v2 (https://www.tumblr.com/docs/en/api/v2), in blocks or in the legacy post types. */
import { escapeHtml } from "../../../escape.ts";
import * as z from "zod";
import { anyDate } from "../source-dates.ts";
import { withLargestPictures, withOwnPictures } from "./media.ts";
import type { MediaByPost } from "./media.ts";
import { blocksHtml, blocksSchema, blocksTitle, layoutsSchema } from "./npf.ts";
import { askHtml, chatHtml, linkHtml, photosHtml, quoteHtml, tumblrSlug, tumblrState } from "./post.ts";
import type { TumblrPost } from "./post.ts";

const text = z.string().nullish();
const id = z.union([z.string(), z.number()]).transform(String);
const photoSchema = z.looseObject({
  caption: text,
  original_size: z.looseObject({ url: text }).nullish(),
  alt_sizes: z.array(z.looseObject({ url: text })).nullish(),
});
const noteSchema = z.looseObject({
  type: z.string(),
  timestamp: z.unknown().optional(),
  blog_name: text,
  blog_url: text,
  reply_text: text,
  added_text: text,
});
const trailSchema = z.looseObject({
  blog: z.looseObject({ name: text, url: text }).nullish(),
  broken_blog: z.looseObject({ name: text, url: text }).nullish(),
  post: z.looseObject({ id: id.nullish() }).nullish(),
  content: z.union([blocksSchema, z.string()]).nullish(),
  layout: layoutsSchema.nullish(),
});
export const postSchema = z.looseObject({
  id,
  id_string: text,
  blog_name: text,
  type: text,
  post_url: text,
  slug: text,
  date: text,
  timestamp: z.unknown().optional(),
  state: text,
  tags: z.array(z.string()).nullish(),
  title: text,
  body: text,
  caption: text,
  photos: z.array(photoSchema).nullish(),
  text,
  source: text,
  url: text,
  description: text,
  dialogue: z.array(z.looseObject({ label: text, name: text, phrase: text })).nullish(),
  asking_name: text,
  asking_url: text,
  question: text,
  answer: text,
  player: z.union([z.string(), z.array(z.looseObject({ embed_code: z.unknown().optional() }))]).nullish(),
  audio_url: text,
  video_url: text,
  permalink_url: text,
  content: z.union([blocksSchema, z.string()]).nullish(),
  layout: layoutsSchema.nullish(),
  trail: z.array(trailSchema).nullish(),
  reblogged_from_url: text,
  reblogged_from_name: text,
  reblogged_root_url: text,
  is_pinned: z.boolean().nullish(),
  notes: z.array(noteSchema).nullish(),
});
export type JsonPost = z.output<typeof postSchema>;

const USED = new Set(Object.keys(postSchema.shape));
const OF_THE_SERVER =
  /^(?:reblog_key|id_string|genesis_post_id|tumblelog_uuid|blog|parent_post_url|parent_tumblelog_uuid|object_type|original_type|is_blocks_post_format|is_blaze\w*|blaze\w*|can_\w+|should_\w+|display_avatar|followed|liked|muted\w*|mute_\w*|note_count|notes_url|plays|format|interactability_\w+|reblogged_(?:from|root)_(?:id|uuid|following|can_message|title|name)|recommended_\w+|classification|community_labels?|has_community_label|filtered_reason|disable_ads|short_url|queued_state|scheduled_publish_time|thumbnail_\w+|html5_capable|video_type|audio_type|image_permalink|duration|embed|provider_uri|link_image\w*|publisher|excerpt|is_submission|header|use_\w+|width|height|photoset_layout|_links|bookmarklet|mobile|source_url|source_title|feature_type|peepr|reblog|link_url)$/;

export function postOfJson(post: JsonPost, media: MediaByPost): TumblrPost {
  const known = post.id_string || post.id;
  const ignored = Object.fromEntries(
    Object.keys(post)
      .filter((key) => OF_THE_SERVER.test(key) && !USED.has(key))
      .map((key) => [key, "internal data of the old server"]),
  );
  const address = post.post_url ?? "";
  const blog = post.blog_name ?? "";
  const isBlocks = Array.isArray(post.content);
  const html = isBlocks ? trailHtml(post) : bodyOf(post, media.get(known) ?? []);
  return {
    id: known,
    blog,
    addresses: addressesOf(address, known, blog, post.slug ?? ""),
    slug: post.slug || tumblrSlug(address),
    state: tumblrState(post.state ?? "", post["is_private"] === true),
    date: anyDate(post.timestamp) ?? anyDate(post.date),
    title: titleOf(post),
    html: isBlocks ? withOwnPictures(html, media.get(known)) : html,
    tags: post.tags ?? [],
    link: post.type === "link" ? (post.url ?? null) : null,
    repostOf: post.reblogged_from_url ?? post.reblogged_root_url ?? null,
    isPinned: post.is_pinned === true,
    keys: post,
    rules: { used: USED, ignored },
  };
}

/** A post has an address with its slug, one without, and one on tumblr.com. */
function addressesOf(address: string, postId: string, blog: string, slug: string): string[] {
  const own = URL.parse(address);
  const short = own === null ? "" : `${own.origin}/post/${postId}`;
  const site = blog === "" ? "" : `https://www.tumblr.com/${blog}/${postId}${slug === "" ? "" : `/${slug}`}`;
  return [...new Set([address, short, site])].filter((one) => one !== "");
}

function titleOf(post: JsonPost): string {
  const title = (post.title ?? "").trim();
  return title === "" && Array.isArray(post.content) ? blocksTitle(post.content) : title;
}

function bodyOf(post: JsonPost, files: readonly string[]): string {
  const caption = post.caption ?? "";
  switch (post.type) {
    case "photo": {
      const photos = (post.photos ?? []).map((photo, index) => ({
        src: files[index] ?? photo.original_size?.url ?? photo.alt_sizes?.[0]?.url ?? "",
        caption: photo.caption ?? "",
      }));
      return `${photosHtml(photos)}\n${caption}`;
    }
    case "quote":
      return quoteHtml(post.text ?? "", post.source ?? "");
    case "link":
      return post.description ?? "";
    case "chat": {
      const lines = (post.dialogue ?? []).map(({ label, name, phrase }) => ({
        label: label || name || "",
        phrase: phrase ?? "",
      }));
      return lines.length > 0 ? chatHtml(lines) : (post.body ?? "");
    }
    case "audio":
      return `${playerOf(post, post.audio_url ?? "", "audio")}\n${caption}`;
    case "video":
      return `${playerOf(post, post.permalink_url ?? post.video_url ?? "", "video")}\n${caption}`;
    case "answer":
      return askHtml(post.asking_name ?? "", post.asking_url ?? "", post.question ?? "", post.answer ?? "");
    default:
      return withOwnPictures(
        withLargestPictures(post.body ?? (typeof post.content === "string" ? post.content : "")),
        files,
      );
  }
}

/** Video or audio element for an address, else the embed code of the player. */
function playerOf({ player }: JsonPost, address: string, tag: "audio" | "video"): string {
  if (/^https?:\/\//.test(address)) return `<${tag} src="${escapeHtml(address)}"></${tag}>`;
  if (typeof player === "string") return player;
  const codes = (player ?? []).map(({ embed_code: code }) => code).filter((code) => typeof code === "string");
  return codes.at(-1) ?? "";
}

/** The reblog trail as nested quotations, followed by the post's own content. */
function trailHtml(post: JsonPost): string {
  const content = Array.isArray(post.content) ? post.content : [];
  // The first heading is used as the title.
  const own = blocksTitle(content) !== "" && (post.title ?? "") === "" ? content.slice(1) : content;
  let html = "";
  for (const { blog, broken_blog: gone, post: before, content: words, layout } of post.trail ?? []) {
    const who = blog ?? gone;
    const name = who?.name ?? "";
    const base = who?.url ?? "";
    const address = base === "" || before?.id == null ? base : `${base.replace(/\/$/, "")}/post/${before.id}`;
    const said = Array.isArray(words) ? blocksHtml(words, layout ?? []) : (words ?? "");
    const head = name === "" ? "" : `<p>${address === "" ? escapeHtml(name) : linkHtml(address, name)}:</p>`;
    html = `${head}<blockquote>${html}${said}</blockquote>`;
  }
  return `${html}${blocksHtml(own, post.layout ?? [])}`;
}
