/** The receiver as a web-standard request handler, independent of Node and Workers. */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { html } from "hono/html";
import { METHOD_NAME_ALL } from "hono/router";
import { moderationWords } from "../i18n/moderation-words.ts";
import { AuthorError } from "../lib/author-error.ts";
import { jsonError } from "./auth/bearer.ts";
import { SiteUnavailableError } from "./site-unavailable.ts";
import type { ReceiverContext } from "./context.ts";
import {
  BadFormError,
  sentence,
  show,
  tell,
  wantsHtml,
  wordsFor,
  type PagePolicy,
  type ReceiverEnv,
  type ReceiverRequest,
} from "./http.ts";
import { maxBodyOf } from "./limits.ts";
import { pageIn } from "./pages/layout.ts";
import { PASSKEY_SCRIPT } from "./pages/passkey-script.ts";
import type { LookSource } from "./published-look.ts";
import { addAccess } from "./routes/access.ts";
import { addApi } from "./routes/api.ts";
import { addComment } from "./routes/comment.ts";
import { addIndieAuth } from "./routes/indieauth.ts";
import { addMedia } from "./routes/media.ts";
import { addMicropub } from "./routes/micropub.ts";
import { addModeration } from "./routes/moderation.ts";
import { addOperation } from "./routes/operation.ts";
import { addPingback, pingbackFault } from "./routes/pingback.ts";
import { addTrackback, trackbackAnswer } from "./routes/trackback.ts";
import { addWebmention } from "./routes/webmention.ts";

/** Title of the home page: names that are the same in every language. */
const TITLE = "Webmention, Pingback, TrackBack";

/** Limits for reading a refused body: bytes, and milliseconds. */
const MOST_DISCARDED = 16 * 1024 * 1024;
const DISCARD_MS = 2000;

/** Reads and drops a refused body, since a client or proxy that is still sending may not read the response. */
async function discard(body: ReadableStream<Uint8Array> | null): Promise<void> {
  if (body === null || body.locked) return;
  const reader = body.getReader();
  let left = MOST_DISCARDED;
  const timer = setTimeout(() => void reader.cancel().catch(() => undefined), DISCARD_MS);
  try {
    for (let part = await reader.read(); !part.done && left > 0; part = await reader.read())
      left -= part.value.length;
  } catch {
    // The client has disconnected.
  } finally {
    clearTimeout(timer);
    reader.releaseLock();
  }
}

/**
 * Creates the app with all routes; those of IndieAuth and Micropub only if Micropub is configured.
 * @param addressOf returns the client's IP address, null when it isn't known.
 * @param looks source of the blog's look.
 */
export function createReceiver(
  context: ReceiverContext,
  addressOf: (request: Request, bindings: unknown) => string | null,
  looks: LookSource,
): Hono<ReceiverEnv> {
  const app = new Hono<ReceiverEnv>();

  app.use("*", async (c, next) => {
    c.set("clientAddress", addressOf(c.req.raw, c.env));
    const needsLook = wantsHtml(c) || /^\/(?:style\.css|look\/)/.test(c.req.path);
    c.set("look", needsLook ? await looks.latest() : looks.known());
    await next();
    c.header("x-content-type-options", "nosniff");
    c.header("content-security-policy", policyOf(c.get("policy")));
  });
  app.use("*", async (c, next) => {
    const maxSize = maxBodyOf(c, context);
    const onError = async () => {
      await discard(c.req.raw.body);
      return await sentence(c, 413, "Too long", `The body is larger than ${maxSize} bytes`);
    };
    return await bodyLimit({ maxSize, onError })(c, next);
  });

  app.get("/", async (c) => {
    const { site } = context.options;
    const words = wordsFor(c);
    const body = html`<h1>${TITLE}</h1>
      <p>${moderationWords(words).about} <a href="${site}" dir="ltr">${site}</a></p>`;
    return await show(c, pageIn(words, TITLE, body));
  });
  app.get("/style.css", (c) =>
    c.body(c.get("look").css, 200, {
      "content-type": "text/css; charset=utf-8",
      "cache-control": "max-age=3600",
    }),
  );
  app.get("/look/:name", async (c) => {
    const file = c.get("look").files.get(c.req.param("name"));
    if (file === undefined) return await c.notFound();
    return c.body(file.bytes, 200, { "content-type": file.type, "cache-control": "max-age=86400" });
  });
  app.get("/passkey.js", (c) =>
    c.body(PASSKEY_SCRIPT, 200, {
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "max-age=3600",
    }),
  );
  app.get("/robots.txt", (c) => c.text("User-agent: *\nDisallow: /\n"));
  addWebmention(app, context);
  addTrackback(app, context);
  addPingback(app, context);
  addComment(app, context);
  addApi(app, context);
  addModeration(app, context);
  addAccess(app, context);
  addOperation(app, context);
  if (context.micropub !== null) {
    addIndieAuth(app, context, context.micropub);
    addMedia(app, context, context.micropub);
    addMicropub(app, context, context.micropub);
  }
  refuseOtherMethods(app);

  app.notFound(async (c) => {
    if (!wantsHtml(c)) return c.text("There is nothing at this address.\n", 404);
    const words = wordsFor(c);
    return await tell(c, words, 404, words.missing.title, words.missing.text);
  });
  app.onError(async (error, c) => {
    if (error instanceof BadFormError) return await sentence(c, 400, "Not accepted", error.message);
    if (error instanceof SiteUnavailableError) {
      c.header("retry-after", String(SiteUnavailableError.retryAfterSeconds));
      if (!wantsHtml(c)) return c.text(`${error.message}.\n`, 503);
      const words = wordsFor(c);
      return await tell(c, words, 503, words.receiver.notAccepted, words.receiver.later);
    }
    // A client that disconnects during its request isn't an error of the receiver.
    if ("code" in error && error.code === "ECONNRESET") return c.body(null, 400);
    const isOperators = error instanceof AuthorError;
    // `JSON.stringify` escapes control characters.
    const what = isOperators ? "content/ has an error" : JSON.stringify(error.message).slice(0, 300);
    context.log(`${c.req.method} failed: ${error.name}: ${what}`);
    return await failed(c);
  });
  return app;
}

/** Responds with 405 to unsupported methods at the paths of all routes. */
function refuseOtherMethods(app: Hono<ReceiverEnv>): void {
  const routes = app.routes.filter(({ method }) => method !== METHOD_NAME_ALL);
  for (const [path, those] of Map.groupBy(routes, (route) => route.path)) {
    const methods = those.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method])).join(", ");
    app.all(path, async (c) => {
      const message = `This address takes ${methods} only`;
      c.header("allow", methods);
      if (JSON_PATHS.test(c.req.path)) return jsonError(c, 405, "invalid_request", message);
      return await sentence(c, 405, "Not like this", `${message}.`);
    });
  }
}

const FAILED = "The receiver had an error of its own; please try again later";

/** Endpoints that respond with JSON. */
const JSON_PATHS = /^\/(?:api\/|(?:micropub|media|token|revoke|introspect|userinfo)$)/;

/** Reports an internal error in the format of each protocol. */
async function failed(c: ReceiverRequest): Promise<Response> {
  const { path } = c.req;
  if (path.startsWith("/trackback/")) return trackbackAnswer(c, FAILED);
  if (path === "/pingback") return pingbackFault(c, 0, FAILED);
  if (JSON_PATHS.test(path)) return jsonError(c, 500, "server_error", FAILED);
  return await sentence(c, 500, "Error", `${FAILED}.`);
}

function policyOf({ hasScript, formTargets }: PagePolicy = { hasScript: false, formTargets: [] }): string {
  const script = hasScript ? "script-src 'self'; " : "";
  const forms = ["'self'", ...formTargets].join(" ");
  return `default-src 'none'; ${script}style-src 'self'; font-src 'self'; img-src 'self'; form-action ${forms}; base-uri 'none'; frame-ancestors 'none'`;
}
