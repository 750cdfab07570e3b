/** The Micropub endpoint (https://www.w3.org/TR/micropub/). */
import type { Hono } from "hono";
import { cors } from "hono/cors";
import type { AccessToken } from "../auth/tokens.ts";
import type { Micropub, ReceiverContext } from "../context.ts";
import type { ReceiverEnv, ReceiverRequest } from "../http.ts";
import { authorized, countRequest, needScope } from "../micropub/authorize.ts";
import { deletePost, foundPost, undeletePost, updatePost } from "../micropub/change-post.ts";
import { createPost, type Writer } from "../micropub/create-post.ts";
import { answered } from "../micropub/error-answer.ts";
import { invalid } from "../micropub/micropub-error.ts";
import { sourceOf } from "../micropub/post-source.ts";
import { readRequest, type MicropubRequest } from "../micropub/read-request.ts";
import { siteFacts } from "../micropub/site-facts.ts";
import { oneAtATime } from "../one-at-a-time.ts";

const QUERIES = ["config", "source", "syndicate-to", "category"] as const;

/** Supported post types, by which clients choose their forms (https://indieweb.org/Micropub-extensions). */
const POST_TYPES = [
  { type: "note", name: "Note" },
  { type: "article", name: "Article" },
  { type: "photo", name: "Photo" },
  { type: "reply", name: "Reply" },
  { type: "like", name: "Like" },
  { type: "repost", name: "Repost" },
  { type: "bookmark", name: "Bookmark" },
  { type: "rsvp", name: "RSVP" },
];

/** Adds `/micropub`. */
export function addMicropub(app: Hono<ReceiverEnv>, context: ReceiverContext, micropub: Micropub): void {
  const inTurn = oneAtATime();
  app.use(
    "/micropub",
    cors({
      origin: "*",
      allowMethods: ["GET", "POST"],
      allowHeaders: ["authorization", "content-type"],
      exposeHeaders: ["location", "retry-after"],
    }),
  );

  app.get("/micropub", (c) =>
    answered(c, context, async () => {
      await authorized(c, context, null);
      c.header("cache-control", "no-store");
      switch (c.req.query("q")) {
        case "config":
          return c.json({
            "media-endpoint": `${context.options.url}/media`,
            "syndicate-to": [],
            "post-types": POST_TYPES,
            q: QUERIES,
          });
        case "syndicate-to":
          return c.json({ "syndicate-to": [] });
        case "category":
          return c.json({ categories: await context.posts.tags() });
        case "source":
          return await source(c);
        default:
          throw invalid(`q can be ${QUERIES.join(", ")}`);
      }
    }),
  );

  app.post("/micropub", (c) =>
    answered(c, context, async () => {
      // Check a token in the header before reading a large body.
      await authorized(c, context, undefined);
      const { request, token: inBody } = await readRequest(c);
      const token = await authorized(c, context, inBody);
      if (token === null) throw invalid("An access token is needed");
      await countRequest(context, token);
      return await act(c, request, token);
    }),
  );

  async function act(c: ReceiverRequest, request: MicropubRequest, token: AccessToken): Promise<Response> {
    const writer: Writer = {
      author: token.author,
      clientHost: new URL(token.clientId).host,
      isDraftOnly: !token.scopes.includes("create"),
    };
    switch (request.action) {
      case "create": {
        needScope(token, "create", "draft");
        return c.body(null, 201, {
          location: await createPost(context, micropub, request.properties, writer, inTurn),
        });
      }
      case "update": {
        needScope(token, "update");
        const address = await updatePost(context, micropub, request.url, request.update, writer);
        return address === request.url ? c.body(null, 204) : c.body(null, 201, { location: address });
      }
      case "delete":
        needScope(token, "delete");
        await deletePost(context, micropub, request.url, writer);
        return c.body(null, 204);
      case "undelete":
        needScope(token, "undelete", "delete");
        await undeletePost(context, micropub, request.url, writer);
        return c.body(null, 204);
    }
  }

  async function source(c: ReceiverRequest): Promise<Response> {
    const facts = await siteFacts(micropub.store, context.posts);
    const post = await foundPost(context, micropub, c.req.query("url") ?? "", facts);
    const properties = await sourceOf(context, post);
    const asked = [...(c.req.queries("properties[]") ?? []), ...(c.req.queries("properties") ?? [])];
    if (asked.length === 0) return c.json({ type: ["h-entry"], properties: Object.fromEntries(properties) });
    return c.json({
      properties: Object.fromEntries([...properties].filter(([name]) => asked.includes(name))),
    });
  }
}
