/** Comments by form: sanitizes and checks the fields, and stores them as records. */
import type { Translations } from "../i18n/translations.ts";
import { cleanLines, cleanName, hostOf, safeUrl } from "../lib/responses/clean-text.ts";
import type { PostResponse } from "../lib/responses/model.ts";
import { responseSchema } from "../lib/responses/record.ts";
import type { ReceiverContext } from "./context.ts";
import { announceStatements } from "./hooks.ts";
import type { FormFields } from "./http.ts";
import { MAX_COMMENT } from "./options.ts";
import type { ReceivingPost } from "./posts.ts";
import { hmacHex, isSameSecret, sha256Hex } from "./secrets.ts";
import { addToMetric } from "./store/counters.ts";
import { responseOf, saveStatements, type StoredResponse } from "./store/responses.ts";
import { decideStatus } from "./verify/decide-status.ts";

/** Minimum time between preview and confirmation: people take longer to reread their comment. */
const FASTEST_MS = 2000;
const SLOWEST_MS = 60 * 60_000;

export interface CommentFields {
  readonly slug: string;
  readonly name: string;
  readonly text: string;
  /** URL of the commenter; empty when there is none. */
  readonly url: string;
  /** URL or id of the response that it replies to; empty for the post. */
  readonly replyTo: string;
}

/** Sanitized form fields. */
export function commentFields(form: FormFields): CommentFields {
  return {
    slug: form.one("post"),
    name: settled(cleanName, form.one("name")),
    text: settled((text) => cleanLines(text, MAX_COMMENT), form.one("text")),
    url: form.one("url"),
    replyTo: replyToOf(form.one("reply-to")),
  };
}

const MOST_TIMES = 5;

/** Cleans a text until nothing changes, so that the confirmation, which sends it again, matches the preview. */
function settled(clean: (text: string) => string, text: string): string {
  let now = clean(text);
  for (let times = 1; times < MOST_TIMES; times++) now = clean(now);
  return now;
}

/** Validation errors of a comment, one sentence each. */
export function commentProblems(
  { name, text, url }: CommentFields,
  form: FormFields,
  { lang, receiver }: Translations,
): readonly string[] {
  return [
    ...(name === "" || text === "" ? [receiver.incomplete] : []),
    // A browser sends each line break as two characters but counts it as one for `maxlength`.
    ...(form.one("text").replaceAll("\r\n", "\n").length > MAX_COMMENT
      ? [receiver.tooLong(MAX_COMMENT.toLocaleString(lang))]
      : []),
    ...(url !== "" && safeUrl(url) === null ? [receiver.badAddress] : []),
    // Honeypot: a field hidden from people, which bots fill in.
    ...(form.one("website") === "" ? [] : [receiver.leaveEmpty]),
  ];
}

/** Signs the previewed fields with the current time, to reject confirmations that come too fast or too late. */
export async function confirmationOf(
  { options, now }: ReceiverContext,
  fields: CommentFields,
): Promise<string> {
  return await signed(options.token, fields, now());
}

/** `early` and `late`: the comment is previewed again. */
export type ConfirmationState = "none" | "early" | "late" | "valid";

export async function confirmationState(
  { options, now }: ReceiverContext,
  fields: CommentFields,
  confirmation: string,
): Promise<ConfirmationState> {
  const at = Number(confirmation.split(".")[0]);
  if (!Number.isSafeInteger(at) || at <= 0) return "none";
  if (!(await isSameSecret(confirmation, await signed(options.token, fields, at)))) return "none";
  const age = now() - at;
  if (age < FASTEST_MS) return "early";
  return age > SLOWEST_MS ? "late" : "valid";
}

async function signed(secret: string, fields: CommentFields, at: number): Promise<string> {
  const { slug, name, text, url, replyTo } = fields;
  return `${at}.${await hmacHex(secret, JSON.stringify(["comment", at, slug, name, text, url, replyTo]))}`;
}

export interface NewComment {
  readonly status: PostResponse["status"];
  /** URL where its author can edit or withdraw it. */
  readonly editUrl: string;
}

/** Stores a comment. Idempotent: a confirmation sent twice stores one comment. */
export async function storeComment(
  context: ReceiverContext,
  post: ReceivingPost,
  fields: CommentFields,
  confirmation: string,
): Promise<NewComment> {
  const { options, now } = context;
  const id = (await sha256Hex(`id ${confirmation}`)).slice(0, 20);
  const key = await hmacHex(options.token, `edit ${id}`);
  const editUrl = editUrlOf(options.url, id, key);
  const known = await responseOf(context.database, post.slug, commentUrl(options.url, id));
  if (known !== null) return { status: known.status, editUrl };
  const record = commentRecord(context, post, fields, id, new Date(now()));
  const status = await save(context, post.slug, record, null, await sha256Hex(key));
  await addToMetric(context.database, "received_comment");
  return { status, editUrl };
}

/** Replaces the name, URL and text of a comment, and decides its status again. */
export async function editComment(
  context: ReceiverContext,
  known: StoredResponse,
  fields: CommentFields,
): Promise<PostResponse["status"]> {
  const { author: _author, content: _content, updated: _updated, ...kept } = known.record;
  const record = responseSchema.parse({
    ...kept,
    "wm-id": 0,
    status: "pending",
    suspicion: undefined,
    author: authorOf(context, fields),
    content: { text: fields.text },
    updated: isoSeconds(new Date(context.now())),
  });
  return await save(context, known.slug, record, known, null);
}

async function save(
  context: ReceiverContext,
  slug: string,
  record: PostResponse,
  known: StoredResponse | null,
  editKey: string | null,
): Promise<PostResponse["status"]> {
  const { database, options, now, wake } = context;
  // Each version is decided like a new comment, so that edits of an approved comment don't bypass moderation.
  const { status, suspicion = [], place } = await decideStatus(context, record, null);
  const kept = known?.status === "spam" ? "spam" : status;
  const draft = { slug, record, photo: null, status: kept, suspicion, place, editKey: editKey ?? undefined };
  const wasShown = known?.status === "approved";
  const event = kept === "approved" ? "published" : wasShown ? "deleted" : null;
  await database.batch([
    ...saveStatements(draft, now(), null),
    ...(event === null ? [] : announceStatements({ options, now }, draft, event, null)),
  ]);
  wake();
  return kept;
}

function commentRecord(
  context: ReceiverContext,
  post: ReceivingPost,
  fields: CommentFields,
  id: string,
  at: Date,
): PostResponse {
  const source = commentUrl(context.options.url, id);
  return responseSchema.parse({
    type: "entry",
    "wm-id": 0,
    status: "pending",
    author: authorOf(context, fields),
    url: source,
    published: isoSeconds(at),
    content: { text: fields.text },
    "in-reply-to": fields.replyTo === "" ? undefined : fields.replyTo,
    "wm-source": source,
    "wm-target": post.url,
    "wm-protocol": "comment",
    "wm-property": "in-reply-to",
    "wm-received": isoSeconds(at),
  });
}

/** Author of a comment. A URL on the blog's own host is dropped: a stranger would look like the blog's author. */
function authorOf({ options }: ReceiverContext, { name, url }: CommentFields) {
  const address = safeUrl(url);
  const isOurs = address !== null && hostOf(address) === hostOf(options.site);
  return { type: "card" as const, name, url: address === null || isOurs ? undefined : address };
}

/** URL of a comment's page, the `wm-source` of its record. */
export function commentUrl(receiver: string, id: string): string {
  return `${receiver}/comment/${id}`;
}

function editUrlOf(receiver: string, id: string, key: string): string {
  return `${receiver}/comment/${id}/edit?key=${key}`;
}

function isoSeconds(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, "Z");
}

/** The id or http(s) URL of a response; anything else becomes a comment on the post. */
function replyToOf(raw: string): string {
  return /^\d{1,15}$/.test(raw) ? raw : (safeUrl(raw) ?? "");
}
