/** Comments without an account: a form, a confirmation, and a link to change or withdraw what was written. */
import type { Hono } from "hono";
import { html } from "hono/html";
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
import { readForm, sentence, show, type ReceiverEnv, type ReceiverRequest } from "../http.ts";
import { exceededByClient } from "../limits.ts";
import { withdraw } from "../moderate.ts";
import { commentPage, editPage, formPage, previewPage, storedPage } from "../pages/comment-pages.ts";
import { pageOf } from "../pages/layout.ts";
import type { ReceivingPost } from "../posts.ts";
import { isSameSecret, sha256Hex } from "../secrets.ts";
import type { StoredResponse } from "../store/responses.ts";
import { storedOf } from "../store/responses.ts";

/** Adds `/comment`, and `/comment/<id>` with its `/edit`. */
export function addComment(app: Hono<ReceiverEnv>, context: ReceiverContext): void {
  const { posts, options } = context;

  app.use("/comment/*", async (c, next) => {
    await next();
    // The address of the edit page holds its key.
    c.header("referrer-policy", "no-referrer");
    c.header("cache-control", "no-store");
  });

  app.get("/comment", async (c) => {
    const post = await openPost(c.req.query("post") ?? "");
    if (post === null) return await noPost(c);
    const replyTo = c.req.query("reply-to") ?? "";
    const fields = { slug: post.slug, name: "", text: "", url: "", replyTo };
    return await show(c, formPage(post, fields, []));
  });

  app.post("/comment", async (c) => {
    const form = await readForm(c);
    const fields = commentFields(form);
    const post = await openPost(fields.slug);
    if (post === null) return await noPost(c);
    const problems = commentProblems(fields, form);
    if (problems.length > 0) return await show(c, formPage(post, fields, problems), 400);
    const confirmation = form.one("confirmation");
    const state = await confirmationState(context, fields, confirmation);
    if (state !== "valid") return await preview(c, post, fields, NOTES[state]);
    const refused = await limited(c, "comment");
    if (refused !== null) return refused;
    const stored = await storeComment(context, post, fields, confirmation);
    return await show(c, storedPage(post, stored.status, stored.editUrl), 201);
  });

  app.get("/comment/:id", async (c) => {
    const found = await commentBy(context, c.req.param("id"));
    if (found?.status === "deleted") return await withdrawn(c);
    if (found?.status !== "approved") return await sentence(c, 404, "Not found", "There is no such comment.");
    return await show(c, commentPage(found.record));
  });

  app.get("/comment/:id/edit", async (c) => {
    const found = await editable(c);
    if (found === null) return await noComment(c);
    if (found.status === "deleted") return await withdrawn(c);
    return await show(c, editPage(fieldsOf(found), actionOf(c), []));
  });

  app.post("/comment/:id/edit", async (c) => {
    const found = await editable(c);
    if (found === null) return await noComment(c);
    if (found.status === "deleted") return await withdrawn(c);
    const form = await readForm(c);
    if (form.one("withdraw") === "yes") {
      await withdraw(context, found);
      return await said(c, "Withdrawn", "Your comment is deleted.");
    }
    const fields = { ...commentFields(form), slug: found.slug, replyTo: fieldsOf(found).replyTo };
    const problems = commentProblems(fields, form);
    if (problems.length > 0) return await show(c, editPage(fields, actionOf(c), problems), 400);
    const refused = await limited(c, "change");
    if (refused !== null) return refused;
    const status = await editComment(context, found, fields);
    const when =
      status === "approved" ? "with the next update of the site" : "once the author has approved it";
    return await said(c, "Saved", `Your comment is changed, and shown ${when}.`);
  });

  async function openPost(slug: string): Promise<ReceivingPost | null> {
    const post = slug === "" ? null : await posts.bySlug(slug);
    return post?.isOpen === true && options.hasComments ? post : null;
  }

  /** The answer to a client that has sent too many comments, or changes of them; null for others. */
  async function limited(c: ReceiverRequest, what: "comment" | "change"): Promise<Response | null> {
    const { comments } = options.limits;
    const exceeded = await exceededByClient(context, c.get("clientAddress"), what, comments);
    if (exceeded === null) return null;
    c.header("retry-after", String(exceeded.retryAfterSeconds));
    return await sentence(c, 429, "Later, please", exceeded.message);
  }

  async function preview(
    c: ReceiverRequest,
    post: ReceivingPost,
    fields: CommentFields,
    note: string | null,
  ) {
    return await show(c, previewPage(post, fields, await confirmationOf(context, fields), note));
  }

  async function editable(c: ReceiverRequest): Promise<StoredResponse | null> {
    const found = await commentBy(context, c.req.param("id") ?? "");
    if (found === null || found.editKey === null) return null;
    return (await isSameSecret(await sha256Hex(c.req.query("key") ?? ""), found.editKey)) ? found : null;
  }
}

/** Why a comment is shown for confirmation once more. */
const NOTES = {
  none: null,
  early: "That was very fast. Please review your comment once more, then publish it.",
  late: "The page was open for more than an hour. Please review your comment once more, then publish it.",
} as const;

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
  return await sentence(c, 404, "Not found", "There is no such post, or it takes no comments.");
}

async function withdrawn(c: ReceiverRequest): Promise<Response> {
  return await sentence(c, 410, "Withdrawn", "This comment was deleted.");
}

async function noComment(c: ReceiverRequest): Promise<Response> {
  return await sentence(c, 404, "Not found", "There is no such comment, or the link is incomplete.");
}

async function said(c: ReceiverRequest, title: string, message: string): Promise<Response> {
  const body = html`<h1>${title}</h1>
    <p>${message}</p>`;
  return await show(c, pageOf(title, body));
}
