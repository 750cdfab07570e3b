/** Pulls giscus comments from GitHub Discussions. All of them are fetched each time, to detect edits and deletions. */
import type { GuardedClient } from "../../protocols/guarded-fetch.ts";
import type { Settings } from "../../site/settings.ts";
import { siteUrls } from "../../site/urls.ts";
import type { PostResponse } from "../model.ts";
import { targetIndex, type TargetSource } from "../targets.ts";
import { PullFault } from "./api-client.ts";
import { fetchDiscussions, type Discussion } from "./github-api.ts";
import type { DraftSpool } from "./draft-spool.ts";
import { draftsOfDiscussion } from "./github-record.ts";
import type { SourceResult } from "./source-result.ts";
import type { StoredName } from "./stored-conversation.ts";

export interface DiscussionsSource {
  readonly client: GuardedClient;
  readonly endpoint: string;
  readonly token: string;
  readonly timeoutMs?: number | undefined;
  readonly giscus: NonNullable<Settings["giscus"]>;
  readonly blog: TargetSource;
  /** All stored records. */
  readonly stored: readonly StoredName[];
  readonly spool: DraftSpool;
  readonly onProgress: (line: string) => void;
}

/** @throws PullFault */
export async function pullDiscussions(source: DiscussionsSource): Promise<SourceResult> {
  const { client, endpoint, token, giscus, blog, stored, spool, onProgress } = source;
  const discussions = await fetchDiscussions({
    client,
    endpoint,
    token,
    timeoutMs: source.timeoutMs,
    repo: giscus.repo,
    categoryId: giscus.categoryId,
    onProgress: (count) => onProgress(`GitHub: ${count} discussions`),
  });
  const alive = stored.filter((record) => isFromGitHub(record) && record.status !== "deleted");
  if (discussions.length === 0 && alive.length > 0) {
    const message = `GitHub shows no discussion in “${giscus.category}” although ${alive.length} comments are stored`;
    throw new PullFault("badAnswer", `${message}; check giscus.categoryId`);
  }
  const slugOf = postFinder(blog);
  const urls = siteUrls(
    blog.settings,
    blog.posts.map(({ slug, path }) => ({ slug, path: path ?? `/posts/${slug}/` })),
  );
  const homeless = discussions.filter((discussion) => slugOf(discussion) === null);
  const drafts = discussions.flatMap((discussion) => {
    const slug = slugOf(discussion);
    return slug === null
      ? []
      : draftsOfDiscussion(discussion, { slug, url: urls.absolute(urls.postPath(slug)) }).flatMap(
          (draft) => spool.keep(draft) ?? [],
        );
  });
  const ids = idsIn(discussions);
  const titles = homeless.map(({ title }) => `“${title}”`).slice(0, 5);
  return {
    drafts,
    isGone: (record) => isFromGitHub(record) && !ids.has(String(record["wm-id"])),
    isPrivate: () => false,
    notes:
      titles.length === 0
        ? []
        : [
            `GitHub: ${homeless.length === 1 ? "1 discussion doesn't" : `${homeless.length} discussions don't`} match any post (${titles.join(", ")})`,
          ],
    state: null,
  };
}

function isFromGitHub(record: Pick<PostResponse, "wm-protocol">): boolean {
  return record["wm-protocol"] === "giscus";
}

/** Ids of all existing comments and reaction counts, including those of discussions without a known post. */
function idsIn(discussions: readonly Discussion[]): Set<string> {
  const ids = new Set<string>();
  for (const { id, threads, reactionGroups } of discussions) {
    if ((reactionGroups ?? []).some(({ reactors }) => reactors.totalCount > 0)) ids.add(`reactions-${id}`);
    for (const { comment, replies } of threads) {
      for (const { id: commentId, deletedAt } of [comment, ...replies])
        if (deletedAt === null) ids.add(commentId);
    }
  }
  return ids;
}

/** Finds posts by the giscus term in a discussion's title: here the post's id; on migrated blogs often its path. */
function postFinder(blog: DiscussionsSource["blog"]): (discussion: Discussion) => string | null {
  const byId = new Map(blog.posts.map((post) => [post.id, post.slug]));
  const targets = targetIndex(blog);
  return ({ title }) => {
    const term = title.trim();
    const address = URL.parse(term.replace(/^\/+/, ""), blog.settings.url)?.href ?? "";
    const fromRoot = URL.parse(`/${term.replace(/^\/+/, "")}`, blog.settings.url)?.href ?? "";
    return byId.get(term) ?? targets.resolve(address) ?? targets.resolve(fromRoot);
  };
}
