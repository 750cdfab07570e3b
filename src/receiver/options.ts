/** Settings of the receiver, from environment variables: the same on a machine of one's own and on Workers. */
import * as z from "zod";
import { AuthorError } from "../lib/author-error.ts";

const address = z.url({ protocol: /^https?$/ });

const hookSchema = z.array(z.strictObject({ url: address, secret: z.string().min(1) }));

const whole = (fallback: number) => z.coerce.number().int().nonnegative().default(fallback);

const environment = z.object({
  RECEIVER_SITE: address,
  RECEIVER_URL: address,
  RECEIVER_TOKEN: z.string().min(16),
  RECEIVER_MODERATION: z.enum(["all", "first-time", "none"]).default("all"),
  RECEIVER_VOUCH: z.enum(["off", "required"]).default("off"),
  RECEIVER_COMMENTS: z.enum(["on", "off"]).default("on"),
  RECEIVER_HOOKS: z.string().default("[]"),
  RECEIVER_DISPATCH: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/)
    .optional(),
  RECEIVER_DISPATCH_TOKEN: z.string().optional(),
  RECEIVER_DISPATCH_API: address.default("https://api.github.com/"),
  RECEIVER_PROXIES: whole(0),
  RECEIVER_MAX_PER_ADDRESS: whole(120),
  RECEIVER_MAX_PER_HOST: whole(120),
  RECEIVER_MAX_PER_PAIR: whole(6),
  RECEIVER_MAX_COMMENTS: whole(10),
  RECEIVER_MAX_QUEUE: whole(10_000),
  RECEIVER_KEEP_DAYS: whole(30),
});

export interface ReceiverOptions {
  /** Address of the blog, with a slash at its end. */
  readonly site: string;
  /** Public address of the receiver, without a slash at its end. */
  readonly url: string;
  /** The operator's token, for the moderation page, the export and the metrics. */
  readonly token: string;
  /** Which responses wait: all, those from a site that wasn't approved before, or none but those that look like spam. */
  readonly moderation: "all" | "first-time" | "none";
  /** Whether webmentions from unknown sites need a vouch. */
  readonly isVouchRequired: boolean;
  readonly hasComments: boolean;
  readonly hooks: readonly { readonly url: string; readonly secret: string }[];
  readonly dispatch: { readonly repository: string; readonly token: string; readonly api: string } | null;
  /** Number of proxies in front, whose entries of `X-Forwarded-For` are trusted. */
  readonly proxies: number;
  readonly limits: ReceiverLimits;
  /** How long status pages, spam and what remembers deletions are kept. */
  readonly keepDays: number;
}

/** Limits of what is accepted. */
export interface ReceiverLimits {
  /** Requests of one client a minute. */
  readonly perAddress: number;
  /** Notifications about one source host a minute. */
  readonly perHost: number;
  /** Notifications about one pair of source and target in ten minutes. */
  readonly perPair: number;
  /** Comments of one client in ten minutes. */
  readonly comments: number;
  /** Jobs that may wait. */
  readonly queue: number;
}

/** Largest body of a request, in bytes. */
export const MAX_BODY = 64 * 1024;

/** @throws AuthorError naming each variable that is missing or wrong. */
export function optionsFrom(env: Readonly<Record<string, unknown>>): ReceiverOptions {
  const given = Object.fromEntries(
    Object.keys(environment.shape)
      .filter((name) => env[name] !== undefined && env[name] !== "")
      .map((name) => [name, env[name]]),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    throw new AuthorError(
      parsed.error.issues.map((issue) => {
        const name = String(issue.path[0]);
        const hint = HINTS[name] ?? `See docs/receiver.md for the values that ${name} can have.`;
        const what = given[name] === undefined ? "isn't set" : "has a value that can't be used";
        return { message: `The environment variable ${name} ${what}`, file: "environment", hint };
      }),
    );
  }
  const { data } = parsed;
  return {
    site: data.RECEIVER_SITE.endsWith("/") ? data.RECEIVER_SITE : `${data.RECEIVER_SITE}/`,
    url: data.RECEIVER_URL.replace(/\/+$/, ""),
    token: data.RECEIVER_TOKEN,
    moderation: data.RECEIVER_MODERATION,
    isVouchRequired: data.RECEIVER_VOUCH === "required",
    hasComments: data.RECEIVER_COMMENTS === "on",
    hooks: hooksIn(data.RECEIVER_HOOKS),
    dispatch:
      data.RECEIVER_DISPATCH === undefined
        ? null
        : {
            repository: data.RECEIVER_DISPATCH,
            token: data.RECEIVER_DISPATCH_TOKEN ?? "",
            api: data.RECEIVER_DISPATCH_API,
          },
    proxies: data.RECEIVER_PROXIES,
    limits: {
      perAddress: data.RECEIVER_MAX_PER_ADDRESS,
      perHost: data.RECEIVER_MAX_PER_HOST,
      perPair: data.RECEIVER_MAX_PER_PAIR,
      comments: data.RECEIVER_MAX_COMMENTS,
      queue: data.RECEIVER_MAX_QUEUE,
    },
    keepDays: data.RECEIVER_KEEP_DAYS,
  };
}

const HINTS: Readonly<Record<string, string>> = {
  RECEIVER_SITE: "The address of the blog: RECEIVER_SITE=https://me.example/",
  RECEIVER_URL: "The address at which the receiver is reached: RECEIVER_URL=https://receiver.me.example",
  RECEIVER_TOKEN:
    "A secret of your own, 16 characters or more: RECEIVER_TOKEN=$(openssl rand -hex 24); it signs you in to the moderation page.",
};

function hooksIn(text: string): ReceiverOptions["hooks"] {
  try {
    return hookSchema.parse(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof z.ZodError)) throw error;
    const hint = `RECEIVER_HOOKS='[{"url":"https://me.example/hook","secret":"…"}]'`;
    throw new AuthorError([{ message: "RECEIVER_HOOKS isn't a list of hooks", file: "environment", hint }]);
  }
}
