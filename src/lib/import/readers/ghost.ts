/** Ghost's JSON export, from version 0.x on. Passwords, addresses and keys in its other tables are never read. */
import { AuthorError } from "../../author-error.ts";
import type { ArchiveBuilder } from "../archive-builder.ts";
import { ENTRY_DEFAULTS } from "../archive.ts";
import type { EntryState } from "../archive.ts";
import { accountKeys } from "./account-keys.ts";
import { addComment } from "./comments/add-comment.ts";
import { plainCards } from "./ghost-cards.ts";
import { fileSchema, mobiledocSchema, postSchema } from "./ghost-schema.ts";
import type { GhostData, GhostLink, GhostMeta, GhostPost } from "./ghost-schema.ts";
import { lexicalHtml, mobiledocHtml } from "./ghost-editor.ts";
import { parsedJson } from "./parse-json.ts";
import { anyDate } from "./source-dates.ts";

/** @throws AuthorError if the file isn't an export of Ghost. */
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
      url: user.website ?? null,
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
  readSettings(data, builder);
  const tables = tablesOf(data);
  for (const post of data.posts) addPost(post, tables, builder);
  addComments(data, builder);
}

/** Comments belong to members, which aren't linked to author accounts, so none is attributed to an author. */
function addComments({ comments, members }: GhostData, builder: ArchiveBuilder): void {
  const names = new Map(members.map(({ id, name }) => [id, name ?? ""]));
  for (const { email } of members) builder.secrets.addEmail(email);
  for (const comment of comments) {
    const parent = comment.in_reply_to_id ?? comment.parent_id ?? null;
    const { status } = comment;
    addComment(builder, {
      thread: comment.post_id,
      id: comment.id,
      parent,
      anchor: comment.id,
      state: status === "deleted" ? "trashed" : status === "hidden" ? "pending" : "approved",
      name: names.get(comment.member_id ?? "") ?? "",
      date: anyDate(comment.created_at),
      text: comment.html ?? "",
      format: "html",
    });
  }
}

/** Reads only title, description, time zone and language: other settings contain keys and addresses. */
function readSettings({ settings }: GhostData, { archive: { site } }: ArchiveBuilder): void {
  const value = (...names: readonly string[]): string | null => {
    const found = settings.find(({ key }) => names.includes(key))?.value;
    return typeof found === "string" && found !== "" ? found : null;
  };
  site.title ??= value("title");
  site.description ??= value("description");
  site.timeZone ??= value("timezone", "active_timezone", "activeTimezone");
  site.lang ??= value("locale", "lang", "default_locale", "defaultLang");
}

interface Tables {
  readonly tagNames: ReadonlyMap<string, string>;
  readonly userIds: ReadonlySet<string>;
  readonly tags: ReadonlyMap<string, readonly GhostLink[]>;
  readonly authors: ReadonlyMap<string, readonly GhostLink[]>;
  readonly meta: ReadonlyMap<string, GhostMeta>;
}

function tablesOf(data: GhostData): Tables {
  return {
    tagNames: new Map(data.tags.map((tag) => [tag.id, tag.name ?? ""])),
    userIds: new Set(data.users.map((user) => user.id)),
    tags: Map.groupBy(data.posts_tags, ({ post_id }) => post_id),
    authors: Map.groupBy(data.posts_authors, ({ post_id }) => post_id),
    meta: new Map(data.posts_meta.map((meta) => [meta.post_id, meta])),
  };
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

const USED = new Set(Object.keys(postSchema.shape));
const IGNORED: Readonly<Record<string, string>> = Object.fromEntries([
  ...[
    "uuid",
    "comment_id",
    "plaintext",
    "created_by",
    "updated_by",
    "published_by",
    "email_recipient_filter",
  ].map((key) => [key, "internal data of the old server"]),
  ...["newsletter_id", "email_only", "send_email_when_published", "show_title_and_feature_image"].map(
    (key) => [key, "a setting of the newsletter or theme"],
  ),
  ...["custom_template", "codeinjection_head", "codeinjection_foot"].map((key) => [key, "theme code"]),
]);

function addPost(post: GhostPost, tables: Tables, builder: ArchiveBuilder): void {
  const { archive, ledger } = builder;
  const key = post.id ?? builder.madeId(post.slug ?? "", post.title ?? "");
  const meta = tables.meta.get(key);
  const { parts, stored, raw } = accountKeys(post, { used: USED, ignored: IGNORED }, builder);
  const isPage = post.type === "page" || post.page === 1 || post.page === true;
  const body = bodyOf(post);
  for (let count = 0; count < body.removed; count++) ledger.ignore("section", "an email or signup card");
  for (let count = 0; count < body.gated; count++) ledger.settle(ledger.read("section"), "private");
  const state = stateOf(post);
  const where = post.title || key;
  if (body.gated > 0 && state !== "private") builder.doubt(where, "a part for members only isn't imported");
  if (state !== "private")
    for (const name of body.unknown)
      builder.doubt(where, `the card “${name}” isn't known, and isn't imported`);
  if (body.isUnreadable && state !== "private")
    builder.doubt(
      where,
      "its text exists only in Ghost's editor format; that is stored, and the post is a draft",
    );
  const image = post.feature_image ?? post.image ?? "";
  archive.entries.push({
    ...ENTRY_DEFAULTS,
    record: ledger.read("entry"),
    parts: [...parts, ...builder.readAll("section", 1)],
    stored,
    id: key,
    kind: isPage ? "page" : "post",
    state: body.isUnreadable && state === "public" ? "draft" : state,
    title: post.title ?? "",
    slug: post.slug ?? "",
    date: anyDate(post.published_at) ?? anyDate(post.created_at),
    updated: anyDate(post.updated_at),
    authors: authorsOf(post, key, tables),
    tags: tagsOf(post, key, tables),
    body: builder.store(body.text),
    format: body.isMarkdown ? "markdown" : "html",
    description: post.custom_excerpt ?? meta?.meta_description ?? post.meta_description ?? null,
    addresses: post.slug == null || post.slug === "" ? [] : [`/${post.slug}/`],
    lang: languageOf(post.locale ?? post.language ?? null),
    isPinned: post.featured === true || post.featured === 1,
    cover:
      image === ""
        ? null
        : { src: withoutHost(image), alt: meta?.feature_image_alt ?? post.feature_image_alt ?? "" },
    relations: {
      canonical:
        post.canonical_url?.startsWith("__GHOST_URL__") === true ? null : (post.canonical_url ?? null),
    },
    raw: body.isUnreadable ? { ...raw, text: post.lexical ?? post.mobiledoc ?? "" } : raw,
  });
}

interface GhostBody {
  readonly text: string;
  readonly isMarkdown: boolean;
  /** Number of email cards that were left out. */
  readonly removed: number;
  /** Number of parts for members that were left out. */
  readonly gated: number;
  /** Unknown types of cards that were left out. */
  readonly unknown: readonly string[];
  readonly isUnreadable: boolean;
}

/** The rendered HTML, else the Markdown of old versions, else the editor's format. */
function bodyOf({ html, markdown, mobiledoc, lexical }: GhostPost): GhostBody {
  const whole = { removed: 0, gated: 0, unknown: [], isUnreadable: false };
  const written = markdown || onlyCard(mobiledoc ?? "");
  const isRendered = html != null && html !== "";
  if (!isRendered && written !== "") return { ...whole, text: withoutHost(written), isMarkdown: true };
  const stored = isRendered ? null : (lexicalHtml(lexical ?? "") ?? mobiledocHtml(mobiledoc ?? ""));
  const open = forEverybody(isRendered ? html : (stored?.html ?? ""));
  const plain = plainCards(withoutHost(open.html));
  return {
    text: plain.html,
    isMarkdown: false,
    removed: plain.removed,
    gated: open.gated,
    unknown: [...(stored?.unknown ?? [])],
    isUnreadable: !isRendered && plain.html.trim() === "" && (lexical ?? mobiledoc ?? "") !== "",
  };
}

/** Ghost wraps parts that are only for members in comments. */
const GATED = /<!--\s*kg-gated-block:begin\b([^\n]*?)-->([^]*?)(?:<!--\s*kg-gated-block:end\s*-->|$)/g;

function forEverybody(html: string): { readonly html: string; readonly gated: number } {
  let gated = 0;
  const open = html.replace(GATED, (_whole, readers: string, inner: string) => {
    if (/\bnonMember:\s*true\b/.test(readers)) return inner;
    gated += 1;
    return "";
  });
  return { html: open, gated };
}

/** The text of a post that consists of one Markdown card, like all posts of version 1; empty for others. */
function onlyCard(mobiledoc: string): string {
  const parsed = mobiledocSchema.safeParse(parsedJson(mobiledoc));
  if (!parsed.success || parsed.data.sections.length > 1) return "";
  const [card, ...others] = parsed.data.cards;
  const [name = "", { markdown = "" } = {}] = card ?? [];
  return others.length === 0 && /markdown/.test(name) ? (markdown ?? "") : "";
}

/** Removes the export's placeholder for the blog's address. */
function withoutHost(text: string): string {
  return text.replaceAll("__GHOST_URL__", "");
}

function tagsOf(post: GhostPost, key: string, { tags, tagNames }: Tables): string[] {
  const linked = (tags.get(key) ?? []).map(({ tag_id: tag }) => tagNames.get(tag ?? "") ?? "");
  const inline = (post.tags ?? []).map((tag) =>
    typeof tag === "object"
      ? (tag.name ?? "")
      : (tagNames.get(String(tag)) ?? (typeof tag === "string" ? tag : "")),
  );
  return [...new Set([...linked, ...inline])].filter((tag) => tag !== "" && !tag.startsWith("#"));
}

function authorsOf(post: GhostPost, key: string, { authors, userIds }: Tables): string[] {
  const linked = (authors.get(key) ?? []).map(({ author_id: author }) => author ?? "");
  return [...new Set([...linked, post.author_id ?? ""])].filter((author) => userIds.has(author));
}

/** Old versions set `en_US` for every post. */
function languageOf(lang: string | null): string | null {
  return lang === null || lang === "en_US" ? null : lang.replace("_", "-");
}

/** Posts for members or subscribers aren't public. */
function stateOf({ status, visibility }: GhostPost): EntryState {
  if (visibility != null && visibility !== "public") return "private";
  if (status === "published" || status == null) return "public";
  if (status === "scheduled") return "scheduled";
  return status === "sent" ? "private" : "draft";
}
