/**
 * Comments that giscus and utterances store on GitHub: discussions as returned by its GraphQL API, and issues as
 * printed by `gh issue list --json number,title,url,comments`.
 */
import * as z from "zod";
import type { ArchiveBuilder } from "../../archive-builder.ts";
import type { ArchiveThread, ResponseState } from "../../archive.ts";
import { anyDate } from "../source-dates.ts";
import { addComment, addThread } from "./add-comment.ts";
import { parseJson } from "../parse-json.ts";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

const commentFields = {
  id: z.union([z.string(), z.number()]).transform(String),
  url: text,
  author: z.looseObject({ login: text, url: text }).nullish(),
  body: text,
  bodyHTML: text,
  createdAt: z.unknown().optional(),
  deletedAt: z.unknown().optional(),
  isMinimized: z.boolean().nullish(),
  minimizedReason: text,
  reactionGroups: z.unknown().optional(),
};
const replySchema = z.looseObject(commentFields);
const nodesOf = <T extends z.ZodType>(item: T) => z.looseObject({ nodes: z.array(item) });
const commentSchema = z.looseObject({ ...commentFields, replies: nodesOf(replySchema).nullish() });
const threadFields = { title: text, url: z.string(), body: text };
const discussionSchema = z.looseObject({ ...threadFields, comments: nodesOf(commentSchema) });
const issueSchema = z.looseObject({ ...threadFields, comments: z.array(commentSchema) });
const answerSchema = z.looseObject({
  data: z.looseObject({
    repository: z.looseObject({ discussions: z.looseObject({ nodes: z.array(discussionSchema) }) }),
  }),
});
const discussionsOf = ({ data }: z.output<typeof answerSchema>): GitHubThread[] =>
  data.repository.discussions.nodes.map((node) => ({ ...node, comments: node.comments.nodes }));
/** One API response, a list of paginated responses (`gh api --paginate --slurp`), or a list of issues. */
const fileSchema = z.union([
  answerSchema.transform(discussionsOf),
  z.array(answerSchema).transform((answers) => answers.flatMap(discussionsOf)),
  z.array(issueSchema),
]);

type GitHubThread = z.output<typeof issueSchema>;
type GitHubComment = z.output<typeof replySchema>;

/** @throws AuthorError if the file is damaged. */
export function readGitHub(json: string, file: string, builder: ArchiveBuilder): void {
  const threads = new Map<string, ArchiveThread>();
  for (const thread of parseJson(json, file, fileSchema, "comments on GitHub")) {
    addThread(builder, threads, threadOf(thread));
    for (const comment of thread.comments) {
      add(comment, null, thread.url, builder);
      for (const reply of comment.replies?.nodes ?? []) add(reply, comment.id, thread.url, builder);
    }
  }
}

/** The title is the page's path, URL or title, depending on the setting `mapping`; the body links to the page. */
function threadOf({ title, url, body }: GitHubThread): Omit<ArchiveThread, "record"> {
  const linked = body.match(/https?:\/\/[^\s<>()[\]]+/g) ?? [];
  const isPath = /^[^\s]+$/.test(title);
  return { id: url, addresses: [...(isPath ? [title] : []), ...linked.slice(-2)], title };
}

function add(comment: GitHubComment, parent: string | null, thread: string, builder: ArchiveBuilder): void {
  const login = comment.author?.login ?? "";
  const account = login === "" ? null : `https://github.com/${encodeURIComponent(login)}`;
  addComment(builder, {
    thread,
    id: `github-${comment.id.replaceAll(/[^\w-]/g, "-")}`,
    parent: parent === null ? null : `github-${parent.replaceAll(/[^\w-]/g, "-")}`,
    anchor: null,
    state: stateOf(comment),
    name: login === "" ? "ghost" : login,
    url: account,
    userId: login === "" ? null : login,
    account,
    date: anyDate(comment.createdAt),
    text: comment.bodyHTML === "" ? comment.body : comment.bodyHTML,
    format: comment.bodyHTML === "" ? "markdown" : "html",
    ignored:
      Array.isArray(comment.reactionGroups) && comment.reactionGroups.length > 0
        ? ["reactions to a comment"]
        : [],
  });
}

function stateOf({ deletedAt, isMinimized, minimizedReason }: GitHubComment): ResponseState {
  if (deletedAt != null) return "trashed";
  if (isMinimized !== true) return "approved";
  return /^(?:spam|abuse)$/i.test(minimizedReason) ? "spam" : "pending";
}
