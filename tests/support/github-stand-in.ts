/** The part of GitHub's API that an editor in the browser uses, on a real git repository. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";

export interface ApiReply {
  readonly status: number;
  /** JSON, or the contents of a file. */
  readonly body: string | Buffer;
}

const querySchema = z.object({
  query: z.string(),
  variables: z
    .object({
      input: z
        .object({
          branch: z.object({ repositoryNameWithOwner: z.string(), branchName: z.string() }),
          expectedHeadOid: z.string(),
          message: z.object({ headline: z.string() }),
          fileChanges: z.object({
            additions: z.array(z.object({ path: z.string(), contents: z.string() })).default([]),
            deletions: z.array(z.object({ path: z.string() })).default([]),
          }),
        })
        .optional(),
    })
    .default({}),
});

/** The repository `me/blog` with the branch `main`, in a folder with a clean checkout. */
export class GitHubStandIn {
  readonly #folder: string;
  readonly #token: string;
  /** Requests that aren't supported. */
  readonly unknown: string[] = [];

  /** @param token the only accepted token. */
  constructor(folder: string, token: string) {
    this.#folder = folder;
    this.#token = token;
  }

  /** Handles a request. @param address path and query. */
  answer(method: string, address: string, authorization: string | undefined, body: string | null): ApiReply {
    if (!new RegExp(`^(?:token|bearer) ${this.#token}$`, "i").test(authorization ?? ""))
      return json({ message: "Bad credentials" }, 401);
    const [, sha] = /^\/repos\/me\/blog\/git\/(?:trees|blobs)\/([\w]+)/.exec(address) ?? [];
    if (address === "/user")
      return json({
        id: 7,
        login: "me",
        name: "Me",
        email: "me@me.example",
        avatar_url: "",
        html_url: "https://github.com/me",
      });
    if (address === "/repos/me/blog/collaborators/me") return { status: 204, body: "" };
    if (sha !== undefined && address.includes("/git/trees/"))
      return json({ sha, truncated: false, tree: this.#tree(sha) });
    if (sha !== undefined) return { status: 200, body: this.#git(["cat-file", "blob", sha]) };
    if (address === "/graphql" && body !== null)
      return json({ data: this.#graphql(querySchema.parse(JSON.parse(body))) });
    this.unknown.push(`${method} ${address}`);
    return json({ message: "Not Found" }, 404);
  }

  #git(args: readonly string[]): Buffer {
    const name = { GIT_AUTHOR_NAME: "Me", GIT_AUTHOR_EMAIL: "me@me.example" };
    const own = {
      ...name,
      GIT_COMMITTER_NAME: "Me",
      GIT_COMMITTER_EMAIL: "me@me.example",
      GIT_CONFIG_GLOBAL: "/dev/null",
    };
    return execFileSync("git", args, { cwd: this.#folder, env: { ...process.env, ...own } });
  }

  #text(...args: readonly string[]): string {
    return this.#git(args).toString("utf8").trim();
  }

  #tree(revision: string): readonly object[] {
    return this.#git(["ls-tree", "-r", "-l", "-z", revision])
      .toString("utf8")
      .split("\0")
      .filter(Boolean)
      .map((line) => {
        const [facts = "", file = ""] = line.split("\t");
        const [mode, type, sha, size] = facts.split(/ +/);
        return { path: file, mode, type, sha, size: Number(size) };
      });
  }

  #graphql({ query, variables: { input } }: z.infer<typeof querySchema>): object {
    if (input !== undefined) return { createCommitOnBranch: { commit: this.#commit(query, input) } };
    const repository: Record<string, unknown> = {};
    if (query.includes("defaultBranchRef")) repository["defaultBranchRef"] = { name: "main" };
    for (const [, alias = "", sha = ""] of query.matchAll(/(\w+): object\(oid: "(\w+)"\)/g))
      repository[alias] = { text: this.#git(["cat-file", "blob", sha]).toString("utf8"), isTruncated: false };
    for (const [, alias = "", file = ""] of query.matchAll(/(\w+): +ref\([^]*?path: ("(?:[^"\\]|\\.)*")/g))
      repository[alias] = {
        target: { history: { nodes: [this.#node("main", "--", String(JSON.parse(file)))] } },
      };
    if (/\{\s*ref\(/.test(query))
      repository["ref"] = { target: { history: { nodes: [this.#node("main")] } } };
    return { repository };
  }

  #node(...place: readonly string[]): object {
    const [oid, message, committedDate] = this.#text("log", "-1", "--format=%H%n%s%n%cI", ...place).split(
      "\n",
    );
    const author = { name: "Me", email: "me@me.example", avatarUrl: "", user: { id: 7, login: "me" } };
    return { oid, message, committedDate, author };
  }

  #commit(query: string, input: NonNullable<z.infer<typeof querySchema>["variables"]["input"]>): object {
    if (input.expectedHeadOid !== this.#text("rev-parse", "main")) throw new Error("The branch has moved");
    for (const { path: file, contents } of input.fileChanges.additions) {
      execFileSync("mkdir", ["-p", path.dirname(path.join(this.#folder, file))]);
      writeFileSync(path.join(this.#folder, file), Buffer.from(contents, "base64"));
    }
    for (const { path: file } of input.fileChanges.deletions) this.#git(["rm", "-q", "--", file]);
    this.#git(["add", "--all"]);
    this.#git(["commit", "-q", "-m", input.message.headline]);
    const files = [...query.matchAll(/(\w+): file\(path: ("(?:[^"\\]|\\.)*")\)/g)].map(
      ([, alias = "", file = ""]) => [
        alias,
        { oid: this.#text("rev-parse", `main:${String(JSON.parse(file))}`) },
      ],
    );
    return { ...this.#node("main"), ...Object.fromEntries(files) };
  }
}

function json(value: object, status = 200): ApiReply {
  return { status, body: JSON.stringify(value) };
}
