/** Settings of the receiver from environment variables, for Node and Workers. */
import * as z from "zod";
import { AuthorError } from "../lib/author-error.ts";
import { languageTag } from "../lib/site/settings-fields/strings.ts";
import { didYouMean } from "../lib/did-you-mean.ts";

const address = z.url({ protocol: /^https?$/ });

const hookSchema = z.array(z.strictObject({ url: address, secret: z.string().min(1) }));

/** A URL without username, password, query and fragment. */
const plainAddress = address.refine((text) => {
  const url = URL.parse(text);
  return url !== null && url.username + url.password + url.search + url.hash === "" && !/[?#]/.test(text);
});

/** A URL without a path, since the routes start at the root of the host. */
const hostAddress = plainAddress.refine((text) => /^\/*$/.test(URL.parse(text)?.pathname ?? ""));

const whole = (fallback: number) =>
  z.coerce
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .default(fallback);

const environment = z.object({
  RECEIVER_SITE: plainAddress,
  RECEIVER_URL: hostAddress,
  RECEIVER_TOKEN: z.string().min(16),
  RECEIVER_LANG: languageTag().default("en"),
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
  RECEIVER_MICROPUB: z
    .string()
    .regex(/^(?:git|(?:github|forgejo):[\w.-]+\/[\w.-]+|gitlab:[\w.-]+(?:\/[\w.-]+)+)$/)
    .optional(),
  RECEIVER_MICROPUB_TOKEN: z.string().optional(),
  RECEIVER_MICROPUB_API: address.optional(),
  RECEIVER_MICROPUB_BRANCH: z
    .string()
    .regex(/^(?!-)[\w./-]+$/)
    .default("main"),
  RECEIVER_MICROPUB_FOLDER: z
    .string()
    .regex(/^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/)
    .default("content"),
  RECEIVER_MICROPUB_AUTHOR: z
    .string()
    .regex(/^[\p{L}\p{N}_-]+$/u)
    .optional(),
  RECEIVER_MICROPUB_IDENTITY: z
    .string()
    .regex(/^[^<>\n]+ <[^<>\s]+@[^<>\s]+>$/)
    .optional(),
  RECEIVER_MICROPUB_PUSH: z.enum(["on", "off"]).default("off"),
  RECEIVER_MICROPUB_RUN: z.string().optional(),
  RECEIVER_MAX_MEDIA_MB: z.coerce.number().positive().max(50).default(10),
});

export interface ReceiverOptions {
  /** URL of the blog, with a trailing slash. */
  readonly site: string;
  /** Public URL of the receiver, without a trailing slash. */
  readonly url: string;
  /** The operator's token, for the moderation page, export and metrics. */
  readonly token: string;
  /** Language of pages for readers while the blog's isn't known, BCP 47. */
  readonly lang: string;
  /** Which responses need approval: all, those from sites not approved before, or only those that look like spam. */
  readonly moderation: "all" | "first-time" | "none";
  /** Whether webmentions from unknown sites require a vouch. */
  readonly isVouchRequired: boolean;
  readonly hasComments: boolean;
  readonly hooks: readonly { readonly url: string; readonly secret: string }[];
  readonly dispatch: { readonly repository: string; readonly token: string; readonly api: string } | null;
  /** Number of proxies in front, whose entries of `X-Forwarded-For` are trusted. */
  readonly proxies: number;
  readonly limits: ReceiverLimits;
  /** Days for which status pages of processed notifications, and spam, are kept. */
  readonly keepDays: number;
  /** Null when Micropub and IndieAuth are off. */
  readonly micropub: MicropubOptions | null;
}

/** Settings of Micropub, and the store for its posts. */
export interface MicropubOptions {
  readonly host: "git" | "github" | "gitlab" | "forgejo";
  /** `me/blog`; empty for `git`, a checkout on this machine. */
  readonly repository: string;
  /** Access token for the host's API; empty for `git`. */
  readonly token: string;
  /** URL of the host's API, with a trailing slash; empty for `git`. */
  readonly api: string;
  readonly branch: string;
  /** Folder of the content in the repository: `content`. */
  readonly folder: string;
  /** Author id for posts when the passkey has none; null for the blog's default author. */
  readonly author: string | null;
  /** Author of commits; null for git's configuration, or the token's owner. */
  readonly identity: { readonly name: string; readonly email: string } | null;
  /** Whether commits of a checkout are pushed. */
  readonly isPushed: boolean;
  /** Shell command to run in a checkout after each commit; null for none. */
  readonly run: string | null;
  readonly maxMediaBytes: number;
}

/** Limits for accepting requests. */
export interface ReceiverLimits {
  /** Notifications of one client per minute. */
  readonly perAddress: number;
  /** Notifications from one source host per minute. */
  readonly perHost: number;
  /** Notifications for one pair of source and post in ten minutes. */
  readonly perPair: number;
  /** Comments of one client in ten minutes. */
  readonly comments: number;
  /** Maximum number of queued jobs. */
  readonly queue: number;
}

/** Maximum size of a request's body, in bytes, unless its route has another limit. */
export const MAX_BODY = 64 * 1024;

/** Maximum length of a comment, in UTF-16 code units, like `maxlength` in HTML. */
export const MAX_COMMENT = 10_000;

/** Parses the settings. @throws AuthorError that names each missing or invalid variable. */
export function optionsFrom(env: Readonly<Record<string, unknown>>): ReceiverOptions {
  const given = Object.fromEntries(
    Object.keys(environment.shape)
      .filter((name) => env[name] !== undefined && env[name] !== "")
      .map((name) => [name, env[name]]),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
    throw new AuthorError(
      [...names].map((name) => {
        const hint = HINTS[name] ?? hintByKind(name);
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
    lang: data.RECEIVER_LANG,
    moderation: data.RECEIVER_MODERATION,
    isVouchRequired: data.RECEIVER_VOUCH === "required",
    hasComments: data.RECEIVER_COMMENTS === "on",
    hooks: hooksIn(data.RECEIVER_HOOKS),
    dispatch: dispatchOptions(data),
    proxies: data.RECEIVER_PROXIES,
    limits: {
      perAddress: data.RECEIVER_MAX_PER_ADDRESS,
      perHost: data.RECEIVER_MAX_PER_HOST,
      perPair: data.RECEIVER_MAX_PER_PAIR,
      comments: data.RECEIVER_MAX_COMMENTS,
      queue: data.RECEIVER_MAX_QUEUE,
    },
    keepDays: data.RECEIVER_KEEP_DAYS,
    micropub: micropubOptions(data),
  };
}

function dispatchOptions(data: z.output<typeof environment>): ReceiverOptions["dispatch"] {
  const { RECEIVER_DISPATCH: repository, RECEIVER_DISPATCH_TOKEN: token, RECEIVER_DISPATCH_API: api } = data;
  if (repository === undefined) return null;
  if (token === undefined)
    throw new AuthorError([
      {
        message: "The environment variable RECEIVER_DISPATCH_TOKEN isn't set",
        file: "environment",
        hint: `A token of GitHub that may write to ${repository}: “Contents: read and write”.`,
      },
    ]);
  return { repository, token, api };
}

/** Warnings about variables that begin with `RECEIVER_` but aren't settings. */
export function unknownSettings(env: Readonly<Record<string, unknown>>): readonly string[] {
  const known = Object.keys(environment.shape);
  return Object.keys(env)
    .filter((name) => name.startsWith("RECEIVER_") && !known.includes(name))
    .map((name) => {
      const near = didYouMean(name, known);
      return `There is no setting ${name}${near === null ? "" : `; did you mean ${near}?`}`;
    });
}

const APIS = {
  git: "",
  github: "https://api.github.com/",
  gitlab: "https://gitlab.com/api/v4/",
  forgejo: "https://codeberg.org/api/v1/",
} as const;

function micropubOptions(data: z.output<typeof environment>): MicropubOptions | null {
  if (data.RECEIVER_MICROPUB === undefined) return null;
  const [word = "", repository = ""] = data.RECEIVER_MICROPUB.split(":");
  const host = word === "github" || word === "gitlab" || word === "forgejo" ? word : "git";
  const token = data.RECEIVER_MICROPUB_TOKEN ?? "";
  if (host !== "git" && token === "")
    throw new AuthorError([
      {
        message: "The environment variable RECEIVER_MICROPUB_TOKEN isn't set",
        file: "environment",
        hint: `A token of ${host} that may write to ${repository}; docs/micropub.md says how to make one.`,
      },
    ]);
  const [, name, email] = /^(.+) <(.+)>$/.exec(data.RECEIVER_MICROPUB_IDENTITY ?? "") ?? [];
  const api = data.RECEIVER_MICROPUB_API ?? APIS[host];
  return {
    host,
    repository,
    token,
    api: api === "" || api.endsWith("/") ? api : `${api}/`,
    branch: data.RECEIVER_MICROPUB_BRANCH,
    folder: data.RECEIVER_MICROPUB_FOLDER,
    author: data.RECEIVER_MICROPUB_AUTHOR ?? null,
    identity: name === undefined || email === undefined ? null : { name: name.trim(), email },
    isPushed: data.RECEIVER_MICROPUB_PUSH === "on",
    run: data.RECEIVER_MICROPUB_RUN ?? null,
    maxMediaBytes: Math.floor(data.RECEIVER_MAX_MEDIA_MB * 1024 * 1024),
  };
}

const HINTS: Readonly<Record<string, string>> = {
  RECEIVER_SITE: "The address of the blog: RECEIVER_SITE=https://me.example/",
  RECEIVER_URL:
    "The address at which the receiver is reached, a host without a path: RECEIVER_URL=https://receiver.me.example",
  RECEIVER_TOKEN:
    "A secret of your own, 16 characters or more: RECEIVER_TOKEN=$(openssl rand -hex 24); it signs you in to the moderation page.",
  RECEIVER_LANG: "The tag of a language, such as de or pt-BR: RECEIVER_LANG=de",
  RECEIVER_MODERATION: "One of all, first-time and none: RECEIVER_MODERATION=first-time",
  RECEIVER_COMMENTS: "RECEIVER_COMMENTS=on or RECEIVER_COMMENTS=off",
  RECEIVER_VOUCH: "RECEIVER_VOUCH=required or RECEIVER_VOUCH=off",
  RECEIVER_DISPATCH: "A repository at GitHub: RECEIVER_DISPATCH=me/blog",
  RECEIVER_MICROPUB:
    "Where posts are written: git for the checkout in this folder, or github:me/blog, gitlab:me/blog, forgejo:me/blog. See docs/micropub.md.",
  RECEIVER_MICROPUB_IDENTITY:
    "A name and an e-mail address, as git writes them: RECEIVER_MICROPUB_IDENTITY='Me <me@me.example>'",
};

function hintByKind(name: string): string {
  return /_(?:MAX_\w+|PROXIES|KEEP_DAYS)$/.test(name)
    ? `A whole number: ${name}=10. docs/receiver.md has the usual ones.`
    : `See docs/receiver.md and docs/micropub.md for the values that ${name} can have.`;
}

function hooksIn(text: string): ReceiverOptions["hooks"] {
  try {
    return hookSchema.parse(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof z.ZodError)) throw error;
    const hint = `RECEIVER_HOOKS='[{"url":"https://me.example/hook","secret":"…"}]'`;
    throw new AuthorError([{ message: "RECEIVER_HOOKS isn't a list of hooks", file: "environment", hint }]);
  }
}
