/** Pingback 1.0: `pingback.ping(sourceURI, targetURI)` over XML-RPC. https://www.hixie.ch/specs/pingback/pingback */
import type { Hono } from "hono";
import { acceptNotification, type Refusal } from "../accept.ts";
import type { ReceiverContext } from "../context.ts";
import type { ReceiverEnv, ReceiverRequest } from "../http.ts";
import { notificationBy, type Notification, type Outcome } from "../store/notifications.ts";
import { faultAnswer, parseCall, stringAnswer } from "../xml-rpc.ts";

/** Longer than fetching the source can take. */
const VERIFICATION_MS = 7000;
const POLL_MS = 50;

const FAULTS = {
  generic: 0,
  noSource: 16,
  noLink: 17,
  noTarget: 32,
  badTarget: 33,
  known: 48,
  denied: 49,
  upstream: 50,
} as const;

const REFUSAL_FAULTS: Readonly<Record<Refusal, number>> = {
  "bad-source": FAULTS.noSource,
  "bad-target": FAULTS.badTarget,
  "same-page": FAULTS.badTarget,
  "no-post": FAULTS.noTarget,
  closed: FAULTS.badTarget,
  blocked: FAULTS.denied,
  "own-site": FAULTS.denied,
  "too-many": FAULTS.denied,
  overloaded: FAULTS.upstream,
  "site-silent": FAULTS.upstream,
};

const OUTCOME_FAULTS: Readonly<Partial<Record<Outcome, number>>> = {
  same: FAULTS.known,
  "no-link": FAULTS.noLink,
  "no-source": FAULTS.noSource,
  unreadable: FAULTS.noLink,
  "bad-vouch": FAULTS.denied,
  failed: FAULTS.upstream,
};

/** Adds `POST /pingback`. */
export function addPingback(app: Hono<ReceiverEnv>, context: ReceiverContext): void {
  app.post("/pingback", async (c) => {
    const call = parseCall(new TextDecoder().decode(await c.req.arrayBuffer()));
    if (call === null) return pingbackFault(c, FAULTS.generic, "The body is no XML-RPC call");
    if (call.method !== "pingback.ping")
      return pingbackFault(c, FAULTS.generic, "The only method is pingback.ping");
    const [source, target] = call.parameters;
    if (call.parameters.length !== 2 || typeof source !== "string" || typeof target !== "string")
      return pingbackFault(c, FAULTS.generic, "pingback.ping takes two strings, sourceURI and targetURI");
    const clientAddress = c.get("clientAddress");
    const accepted = await acceptNotification(context, {
      protocol: "pingback",
      source,
      target,
      clientAddress,
    });
    if ("refusal" in accepted) return pingbackFault(c, REFUSAL_FAULTS[accepted.refusal], accepted.message);
    const notification = await verified(context, accepted.token);
    if (notification === null || (!notification.isDone && notification.message === ""))
      return xml(c, stringAnswer("Received; the link will be verified"));
    const code = notification.isDone ? OUTCOME_FAULTS[notification.outcome] : FAULTS.upstream;
    return code === undefined
      ? xml(c, stringAnswer(notification.message))
      : pingbackFault(c, code, notification.message);
  });
}

/** Waits for the verification of the source, since pingback's fault codes report its result. */
async function verified({ database, now }: ReceiverContext, token: string): Promise<Notification | null> {
  const until = now() + VERIFICATION_MS;
  for (;;) {
    const notification = await notificationBy(database, token);
    const isLookedAt = notification === null || notification.isDone || notification.message !== "";
    if (isLookedAt || now() >= until) return notification;
    await new Promise((resolve) => {
      setTimeout(resolve, POLL_MS);
    });
  }
}

/** A fault response, with status 200 as XML-RPC requires. */
export function pingbackFault(c: ReceiverRequest, code: number, message: string): Response {
  return xml(c, faultAnswer(code, message));
}

function xml(c: ReceiverRequest, body: string): Response {
  return c.body(body, 200, { "content-type": "text/xml; charset=utf-8" });
}
