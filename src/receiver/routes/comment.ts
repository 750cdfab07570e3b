/** Comments without an account: a form, a preview to confirm, and a link to edit or withdraw the comment. */
import type { Hono } from "hono";
import type { Translations } from "../../i18n/translations.ts";
import {
  commentFields,
  commentProblems,
  commentUrl,
  confirmationOf,
  confirmationState,
  editComment,
  storeComment,
  type CommentFields,
} from "../comments.ts";
import type { ReceiverContext } from "../context.ts";
import { readForm, show, tell, wordsFor, type ReceiverEnv, type ReceiverRequest } from "../http.ts";
import { exceededByClient } from "../limits.ts";
import { withdraw } from "../moderate.ts";
import { commentPage, editPage, formPage, previewPage, storedPage } from "../pages/comment-pages.ts";
import type { ReceivingPost } from "../posts.ts";
import { isSameSecret, sha256Hex } from "../secrets.ts";
import type { StoredResponse } from "../store/responses.ts";
import { storedOf } from "../store/responses.ts";

/** Adds `/comment`, and `/comment/<id>` with its `/edit`. */
export function addComment(app: Hono<ReceiverEnv>, context: ReceiverContext): void {
  const { posts, options } = context;

  app.use("/comment/*", async (c, next) => {
    await next();
    // The URL of the edit page contains its key.
    c.header("referrer-policy", "no-referrer");
    c.header("cache-control", "no-store");
  });

  app.get("/comment", async (c) => {
    const post = await openPost(c.req.query("post") ?? "");
    if (post === null) return await noPost(c);
    const replyTo = c.req.query("reply-to") ?? "";
    const fields = { slug: post.slug, name: "", text: "", url: "", replyTo };
    return await show(c, formPage(wordsFor(c, post.lang), post, fields, []));
  });

  app.post("/comment", async (c) => {
    const form = await readForm(c);
    const fields = commentFields(form);
    const post = await openPost(fields.slug);
    if (post === null) return await noPost(c);
    const words = wordsFor(c, post.lang);
    const problems = commentProblems(fields, form, words);
    if (problems.length > 0) return await show(c, formPage(words, post, fields, problems), 400);
    const confirmation = form.one("confirmation");
    const state = await confirmationState(context, fields, confirmation);
    if (state !== "valid") {
      const note = state === "none" ? null : words.receiver.reviewAgain;
      return await show(c, previewPage(words, post, fields, await confirmationOf(context, fields), note));
    }
    const refused = await limited(c, words, "comment");
    if (refused !== null) return refused;
    const stored = await storeComment(context, post, fields, confirmation);
    return await show(c, storedPage(words, post, stored.status, stored.editUrl), 201);
  });

  app.get("/comment/:id", async (c) => {
    const found = await commentBy(context, c.req.param("id"));
    const words = await wordsOf(c, found);
    if (found?.status === "deleted") return await deleted(c, words, 410);
    if (found?.status !== "approved") return await noComment(c, words);
    return await show(c, commentPage(words, found.record));
  });

  app.get("/comment/:id/edit", async (c) => {
    const found = await editable(c);
    const words = await wordsOf(c, found);
    if (found === null) return await noComment(c, words);
    if (found.status === "deleted") return await deleted(c, words, 410);
    return await show(c, editPage(words, fieldsOf(found), actionOf(c), []));
  });

  app.post("/comment/:id/edit", async (c) => {
    const found = await editable(c);
    const words = await wordsOf(c, found);
    if (found === null) return await noComment(c, words);
    if (found.status === "deleted") return await deleted(c, words, 410);
    const form = await readForm(c);
    if (form.one("withdraw") === "yes") {
      await withdraw(context, found);
      return await deleted(c, words, 200);
    }
    const fields = { ...commentFields(form), slug: found.slug, replyTo: fieldsOf(found).replyTo };
    const problems = commentProblems(fields, form, words);
    if (problems.length > 0) return await show(c, editPage(words, fields, actionOf(c), problems), 400);
    const refused = await limited(c, words, "change");
    if (refused !== null) return refused;
    const status = await editComment(context, found, fields);
    const { changed, whenUpdated, whenApproved, yourComment } = words.receiver;
    const when = status === "approved" ? whenUpdated : whenApproved;
    return await tell(c, words, 200, yourComment, `${changed} ${when}`);
  });

  async function openPost(slug: string): Promise<ReceivingPost | null> {
    const post = slug === "" ? null : await posts.bySlug(slug);
    return post?.isOpen === true && options.hasComments ? post : null;
  }

  /** The error response for a client that has sent too many comments or edits; null within the limit. */
  async function limited(
    c: ReceiverRequest,
    words: Translations,
    what: "comment" | "change",
  ): Promise<Response | null> {
    const { comments } = options.limits;
    const exceeded = await exceededByClient(context, c.get("clientAddress"), what, comments);
    if (exceeded === null) return null;
    c.header("retry-after", String(exceeded.retryAfterSeconds));
    return await tell(c, words, 429, words.receiver.notAccepted, words.receiver.later);
  }

  /** Texts in the language of a comment's post, if the post can be found. */
  async function wordsOf(c: ReceiverRequest, found: StoredResponse | null): Promise<Translations> {
    const post = found === null ? null : await posts.bySlug(found.slug).catch(() => null);
    return wordsFor(c, post?.lang);
  }

  async function editable(c: ReceiverRequest): Promise<StoredResponse | null> {
    const found = await commentBy(context, c.req.param("id") ?? "");
    if (found === null || found.editKey === null) return null;
    return (await isSameSecret(await sha256Hex(c.req.query("key") ?? ""), found.editKey)) ? found : null;
  }
}

async function commentBy({ database, options }: ReceiverContext, id: string): Promise<StoredResponse | null> {
  const [row] = await database.all(
    "SELECT * FROM response WHERE source = ? AND protocol = 'comment'",
    commentUrl(options.url, id),
  );
  return row === undefined ? null : storedOf(row);
}

function fieldsOf({ record, slug }: StoredResponse): CommentFields {
  return {
    slug,
    name: record.author.name,
    text: record.content?.text ?? "",
    url: record.author.url ?? "",
    replyTo: record["in-reply-to"] ?? "",
  };
}

function actionOf(c: ReceiverRequest): string {
  const { pathname, search } = new URL(c.req.url);
  return pathname + search;
}

async function noPost(c: ReceiverRequest): Promise<Response> {
  const words = wordsFor(c);
  return await tell(c, words, 404, words.missing.title, words.receiver.noPost);
}

async function deleted(c: ReceiverRequest, words: Translations, status: 200 | 410): Promise<Response> {
  return await tell(c, words, status, words.receiver.yourComment, words.receiver.deleted);
}

async function noComment(c: ReceiverRequest, words: Translations): Promise<Response> {
  return await tell(c, words, 404, words.missing.title, words.receiver.noComment);
}
