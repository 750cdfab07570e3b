import { escapeHtml } from "../../../escape.ts";
import { addAuthor } from "../add-author.ts";
import type { ArchiveBuilder } from "../../archive-builder.ts";
import type { ArchiveEntry, EntryState, SourceDate } from "../../archive.ts";
import { ENTRY_DEFAULTS } from "../../archive.ts";
import { accountKeys } from "../account-keys.ts";
import type { KeyRules } from "../account-keys.ts";

/** A post of any type, with its content as HTML. */
export interface TumblrPost {
  readonly id: string;
  /** Name of the blog; empty if unknown. */
  readonly blog: string;
  /** Its addresses, the one with the slug first. */
  readonly addresses: readonly string[];
  readonly slug: string;
  readonly state: EntryState;
  readonly date: SourceDate | null;
  /** Empty for most types. */
  readonly title: string;
  readonly html: string;
  readonly tags: readonly string[];
  /** Target of a link post. */
  readonly link: string | null;
  /** The post that a reblog repeats. */
  readonly repostOf: string | null;
  readonly isPinned: boolean;
  /** Keys of the record for the ledger; see `rules`. */
  readonly keys: Readonly<Record<string, unknown>>;
  readonly rules: KeyRules;
}

/**
 * Adds a post.
 * @param seen ids of posts that were already added.
 * @returns whether the post is new.
 */
export function addTumblrPost(post: TumblrPost, seen: Set<string>, builder: ArchiveBuilder): boolean {
  const { archive, ledger } = builder;
  const { id, blog, title, link } = post;
  if (seen.has(id)) {
    ledger.ignore("entry", "a duplicate in another file of the export");
    return false;
  }
  seen.add(id);
  const { parts, stored, raw } = accountKeys(post.keys, post.rules, builder);
  if (blog !== "") addAuthor(blog, builder, blog);
  const entry: ArchiveEntry = {
    ...ENTRY_DEFAULTS,
    record: ledger.read("entry"),
    parts: [...parts, ...builder.readAll("section", 1)],
    stored,
    id,
    kind: title === "" ? "note" : "post",
    state: post.state,
    title,
    slug: post.slug || id,
    date: post.date,
    authors: blog === "" ? [] : [blog],
    tags: [...new Set(post.tags.map((tag) => tag.trim()).filter((tag) => tag !== ""))],
    body: builder.store(post.html),
    format: "html",
    addresses: post.addresses.filter((address) => /^https?:\/\//.test(address)),
    isPinned: post.isPinned,
    raw,
    relations: { link, repostOf: post.repostOf },
  };
  archive.entries.push(entry);
  return true;
}

/** Queued posts are scheduled; submissions and other unpublished posts are private, so they aren't written. */
export function tumblrState(state: string, isPrivate: boolean): EntryState {
  if (isPrivate) return "private";
  switch (state.toLowerCase()) {
    case "":
    case "published":
    case "approved":
      return "public";
    case "draft":
      return "draft";
    case "queue":
    case "queued":
    case "scheduled":
      return "scheduled";
    default:
      return "private";
  }
}

/** The last part of `https://ann.tumblr.com/post/12/over-the-fence`. */
export function tumblrSlug(address: string): string {
  return /\/post\/\d+\/([^/?#]+)/.exec(address)?.[1] ?? "";
}

export function linkHtml(address: string, words: string): string {
  return `<a href="${escapeHtml(address)}">${escapeHtml(words)}</a>`;
}

/** A quotation with its source, which is HTML. */
export function quoteHtml(quote: string, source: string): string {
  const after = source.trim() === "" ? "" : `<p>— ${source}</p>`;
  return `<blockquote>${quote}</blockquote>${after}`;
}

/** A question with its asker, and the answer. */
export function askHtml(asker: string, address: string, question: string, answer: string): string {
  const name = asker.trim() === "" ? "Anonymous" : asker;
  const who = address === "" ? escapeHtml(name) : linkHtml(address, name);
  return `<blockquote><p><b>${who} asked:</b></p>${question}</blockquote>${answer}`;
}

/** HTML of a chat post. */
export function chatHtml(lines: readonly { readonly label: string; readonly phrase: string }[]): string {
  return lines
    .map(({ label, phrase }) => {
      const name = label.trim() === "" ? "" : `<b>${escapeHtml(label.trim())}</b> `;
      return `<p>${name}${escapeHtml(phrase)}</p>`;
    })
    .join("\n");
}

/** Pictures with their captions, which are HTML. */
export function photosHtml(
  photos: readonly { readonly src: string; readonly caption: string; readonly alt?: string }[],
): string {
  return photos
    .filter(({ src }) => src !== "")
    .map(({ src, caption, alt = "" }) => {
      const words = caption.trim() === "" ? "" : `<figcaption>${caption}</figcaption>`;
      return `<figure><img src="${escapeHtml(src)}" alt="${escapeHtml(alt)}">${words}</figure>`;
    })
    .join("\n");
}
