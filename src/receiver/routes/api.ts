/** An API compatible with webmention.io's, for `responses pull` and other clients. It lists only approved responses. */
import type { Hono } from "hono";
import { cors } from "hono/cors";
import { responseSchema } from "../../lib/responses/record.ts";
import { jsonError } from "../auth/bearer.ts";
import type { ReceiverContext } from "../context.ts";
import { mentionsAtom } from "../mentions-atom.ts";
import { isOperator } from "../operator.ts";
import { show, wordsFor, type ReceiverEnv, type ReceiverRequest } from "../http.ts";
import { mentionsPage } from "../pages/mentions-page.ts";
import { numberIn, textIn } from "../store/database.ts";
import { storedOf, type StoredResponse } from "../store/responses.ts";
import { queryOf, selectResponses } from "../store/response-query.ts";

const MAX_DELETED = 1000;

/**
 * Adds `/api/mentions.jf2`, `.json`, `.atom`, `.html`, `/api/count`, `/api/deleted.jf2` and, for the operator,
 * `/api/export.jf2`.
 */
export function addApi(app: Hono<ReceiverEnv>, context: ReceiverContext): void {
  const { database, posts } = context;
  // Public data, so pages of any origin may request it from the reader's browser.
  app.use("/api/*", cors({ origin: "*", allowMethods: ["GET"] }));
  app.use("/api/*", async (c, next) => {
    await next();
    c.header("cache-control", "no-cache");
  });

  const select = async (c: ReceiverRequest) => {
    const query = queryOf(c.req.queries());
    const slugs = await slugsOf(query.targets);
    return { query, ...(await selectResponses(database, query, slugs)) };
  };
  const slugsOf = async (targets: readonly string[]) => {
    const found = await Promise.all(targets.map((target) => posts.byUrl(target)));
    return targets.length === 0
      ? null
      : [...new Set(found.flatMap((post) => (post === null ? [] : [post.slug])))];
  };

  const mentionsJf2 = async (c: ReceiverRequest) => {
    const { query, total, responses } = await select(c);
    const paging = {
      "per-page": query.perPage,
      page: query.page,
      total,
      "total-pages": Math.ceil(total / query.perPage),
    };
    return c.json({ type: "feed", name: "Webmentions", children: responses.map(jf2Of), paging });
  };
  const mentionsJson = async (c: ReceiverRequest) => {
    const { responses } = await select(c);
    return c.json({ links: responses.map(linkOf) });
  };
  const atom = async (c: ReceiverRequest) => {
    const { responses } = await select(c);
    const { pathname, search } = new URL(c.req.url);
    const xml = mentionsAtom(responses, context.options.url + pathname + search, context.now());
    return c.body(xml, 200, { "content-type": "application/atom+xml; charset=utf-8" });
  };
  const page = async (c: ReceiverRequest) => {
    const { responses } = await select(c);
    return await show(c, mentionsPage(wordsFor(c), responses));
  };
  // `links` is webmention.io's older name.
  for (const name of ["/api/mentions", "/api/links"]) {
    app.get(`${name}.jf2`, mentionsJf2);
    app.get(`${name}.json`, mentionsJson);
    app.get(name, mentionsJson);
    app.get(`${name}.atom`, atom);
    app.get(`${name}.html`, page);
  }

  const count = async (c: ReceiverRequest) => {
    const { total, kinds } = await select(c);
    return c.json({ count: total, type: kinds });
  };
  app.get("/api/count", count);
  app.get("/api/count.json", count);

  app.get("/api/deleted.jf2", async (c) => {
    const query = queryOf(c.req.queries());
    const slugs = await slugsOf(query.targets);
    const perPage = Math.min(query.perPage, MAX_DELETED);
    // List all ids under which a response was ever published, since a client may have stored an older one.
    const rows = await database.all(
      `SELECT publication.id AS wm_id, response.source AS source, response.data AS data
       FROM publication JOIN response ON response.id = publication.response
       WHERE response.status <> 'approved' AND publication.id > ?${slugs === null ? "" : ` AND response.slug IN (${slugs.map(() => "?").join(", ")})`}
       ORDER BY publication.id LIMIT ? OFFSET ?`,
      ...[query.sinceId, ...(slugs ?? []), perPage, perPage * query.page],
    );
    const children = rows.map((row) => ({
      type: "entry",
      "wm-id": numberIn(row, "wm_id"),
      "wm-source": textIn(row, "source"),
      "wm-target": responseSchema.parse(JSON.parse(textIn(row, "data")))["wm-target"],
    }));
    return c.json({ type: "feed", name: "Deleted webmentions", children });
  });

  app.get("/api/export.jf2", async (c) => {
    if (!(await isOperator(c, context)))
      return jsonError(c, 401, "unauthorized", "The export needs the operator's token");
    const rows = await database.all("SELECT * FROM response ORDER BY id");
    const children = rows.map(storedOf).map((response) => ({
      ...jf2Of(response),
      status: response.status,
      suspicion: response.record.suspicion,
    }));
    return c.json({ type: "feed", name: "All responses", children });
  });
}

/** A response in the format of `mentions.jf2`. */
function jf2Of({ record, photo }: StoredResponse): Readonly<Record<string, unknown>> {
  const { status: _status, suspicion: _suspicion, author, "wm-id": id, ...rest } = record;
  return {
    ...rest,
    author: { ...author, url: author.url ?? "", photo: photo ?? "" },
    "wm-id": id,
    "wm-private": false,
    ...propertyOf(record),
  };
}

/** The property that links to the target, which webmention.io adds to `wm-property`. */
function propertyOf(record: StoredResponse["record"]): Readonly<Record<string, unknown>> {
  const property = record["wm-property"];
  if (property === "rsvp" || property === "in-reply-to")
    return { "in-reply-to": record["in-reply-to"] ?? record["wm-target"] };
  return { [property]: record["wm-target"] };
}

/** A response in the older format of `mentions.json`. */
function linkOf({ record, photo }: StoredResponse): Readonly<Record<string, unknown>> {
  return {
    source: record["wm-source"],
    verified: true,
    verified_date: record["wm-received"],
    id: record["wm-id"],
    private: false,
    data: {
      author: { name: record.author.name, url: record.author.url ?? "", photo: photo ?? "" },
      url: record.url,
      name: record.name ?? null,
      content: record.content?.html ?? record.content?.text ?? null,
      published: record.published ?? null,
      published_ts: record.published === undefined ? null : Math.floor(Date.parse(record.published) / 1000),
    },
    activity: { type: ACTIVITIES[record["wm-property"]] },
    target: record["wm-target"],
  };
}

const ACTIVITIES = {
  "in-reply-to": "reply",
  "like-of": "like",
  "repost-of": "repost",
  "bookmark-of": "bookmark",
  "mention-of": "link",
  rsvp: "rsvp",
} as const satisfies Record<StoredResponse["record"]["wm-property"], string>;
