/** Stand-ins for the APIs of git hosts, according to their documentation, on a small repository in memory. */
import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { startServer, type SeenRequest, type TestServer } from "../support/http-server.ts";

/** A stand-in and the state of its repository. */
export interface HostedRepository extends AsyncDisposable {
  readonly origin: string;
  /** Files of the branch by path. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Messages of commits, oldest first. */
  readonly commits: readonly string[];
  readonly seen: TestServer["seen"];
  /** Commits a change as another user. */
  push(path: string, text: string): void;
  /** Commits a change as another user just before the next change of a client. */
  pushBeforeNext(path: string, text: string): void;
  /** Makes all further requests fail with this status; 0 restores normal responses. */
  fail(status: number): void;
}

export const SECRET = "secret-of-the-host";

interface State {
  head: Tree;
  readonly trees: Map<string, Tree>;
  readonly blobs: Map<string, Buffer>;
  readonly commits: string[];
  before: (() => void) | null;
}

interface Tree {
  readonly id: string;
  readonly files: ReadonlyMap<string, Buffer>;
  /** ID of the last commit that changed each file. */
  readonly changed: ReadonlyMap<string, string>;
  readonly parent: string | null;
  readonly message: string;
}

type Answer = (status: number, body: unknown, headers?: Readonly<Record<string, string>>) => void;

type Host = (
  request: SeenRequest & { readonly path: string; readonly query: URLSearchParams },
  state: State,
  answer: Answer,
) => void;

/** Starts a host with the repository `me/blog` and the branch `main`. */
async function host(
  files: Readonly<Record<string, string>>,
  isAllowed: (request: SeenRequest) => boolean,
  serve: Host,
): Promise<HostedRepository> {
  const first = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
  const changed = new Map([...first.keys()].map((path) => [path, "commit0"]));
  const head: Tree = { id: "commit0", files: first, changed, parent: null, message: "Begin" };
  const state: State = {
    head,
    trees: new Map([[head.id, head]]),
    blobs: new Map(),
    commits: [],
    before: null,
  };
  let failing = 0;
  const server = await startServer((request, response) => {
    const answer = answerTo(response);
    if (failing !== 0) return answer(failing, { message: `failing with ${SECRET}` });
    if (!isAllowed(request)) return answer(401, { message: "Bad credentials" });
    const url = new URL(request.url, "http://host");
    const path = url.pathname.replace(/^\/api\//, "");
    serve({ ...request, path, query: url.searchParams }, state, answer);
  });
  const push = (path: string, text: string) =>
    commitTo(state, new Map([[path, Buffer.from(text)]]), "Theirs");
  return {
    origin: server.origin,
    get files() {
      return state.head.files;
    },
    commits: state.commits,
    seen: server.seen,
    push,
    pushBeforeNext: (path, text) => {
      state.before = () => push(path, text);
    },
    fail: (status) => {
      failing = status;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function answerTo(response: ServerResponse): Answer {
  return (status, body, headers = {}) => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  };
}

function commitTo(state: State, changes: ReadonlyMap<string, Buffer>, message: string): string {
  const id = `commit${state.trees.size}`;
  const { head } = state;
  state.head = {
    id,
    files: new Map([...head.files, ...changes]),
    changed: new Map([...head.changed, ...[...changes.keys()].map((path): [string, string] => [path, id])]),
    parent: head.id,
    message,
  };
  state.trees.set(id, state.head);
  state.commits.push(message);
  return id;
}

/** Applies the commit set by `pushBeforeNext`. */
function othersFirst(state: State): void {
  const { before } = state;
  state.before = null;
  before?.();
}

function blobId(bytes: Buffer): string {
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

type Body = Readonly<Record<string, unknown>>;

function bodyOf({ body }: SeenRequest): Body {
  return JSON.parse(body) as Body;
}

/** https://docs.github.com/en/rest/git and https://docs.github.com/en/rest/repos/contents */
export function github(files: Readonly<Record<string, string>>): Promise<HostedRepository> {
  const isAllowed = ({ headers }: SeenRequest) => headers.authorization === `Bearer ${SECRET}`;
  return host(files, isAllowed, (request, state, answer) => {
    const path = request.path.replace(/^repos\/me\/blog\//, "");
    const contents = /^contents\/(.+)$/.exec(path)?.[1];
    if (contents !== undefined) {
      const ref = request.query.get("ref") ?? "";
      const bytes = (state.trees.get(ref) ?? state.head).files.get(decodeURIComponent(contents));
      if (bytes === undefined) return answer(404, { message: "Not Found" });
      // The API omits the content of larger files.
      const isLarge = bytes.length > 1024 * 1024;
      const content = isLarge ? "" : wrapped(bytes.toString("base64"));
      state.blobs.set(blobId(bytes), bytes);
      return answer(200, {
        type: "file",
        sha: blobId(bytes),
        size: bytes.length,
        content,
        encoding: isLarge ? "none" : "base64",
      });
    }
    const blob = /^git\/blobs\/(\w+)$/.exec(path)?.[1];
    if (blob !== undefined) return answer(200, { content: state.blobs.get(blob)?.toString("base64") ?? "" });
    if (path === "git/ref/heads/main")
      return answer(200, { ref: "refs/heads/main", object: { sha: state.head.id } });
    const commit = /^git\/commits\/(\w+)$/.exec(path)?.[1];
    if (commit !== undefined) return answer(200, { sha: commit, tree: { sha: commit } });
    if (path === "git/trees/main") {
      const tree = [...state.head.files.keys()].map((file) => ({ path: file, type: "blob" }));
      return answer(200, { tree: [{ path: "content", type: "tree" }, ...tree], truncated: false });
    }
    return githubChange(path, request, state, answer);
  });
}

function githubChange(path: string, request: SeenRequest, state: State, answer: Answer): void {
  const body = bodyOf(request);
  if (path === "git/blobs") {
    const bytes = Buffer.from(String(body["content"]), "base64");
    state.blobs.set(blobId(bytes), bytes);
    return answer(201, { sha: blobId(bytes) });
  }
  if (path === "git/trees") {
    const entries = body["tree"] as readonly { path: string; sha: string }[];
    const base = state.trees.get(String(body["base_tree"]));
    if (base === undefined) return answer(404, { message: "Not Found" });
    const added = entries.map(({ path: file, sha }): [string, Buffer] => [
      file,
      state.blobs.get(sha) ?? Buffer.alloc(0),
    ]);
    const id = `tree${state.trees.size}`;
    state.trees.set(id, { ...base, id, files: new Map([...base.files, ...added]) });
    return answer(201, { sha: id });
  }
  if (path === "git/commits") {
    const tree = state.trees.get(String(body["tree"]));
    if (tree === undefined) return answer(404, { message: "Not Found" });
    const id = `made${state.trees.size}`;
    const [parent = ""] = body["parents"] as readonly string[];
    state.trees.set(id, { ...tree, id, parent, message: String(body["message"]) });
    return answer(201, { sha: id });
  }
  othersFirst(state);
  const made = state.trees.get(String(body["sha"]));
  if (path !== "git/refs/heads/main" || made === undefined) return answer(404, { message: "Not Found" });
  if (made.parent !== state.head.id) return answer(422, { message: "Update is not a fast forward" });
  state.head = made;
  state.commits.push(made.message);
  return answer(200, { ref: "refs/heads/main", object: { sha: made.id } });
}

/** https://docs.gitlab.com/api/commits/ and https://docs.gitlab.com/api/repository_files/ */
export function gitlab(files: Readonly<Record<string, string>>): Promise<HostedRepository> {
  const isAllowed = ({ headers }: SeenRequest) => headers["private-token"] === SECRET;
  return host(files, isAllowed, (request, state, answer) => {
    const path = request.path.replace(/^projects\/me%2Fblog\/repository\//, "");
    const file = /^files\/(.+)$/.exec(path)?.[1];
    if (file !== undefined) {
      const name = decodeURIComponent(file);
      const bytes = state.head.files.get(name);
      if (bytes === undefined) return answer(404, { message: "404 File Not Found" });
      return answer(200, { content: bytes.toString("base64"), last_commit_id: state.head.changed.get(name) });
    }
    if (path === "tree") {
      const below = `${request.query.get("path") ?? ""}/`;
      const all = [...state.head.files.keys()].filter((name) => name.startsWith(below)).sort();
      const page = Number(request.query.get("page"));
      const next = all.length > page * 2 ? String(page + 1) : "";
      // Two per page, so that a client needs several pages.
      const tree = all.slice((page - 1) * 2, page * 2).map((name) => ({ path: name, type: "blob" }));
      return answer(200, [...tree, { path: `${below}folder`, type: "tree" }], { "x-next-page": next });
    }
    if (path !== "commits") return answer(404, { message: "404 Not Found" });
    othersFirst(state);
    const body = bodyOf(request);
    const actions = body["actions"] as readonly {
      action: string;
      file_path: string;
      content: string;
      last_commit_id?: string;
    }[];
    for (const { action, file_path: name, last_commit_id: last } of actions) {
      if (action === "create" && state.head.files.has(name))
        return answer(400, { message: "A file with this name already exists" });
      if (action === "update" && state.head.changed.get(name) !== last)
        return answer(400, { message: "You are attempting to update a file that has changed" });
    }
    const changes = new Map(
      actions.map(({ file_path: name, content }) => [name, Buffer.from(content, "base64")]),
    );
    return answer(201, { id: commitTo(state, changes, String(body["commit_message"])) });
  });
}

/** https://codeberg.org/api/swagger#/repository */
export function forgejo(files: Readonly<Record<string, string>>): Promise<HostedRepository> {
  const isAllowed = ({ headers }: SeenRequest) => headers.authorization === `token ${SECRET}`;
  return host(files, isAllowed, (request, state, answer) => {
    const path = request.path.replace(/^repos\/me\/blog\//, "");
    const file = /^contents\/(.+)$/.exec(path)?.[1];
    if (file !== undefined) {
      const bytes = state.head.files.get(decodeURIComponent(file));
      if (bytes === undefined) return answer(404, { message: "The target couldn't be found." });
      return answer(200, { type: "file", sha: blobId(bytes), content: bytes.toString("base64") });
    }
    if (path === "git/trees/main") {
      const all = [...state.head.files.keys()].sort();
      const page = Number(request.query.get("page"));
      const tree = all.slice((page - 1) * 2, page * 2).map((name) => ({ path: name, type: "blob" }));
      return answer(200, { tree, truncated: all.length > page * 2 });
    }
    if (path !== "contents") return answer(404, { message: "Not Found" });
    othersFirst(state);
    const body = bodyOf(request);
    const changed = body["files"] as readonly {
      operation: string;
      path: string;
      content: string;
      sha?: string;
    }[];
    for (const { operation, path: name, sha } of changed) {
      const bytes = state.head.files.get(name);
      if (operation === "create" && bytes !== undefined)
        return answer(422, { message: "repository file already exists" });
      if (operation === "update" && (bytes === undefined || blobId(bytes) !== sha))
        return answer(422, { message: "sha does not match" });
    }
    const changes = new Map(changed.map(({ path: name, content }) => [name, Buffer.from(content, "base64")]));
    commitTo(state, changes, String(body["message"]));
    return answer(201, { files: [] });
  });
}

/** Breaks base64 into lines as GitHub does. */
function wrapped(base64: string): string {
  return base64.replace(/.{60}/g, "$&\n");
}
