/**
 * Pulls responses from all sources. Everything is fetched before anything is merged, and merged before anything is
 * written; stored responses from a source that fails stay unchanged. Fetched responses are kept on disk, and posts are
 * merged and written one at a time, so that memory use depends on one conversation and not on all of them.
 */
import type { GuardedClient } from "../../protocols/guarded-fetch.ts";
import type { Blog, Post } from "../../content/model.ts";
import type { Settings } from "../../site/settings.ts";
import { isBlocked } from "../../networks/consent.ts";
import { readBlocked } from "../blocked.ts";
import { isNative } from "../identity.ts";
import { moderationOf } from "../moderation.ts";
import type { PostResponse } from "../model.ts";
import { blogOwner } from "../own-responses.ts";
import { readReplyContexts, writeReplyContexts } from "../reply-contexts.ts";
import { targetIndex } from "../targets.ts";
import { PullFault } from "./api-client.ts";
import { pruneAvatars } from "../avatars.ts";
import { TextSpool } from "../../text-spool.ts";
import { draftSpool, type DraftSpool, type SpooledDraft } from "./draft-spool.ts";
import { fetchContexts, fetchPictures } from "./fetch-extras.ts";
import { mergePosts, writeMerged, type MergedPosts, type PulledChange } from "./merge-posts.ts";
import { networksSource } from "./networks-source.ts";
import { pullDiscussions } from "./pull-discussions.ts";
import { pullMentions } from "./pull-mentions.ts";
import { writePullState, type PullState } from "./pull-state.ts";
import { eachResponse } from "../response-files.ts";
import type { SourceResult } from "./source-result.ts";
import { storedConversation, type StoredConversation } from "./stored-conversation.ts";

/** Blog data for a pull; a loaded `Blog` has all of it. */
export interface PulledBlog {
  readonly settings: Settings;
  readonly posts: readonly (Pick<
    Post,
    "slug" | "id" | "aliases" | "canonical" | "answering" | "syndication"
  > &
    Partial<Pick<Post, "path">>)[];
  readonly tombstones: Blog["tombstones"];
  readonly authors: readonly Pick<Blog["authors"][number], "accounts" | "links">[];
}

export interface PullOptions {
  /** Absolute path of the content folder. */
  readonly contentDir: string;
  readonly blog: PulledBlog;
  readonly client: GuardedClient;
  readonly now: Date;
  /** Token of the JF2 API, for the mentions of a whole domain. */
  readonly mentionsToken: string | null;
  readonly githubToken: string | null;
  readonly githubEndpoint: string;
  /** Tokens of Mastodon servers, by host. */
  readonly mastodonTokens?: ReadonlyMap<string, string> | undefined;
  /** Folder for HTTP responses and turns from which the next pull continues; may be deleted at any time. */
  readonly cacheDir?: string | null | undefined;
  /** Waits when a server's rate limit requires it; replaced in tests. */
  readonly sleep?: ((ms: number) => Promise<void>) | undefined;
  /** Timeout of one request to a service; 30 seconds by default. */
  readonly timeoutMs?: number | undefined;
  /** Fetches all mentions, not only those since the last pull. */
  readonly isFull: boolean;
  /** Reports what would change and writes nothing; pictures and reply contexts aren't fetched. */
  readonly isDryRun: boolean;
  /** Called with one line about the progress. */
  readonly onProgress: (line: string) => void;
}

export interface PullReport {
  readonly changes: readonly PulledChange[];
  /** Errors of sources that couldn't be fetched; stored responses from them are unchanged. */
  readonly faults: readonly PullFault[];
  /** Notes for the operator, one line each. */
  readonly notes: readonly string[];
  /** Number of pictures and reply contexts that were stored, and of those that couldn't be fetched. */
  readonly fetched: number;
  readonly missing: number;
  /** Whether any file was written or removed (or would be, in a dry run). */
  readonly hasChanged: boolean;
}

/** @throws AuthorError if stored files are invalid; errors of sources are in the report. */
export async function pull(options: PullOptions): Promise<PullReport> {
  const texts = new TextSpool();
  try {
    return await pullWith(texts, options);
  } finally {
    texts.close();
  }
}

async function pullWith(texts: TextSpool, options: PullOptions): Promise<PullReport> {
  const { contentDir, blog } = options;
  const stored = storedConversation(contentDir);
  const blocked = readBlocked(contentDir);
  const contexts = readReplyContexts(contentDir);
  const spool = draftSpool(texts);
  const results = await fetchSources(options, stored, spool);
  const answers = results.filter((result): result is SourceResult => !(result instanceof PullFault));
  const drafts = answers.flatMap((result) => result.drafts);
  const merging = mergePosts({
    stored,
    drafts,
    spool,
    texts,
    contentDir,
    isGone: (record) => answers.some((result) => result.isGone(record)),
    // Responses by blocked accounts are removed at once, even if their thread can't be fetched any more.
    isPrivate: (record) =>
      (isNative(record) && isBlocked(record.author, blog.settings.privacy.block)) ||
      answers.some((result) => result.isPrivate(record)),
    moderation: moderationOf(
      blog.settings.moderation,
      eachResponse(contentDir),
      recordsOf(drafts, spool),
      blocked,
      blogOwner(blog),
    ),
  });
  const leftOut = spool.leftOut();
  const report = {
    changes: merging.changes,
    faults: results.flatMap((result) => (result instanceof PullFault ? [result] : (result.faults ?? []))),
    notes: [
      ...answers.flatMap((result) => result.notes),
      ...(leftOut === 0 ? [] : [`Entries skipped because later commands couldn't read them: ${leftOut}`]),
    ],
  };
  if (options.isDryRun) return { ...report, fetched: 0, missing: 0, hasChanged: merging.changes.length > 0 };
  const pictures = await fetchPictures(merging.pictures, options);
  const replied = await fetchContexts(blog.posts, contexts, options);
  const wasWritten = write(contentDir, merging, texts, answers);
  const wereContexts = writeReplyContexts(contentDir, replied.contexts);
  return {
    ...report,
    fetched: pictures + replied.fetched,
    missing: merging.pictures.size - pictures + replied.missing,
    hasChanged: wasWritten || wereContexts,
  };
}

function* recordsOf(drafts: readonly SpooledDraft[], spool: DraftSpool): Iterable<PostResponse> {
  for (const draft of drafts) yield spool.load(draft).record;
}

/** Fetches each source separately, so that a failing source doesn't affect the others. */
async function fetchSources(
  options: PullOptions,
  conversation: StoredConversation,
  spool: DraftSpool,
): Promise<(SourceResult | PullFault)[]> {
  const { blog, client, onProgress } = options;
  const { webmention, giscus, url } = blog.settings;
  const stored = conversation.names;
  const sources: (() => Promise<SourceResult>)[] = [];
  const api = webmention?.api ?? null;
  if (api !== null) {
    const domain = new URL(url).hostname;
    const token = options.mentionsToken;
    const { contentDir, now, isFull, timeoutMs } = options;
    sources.push(() =>
      pullMentions({
        client,
        base: api,
        timeoutMs,
        token,
        domain,
        onProgress,
        contentDir,
        now,
        isFull,
        stored,
        spool,
        targets: targetIndex(blog),
      }),
    );
  }
  const token = options.githubToken;
  const hasOther = sources.length > 0;
  if (giscus !== null) {
    sources.push(() => {
      if (token !== null) {
        const endpoint = options.githubEndpoint;
        return pullDiscussions({
          client,
          endpoint,
          token,
          timeoutMs: options.timeoutMs,
          giscus,
          blog,
          stored,
          spool,
          onProgress,
        });
      }
      const message = "GitHub: GITHUB_TOKEN isn't set, so comments from Discussions aren't fetched";
      if (!hasOther) throw new PullFault("notConfigured", message);
      return Promise.resolve({
        drafts: [],
        isGone: () => false,
        isPrivate: () => false,
        notes: [message],
        state: null,
      });
    });
  }
  const networks = networksSource(options, stored, spool);
  if (networks !== null) sources.push(networks);
  // Reply contexts are fetched even without any source.
  const isOnlyAnswering = sources.length === 0 && blog.posts.some(({ answering }) => answering.length > 0);
  if (sources.length === 0 && !isOnlyAnswering) {
    const [copy] = blog.posts.flatMap(({ syndication }) => syndication);
    const message =
      copy === undefined
        ? "There is no source: set webmention.api, or giscus, or a post's syndication"
        : `There is no source: ${copy} isn't a post on a supported network (Mastodon and Bluesky, unless \`networks\` in site.yaml switches them off)`;
    return [new PullFault("notConfigured", message)];
  }
  const results: (SourceResult | PullFault)[] = [];
  for (const fetchSource of sources) results.push(await orFault(fetchSource));
  return results;
}

async function orFault(fetchSource: () => Promise<SourceResult>): Promise<SourceResult | PullFault> {
  try {
    return await fetchSource();
  } catch (error) {
    if (error instanceof PullFault) return error;
    throw error;
  }
}

/** Pictures are already stored. The pull state is written last, so that the next run completes an interrupted one. */
function write(
  contentDir: string,
  { posts, used }: MergedPosts,
  texts: TextSpool,
  results: readonly SourceResult[],
): boolean {
  const written = posts.filter((post) => writeMerged(contentDir, post, texts));
  const pruned = pruneAvatars(contentDir, used);
  const states = results.map(({ state }) => state).filter((state): state is PullState => state !== null);
  const wereStates = states.map((state) => writePullState(contentDir, state));
  return written.length > 0 || pruned > 0 || wereStates.includes(true);
}
