/** Fetches GitHub Discussions, which giscus uses for comments, over GraphQL. */
import * as z from "zod";
import type { GuardedClient } from "../../protocols/guarded-fetch.ts";
import { fetchJson, PullFault } from "./api-client.ts";

export interface GitHubApi {
  readonly client: GuardedClient;
  /** `https://api.github.com/graphql`, or a test server. */
  readonly endpoint: string;
  readonly token: string;
  readonly timeoutMs?: number | undefined;
  /** `owner/name` */
  readonly repo: string;
  readonly categoryId: string;
  readonly onProgress?: ((count: number) => void) | undefined;
}

const pageInfoSchema = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const reactionsSchema = z
  .array(z.object({ content: z.string(), reactors: z.object({ totalCount: z.int().nonnegative() }) }))
  .nullable();

const commentSchema = z.object({
  id: z.string(),
  url: z.string(),
  author: z.object({ login: z.string(), url: z.string(), avatarUrl: z.string() }).nullable(),
  bodyHTML: z.string(),
  bodyText: z.string().default(""),
  createdAt: z.string(),
  lastEditedAt: z.string().nullable(),
  deletedAt: z.string().nullable(),
  isMinimized: z.boolean(),
  minimizedReason: z.string().nullable(),
  reactionGroups: reactionsSchema,
});
const repliesSchema = z.object({ pageInfo: pageInfoSchema, nodes: z.array(commentSchema) });
const threadSchema = commentSchema.extend({ replies: repliesSchema });
const commentsSchema = z.object({ pageInfo: pageInfoSchema, nodes: z.array(threadSchema) });
const discussionSchema = z.object({
  id: z.string(),
  url: z.string(),
  title: z.string(),
  createdAt: z.string(),
  reactionGroups: reactionsSchema,
  comments: commentsSchema,
});
const discussionsSchema = z.object({ pageInfo: pageInfoSchema, nodes: z.array(discussionSchema) });

const answerSchema = z.object({
  data: z
    .object({
      repository: z.object({ discussions: discussionsSchema }).nullable().optional(),
      node: z
        .object({ comments: commentsSchema.optional(), replies: repliesSchema.optional() })
        .nullable()
        .optional(),
    })
    .nullable()
    .optional(),
  errors: z.array(z.object({ type: z.string().optional(), message: z.string() })).optional(),
});

export type DiscussionComment = z.infer<typeof commentSchema>;

export interface DiscussionThread {
  readonly comment: DiscussionComment;
  readonly replies: readonly DiscussionComment[];
}

export interface Discussion {
  readonly id: string;
  readonly url: string;
  /** Term with which giscus finds the discussion. */
  readonly title: string;
  readonly createdAt: string;
  readonly reactionGroups: z.infer<typeof reactionsSchema>;
  readonly threads: readonly DiscussionThread[];
}

const COMMENT = `fragment c on DiscussionComment {
  id url createdAt lastEditedAt deletedAt isMinimized minimizedReason bodyHTML bodyText
  author { login url avatarUrl(size: 192) }
  reactionGroups { content reactors { totalCount } }
}`;
const REPLIES = "pageInfo { hasNextPage endCursor } nodes { ...c }";
const COMMENTS = `pageInfo { hasNextPage endCursor } nodes { ...c replies(first: 100) { ${REPLIES} } }`;
const DISCUSSIONS_QUERY = `query($owner: String!, $name: String!, $category: ID!, $after: String) {
  repository(owner: $owner, name: $name) {
    discussions(first: 25, after: $after, categoryId: $category, orderBy: { field: CREATED_AT, direction: ASC }) {
      pageInfo { hasNextPage endCursor }
      nodes {
        id url title createdAt
        reactionGroups { content reactors { totalCount } }
        comments(first: 100) { ${COMMENTS} }
      }
    }
  }
} ${COMMENT}`;
const COMMENTS_QUERY = `query($id: ID!, $after: String) {
  node(id: $id) { ... on Discussion { comments(first: 100, after: $after) { ${COMMENTS} } } }
} ${COMMENT}`;
const REPLIES_QUERY = `query($id: ID!, $after: String) {
  node(id: $id) { ... on DiscussionComment { replies(first: 100, after: $after) { ${REPLIES} } } }
} ${COMMENT}`;

const MAX_PAGES = 1000;

/**
 * Fetches all discussions of the category with all their comments and replies.
 * @throws PullFault
 */
export async function fetchDiscussions(api: GitHubApi): Promise<Discussion[]> {
  const [owner = "", name = ""] = api.repo.split("/");
  const ask = counted(api);
  const found = await allPages(async (after) => {
    const data = await ask(DISCUSSIONS_QUERY, { owner, name, category: api.categoryId, after });
    if (!data.repository)
      throw new PullFault("badAnswer", `GitHub: there is no repository ${api.repo}, or it's private`);
    return data.repository.discussions;
  });
  const discussions: Discussion[] = [];
  for (const { comments, ...discussion } of found) {
    const nodes = await allPages(async (after) => {
      const data = await ask(COMMENTS_QUERY, { id: discussion.id, after });
      return data.node?.comments ?? incomplete();
    }, comments);
    const threads: DiscussionThread[] = [];
    for (const { replies, ...comment } of nodes) {
      const all = await allPages(async (after) => {
        const data = await ask(REPLIES_QUERY, { id: comment.id, after });
        return data.node?.replies ?? incomplete();
      }, replies);
      threads.push({ comment, replies: all });
    }
    discussions.push({ ...discussion, threads });
    api.onProgress?.(discussions.length);
  }
  return discussions;
}

interface Page<Node> {
  readonly pageInfo: z.infer<typeof pageInfoSchema>;
  readonly nodes: readonly Node[];
}

async function allPages<Node>(
  next: (after: string | null) => Promise<Page<Node>>,
  firstPage?: Page<Node>,
): Promise<Node[]> {
  let page = firstPage ?? (await next(null));
  const nodes = [...page.nodes];
  while (page.pageInfo.hasNextPage) {
    page = await next(page.pageInfo.endCursor);
    nodes.push(...page.nodes);
  }
  return nodes;
}

type Data = NonNullable<z.infer<typeof answerSchema>["data"]>;

function counted(api: GitHubApi): (query: string, variables: object) => Promise<Data> {
  let asked = 0;
  return (query, variables) => {
    asked++;
    if (asked > MAX_PAGES)
      throw new PullFault("tooLarge", `GitHub: more than ${MAX_PAGES} pages of comments`);
    return fetchGraphQl(api, query, variables);
  };
}

async function fetchGraphQl(api: GitHubApi, query: string, variables: object): Promise<Data> {
  const { value } = await fetchJson(api.client, api.endpoint, {
    service: "GitHub",
    token: api.token,
    tokenHint: "set GITHUB_TOKEN",
    timeoutMs: api.timeoutMs,
    json: { query, variables },
  });
  const answer = answerSchema.safeParse(value);
  if (!answer.success) {
    const place = answer.error.issues[0]?.path.join(".") ?? "";
    throw new PullFault("badAnswer", `GitHub's response has an unexpected format (at ${place})`);
  }
  const { data, errors = [] } = answer.data;
  const [error] = errors;
  if (error !== undefined) throw faultOf(error);
  return data ?? incomplete();
}

function faultOf({
  type,
  message,
}: {
  readonly type?: string | undefined;
  readonly message: string;
}): PullFault {
  if (type === "RATE_LIMITED") return new PullFault("rateLimit", `GitHub asks to wait: ${message}`);
  if (type === "FORBIDDEN" || type === "INSUFFICIENT_SCOPES") {
    return new PullFault("tokenRefused", `GitHub refuses the token: ${message}`);
  }
  return new PullFault("badAnswer", `GitHub: ${message}`);
}

function incomplete(): never {
  throw new PullFault("badAnswer", "GitHub's response lacks the requested data");
}
