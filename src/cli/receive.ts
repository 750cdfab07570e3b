/** `backfence receive`: runs the receiver, moderates the received responses, and backs up the database. */
import { existsSync } from "node:fs";
import path from "node:path";
import { AuthorError } from "../lib/author-error.ts";
import { isRecord } from "../lib/content/front-matter/convert.ts";
import { findSettings, type LoadedSettings } from "../lib/site/load-settings.ts";
import { createGuardedClient } from "../lib/protocols/guarded-fetch.ts";
import type { Settings } from "../lib/site/settings.ts";
import type { ResponseStatus } from "../lib/responses/model.ts";
import { apiStore } from "../receiver/content/api-store.ts";
import { blogLook } from "../receiver/node/blog-look.ts";
import { contentPosts } from "../receiver/node/content-posts.ts";
import { cleanPicture } from "../receiver/node/clean-picture.ts";
import { gitCheckout, isCheckout } from "../receiver/node/git-checkout.ts";
import { runAfterCommit } from "../receiver/node/run-after-commit.ts";
import { textProblems } from "../receiver/node/text-problems.ts";
import { serveReceiver } from "../receiver/node/serve.ts";
import { startThreadLoop } from "../receiver/node/thread-loop.ts";
import {
  optionsFrom,
  unknownSettings,
  type MicropubOptions,
  type ReceiverOptions,
} from "../receiver/options.ts";
import { plainLook, type Look } from "../receiver/pages/layout.ts";
import { changingPosts, NO_POSTS, type Posts } from "../receiver/posts.ts";
import { fixedLook, publishedLook } from "../receiver/published-look.ts";
import { publishedPosts } from "../receiver/published-posts.ts";
import { listenError, openDatabase } from "../receiver/node/start-errors.ts";
import { backUpSqlite } from "../receiver/store/sqlite.ts";
import { countByStatus, responsesIn } from "../receiver/store/responses.ts";
import { domainFrom, RULE_ACTIONS, rulesOf, setRule } from "../receiver/store/rules.ts";
import { moderate } from "../receiver/moderate.ts";
import type { Micropub, ReceiverContext, WrittenText } from "../receiver/context.ts";
import { recentSpam } from "../receiver/verify/recent-spam.ts";
import { randomToken } from "../receiver/secrets.ts";
import type { Database } from "../receiver/store/database.ts";
import { defineCommand } from "./args/define-command.ts";
import { configuredFolders } from "./configured-folders.ts";
import { FOLDER_OPTIONS } from "./folders.ts";
import { gitIdentity } from "./git-identity.ts";
import { allowsLoopback, UsageError, type CommandContext } from "./responses/command.ts";
import { exitCodes, type ExitCode } from "./responses/exit-codes.ts";
import { stopRequest } from "./stop-on-signal.ts";
import { printableLine } from "./responses/printable.ts";
import { table } from "./responses/table.ts";

const ACTIONS = ["serve", "list", "approve", "spam", "delete", "rule", "rules", "backup"] as const;

type Action = (typeof ACTIONS)[number];

const SHOWN = 50;

export const command = defineCommand(
  {
    usage: "receive [serve|list|approve|spam|delete|rule|rules|backup] [arguments] [options]",
    description:
      "Runs the receiver of webmentions, trackbacks, pingbacks and comments, or moderates the responses it received. Settings are environment variables, described in docs/receiver.md and docs/micropub.md; serving needs RECEIVER_SITE, RECEIVER_URL and RECEIVER_TOKEN. In the folder of a blog, posts are read from content/; elsewhere they are looked up on the published site.",
    positionals: { min: 0, max: 200 },
    options: {
      data: { type: "string", value: "FILE", description: "the database", default: "receiver.db" },
      host: { type: "string", value: "HOST", description: "address to listen on", default: "127.0.0.1" },
      port: { type: "string", value: "PORT", description: "port to listen on", default: "8420" },
      status: {
        type: "string",
        description: "what to list",
        default: "pending",
        choices: ["pending", "approved", "spam"],
      },
      content: FOLDER_OPTIONS.content,
      cache: FOLDER_OPTIONS.cache,
    },
    examples: [
      ["receive", "listen on port 8420 until stopped"],
      ["receive list", "list what waits for approval"],
      ["receive approve 12 13", "approve two responses"],
      ["receive rule example.com block", "block a domain and its subdomains"],
      ["receive backup copy.db", "a consistent copy, while the receiver runs"],
    ],
    exitCodes: {
      3: "a setting is missing or can't be used, the port is taken, or the database can't be written",
    },
  },
  async ({ values, positionals: [word = "serve", ...rest] }, context) => {
    const action = ACTIONS.find((known) => known === word);
    if (action === undefined) throw new UsageError(`There is no "${word}"; it can be ${ACTIONS.join(", ")}`);
    const file = path.resolve(context.root, values.data);
    if (action === "serve") {
      const content = contentName(values.content, context.root);
      return await serve(file, { ...values, content }, context);
    }
    if (!existsSync(file)) throw new UsageError(`There is no database ${values.data}; --data names another`);
    if (action === "backup") return backUp(file, rest, context);
    const database = { file, name: values.data };
    return await work(action, rest, database, statusNamed(values.status), context);
  },
);

/** The content folder's path from the project's root: set by the option, else by the project's configuration. */
function contentName(option: string, root: string): string {
  const configured =
    option === FOLDER_OPTIONS.content.default ? configuredFolders(root).contentDir : undefined;
  return path.relative(root, path.resolve(root, configured ?? option));
}

interface ServeValues {
  readonly data: string;
  readonly host: string;
  readonly port: string;
  readonly content: string;
  readonly cache: string;
}

async function serve(file: string, values: ServeValues, context: CommandContext): Promise<ExitCode> {
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port > 65_535)
    throw new UsageError(`--port can't be "${values.port}"; it's a number up to 65535`);
  const { env } = context;
  const options = optionsFrom(env);
  const allowLoopback = allowsLoopback(env);
  const log = (line: string) => context.err(`${context.now().toISOString()} ${printableLine(line)}\n`);
  const client = createGuardedClient({ siteUrl: options.site, allowLoopback });
  const now = () => context.now().getTime();
  const contentDir = path.resolve(context.root, values.content);
  const blog = existsSync(contentDir) ? findSettings({ contentDir, root: context.root }) : null;
  const posts = postsFor(options, values, client, log, context);
  const micropub = micropubFor(options.micropub, values, context, log);
  const database = openDatabase(file, values.data);
  const running = await serveReceiver({
    options,
    database,
    client,
    posts,
    micropub,
    looks:
      blog === null
        ? publishedLook(options.site, plainLook(options), client, now)
        : fixedLook(await lookOf(blog.settings, options, values, log, context)),
    host: values.host,
    port,
    log,
    startLoop: () => startThreadLoop({ env: { ...env }, file, allowLoopback }, log),
  }).catch((error: unknown) => {
    database.close();
    throw listenError(error, values.host, port) ?? error;
  });
  const stopped = stopRequest(env);
  const differences = blog === null ? [] : siteDifferences(blog, options, values.content);
  for (const line of [...unknownSettings(env), ...differences]) log(line);
  // Load the posts before the first request, so that errors are logged at startup.
  if (blog !== null) posts.tags().catch(() => undefined);
  if (micropub !== null) await micropub.textProblems(NO_TEXT);
  context.out(`The receiver answers at http://${values.host}:${running.port}/ for ${options.site}\n`);
  await stopped;
  await running.stop();
  return exitCodes.ok;
}

/** Empty text, rendered once at startup to load the renderer. */
const NO_TEXT: WrittenText = { path: "notes/new.md", body: "", lang: "en", besides: new Set() };

function postsFor(
  { site, url }: ReceiverOptions,
  values: ServeValues,
  client: ReturnType<typeof createGuardedClient>,
  log: (line: string) => void,
  context: CommandContext,
): Posts {
  const contentDir = path.resolve(context.root, values.content);
  const now = () => context.now().getTime();
  if (!existsSync(contentDir)) return publishedPosts(site, `${url}/webmention`, client, now);
  const load = contentPosts({ contentDir, site, now: context.now });
  return changingPosts(load, now, (problem) => log(postsProblem(problem)));
}

function postsProblem(error: unknown): string {
  const [issue] = error instanceof AuthorError ? error.issues : [];
  if (issue === undefined)
    return `The posts can't be read: ${error instanceof Error ? error.message : "unknown error"}`;
  const place = issue.line === undefined ? issue.file : `${issue.file}:${issue.line}`;
  return `${place}: ${issue.message}. Responses to posts that can't be read aren't accepted until this is fixed; "npx backfence check" shows all errors.`;
}

/** The blog's look; the default look if a font can't be read or cached. */
async function lookOf(
  settings: Settings,
  options: ReceiverOptions,
  values: ServeValues,
  log: (line: string) => void,
  { root }: CommandContext,
): Promise<Look> {
  const contentDir = path.resolve(root, values.content);
  const cacheDir = path.resolve(root, values.cache, "receive");
  try {
    return await blogLook({ settings, contentDir, cacheDir, site: options.site });
  } catch (error) {
    const what = error instanceof Error ? error.message : "unknown error";
    log(
      `The pages don't have the blog's look: ${what}. If the cache can't be written, name another place: --cache DIR`,
    );
    return plainLook(options);
  }
}

/** Log lines for differences between the blog's site.yaml and the receiver's settings. */
function siteDifferences(
  { settings, source }: LoadedSettings,
  { site, url }: ReceiverOptions,
  content: string,
): readonly string[] {
  const isOther = (own: string, given: string) => own.replace(/\/$/, "") !== given.replace(/\/$/, "");
  const hasUrl = isRecord(source.data) && "url" in source.data;
  const endpoint = settings.webmention?.endpoint ?? null;
  const expected = `${url}/webmention`;
  return [
    ...(hasUrl && isOther(settings.url, site)
      ? [
          `${content}/site.yaml has url: ${settings.url}, but RECEIVER_SITE is ${site}: only responses to the latter are accepted`,
        ]
      : []),
    ...(endpoint !== null && isOther(endpoint, expected)
      ? [
          `${content}/site.yaml has webmention.endpoint: ${endpoint}, but this receiver is reached at ${expected}`,
        ]
      : []),
  ];
}

/** @throws AuthorError when the git store has no git repository, or no identity to commit with. */
function micropubFor(
  options: MicropubOptions | null,
  values: ServeValues,
  { root, env }: CommandContext,
  log: (line: string) => void,
): Micropub | null {
  if (options === null) return null;
  const store = apiStore(options);
  if (store !== null) return { store, options, cleanPicture, textProblems };
  const contentDir = path.resolve(root, values.content);
  const identity = options.identity ?? gitIdentity(existsSync(contentDir) ? contentDir : root, env);
  const problem = !isCheckout(contentDir, env)
    ? {
        message: `${values.content} isn't in a git repository`,
        hint: "RECEIVER_MICROPUB=git writes posts there and commits them. Start in the blog's folder, or make it a repository: git init",
      }
    : identity.name === null || identity.email === null
      ? {
          message: "git has no name and e-mail address to commit with",
          hint: "Set RECEIVER_MICROPUB_IDENTITY to both, as git writes them, or user.name and user.email in git.",
        }
      : null;
  if (problem !== null) throw new AuthorError([{ ...problem, file: "environment" }]);
  const onCommit = options.run === null ? () => undefined : runAfterCommit(options.run, root, env, log);
  const { isPushed } = options;
  const checkout = gitCheckout({ contentDir, identity: options.identity, isPushed, env, log, onCommit });
  return { store: checkout, options, cleanPicture, textProblems };
}

async function work(
  action: Exclude<Action, "serve" | "backup">,
  words: readonly string[],
  { file, name }: { readonly file: string; readonly name: string },
  status: ResponseStatus,
  context: CommandContext,
): Promise<ExitCode> {
  const database = openDatabase(file, name);
  try {
    switch (action) {
      case "list":
        await list(database, status, context);
        return exitCodes.ok;
      case "rules":
        for (const [domain, rule] of await rulesOf(database)) context.out(`${rule.padEnd(8)}${domain}\n`);
        return exitCodes.ok;
      case "rule":
        await rule(database, words);
        return exitCodes.ok;
      case "approve":
      case "spam":
      case "delete":
        return await decideAll(database, action, words, context);
    }
  } finally {
    database.close();
  }
}

/** Context for decisions, which call the same hooks as the moderation page and so need the same settings. */
function moderator(database: Database, context: CommandContext): ReceiverContext {
  const options = optionsFrom(context.env);
  return {
    options,
    database,
    client: createGuardedClient({ siteUrl: options.site }),
    posts: NO_POSTS,
    micropub: null,
    spam: recentSpam(database, () => context.now().getTime()),
    now: () => context.now().getTime(),
    random: randomToken,
    wake: () => undefined,
    log: context.err,
  };
}

async function list(database: Database, status: ResponseStatus, { out }: CommandContext): Promise<void> {
  const found = await responsesIn(database, status, SHOWN);
  const rows = found.map(({ id, slug, record }) => [
    String(id),
    slug,
    record["wm-protocol"],
    record.author.name,
    (record.content?.text ?? record.name ?? "").replace(/\s+/g, " ").slice(0, 60),
  ]);
  out(table(["id", "post", "by", "who", "text"], rows));
  const total = (await countByStatus(database)).get(status) ?? 0;
  out(`${total} ${status}${total > SHOWN ? `, the newest ${SHOWN} of them listed` : ""}\n`);
}

async function decideAll(
  database: Database,
  action: "approve" | "spam" | "delete",
  words: readonly string[],
  context: CommandContext,
): Promise<ExitCode> {
  const wrong = words.find((word) => !/^\d{1,15}$/.test(word));
  if (words.length === 0 || wrong !== undefined)
    throw new UsageError(`"${action}" takes the ids that "receive list" shows`);
  const status = ({ approve: "approved", spam: "spam", delete: "deleted" } as const)[action];
  const receiver = moderator(database, context);
  let missing = 0;
  for (const word of words) {
    if (await moderate(receiver, Number(word), status)) continue;
    missing++;
    context.err(`There is no response ${word}\n`);
  }
  return missing === 0 ? exitCodes.ok : exitCodes.partial;
}

async function rule(database: Database, [name, word]: readonly string[]): Promise<void> {
  const action = RULE_ACTIONS.find((known) => known === word) ?? null;
  if (name === undefined || (action === null && word !== "none"))
    throw new UsageError(`"rule" takes a domain and one of ${RULE_ACTIONS.join(", ")}, none`);
  const domain = domainFrom(name);
  if (domain === null) throw new UsageError(`"${name}" isn't a domain such as pills.example`);
  await setRule(database, domain, action);
}

function backUp(file: string, [copy]: readonly string[], { root, out }: CommandContext): ExitCode {
  if (copy === undefined) throw new UsageError(`"backup" takes the name of a new file`);
  const target = path.resolve(root, copy);
  if (existsSync(target)) throw new UsageError(`${copy} exists already; a backup is a new file`);
  backUpSqlite(file, target);
  out(`Copied to ${copy}\n`);
  return exitCodes.ok;
}

function statusNamed(name: string): ResponseStatus {
  return name === "approved" || name === "spam" ? name : "pending";
}
