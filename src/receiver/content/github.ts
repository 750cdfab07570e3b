/** Content store for GitHub, by its git database API, which can commit a post and its pictures at once. */
import * as z from "zod";
import type { MicropubOptions } from "../options.ts";
import { apiRequest, base64Of, bytesOfBase64, encodedPath } from "./api-request.ts";
import { assertContentPath, ConflictError, withRetries, type ContentStore } from "./content-store.ts";

const named = z.object({ sha: z.string() });
const refSchema = z.object({ object: named });
const commitSchema = z.object({ tree: named });
const fileSchema = z.object({ type: z.literal("file"), sha: z.string(), content: z.string(), size: z.number() });
const blobSchema = z.object({ content: z.string() });
const treeSchema = z.object({ tree: z.array(z.object({ path: z.string(), type: z.string() })) });

/** https://docs.github.com/en/rest/git */
export function githubStore(options: MicropubOptions): ContentStore {
  const { repository, branch, folder, identity } = options;
  const api = {
    api: options.api,
    headers: {
      authorization: `Bearer ${options.token}`,
      accept: "application/vnd.github+json",
      "x-github-api-version": "2022-11-28",
    },
  };
  const repo = `repos/${repository}`;
  const ask = (path: string, request = {}) => apiRequest(api, `${repo}/${path}`, request);
  const post = async (path: string, body: unknown) => (await ask(path, { method: "POST", body })).json(named).sha;

  const readAt = async (path: string, ref: string) => {
    const at = `contents/${encodedPath(`${folder}/${path}`)}?ref=${encodeURIComponent(ref)}`;
    const answer = await ask(at, { expected: [404] });
    if (answer.status === 404) return null;
    const { sha, content, size } = answer.json(fileSchema);
    // The contents API omits the content of files larger than 1 MB.
    const whole =
      content === "" && size > 0 ? (await ask(`git/blobs/${sha}`)).json(blobSchema).content : content;
    return { path, bytes: bytesOfBase64(whole), version: sha };
  };

  return {
    read: (path) => readAt(assertContentPath(path, false), branch),
    list: async (below) => {
      const { tree } = (await ask(`git/trees/${encodeURIComponent(branch)}?recursive=1`)).json(treeSchema);
      const prefix = `${folder}/${below}/`;
      return tree.flatMap(({ path, type }) =>
        type === "blob" && path.startsWith(prefix) ? [path.slice(folder.length + 1)] : [],
      );
    },
    commit: (changes, message) =>
      // New commits on the branch are a conflict only if they changed these files; otherwise retry.
      withRetries(async () => {
        const head = (await ask(`git/ref/heads/${encodedPath(branch)}`)).json(refSchema).object.sha;
        for (const { path, replaces } of changes) {
          const current = await readAt(assertContentPath(path, true), head);
          if ((current?.version ?? null) !== replaces) throw new FileConflictError(path);
        }
        const base = (await ask(`git/commits/${head}`)).json(commitSchema).tree.sha;
        const tree: unknown[] = [];
        for (const { path, bytes } of changes) {
          const sha = await post("git/blobs", { content: base64Of(bytes), encoding: "base64" });
          tree.push({ path: `${folder}/${path}`, mode: "100644", type: "blob", sha });
        }
        const changed = await post("git/trees", { base_tree: base, tree });
        const commit = await post("git/commits", {
          message,
          tree: changed,
          parents: [head],
          ...(identity === null ? {} : { author: identity }),
        });
        const moved = await ask(`git/refs/heads/${encodedPath(branch)}`, {
          method: "PATCH",
          body: { sha: commit, force: false },
          expected: [409, 422],
        });
        if (moved.status !== 200) throw new ConflictError("The branch moved on");
      }).catch((error: unknown) => {
        throw error instanceof FileConflictError ? new ConflictError(error.message) : error;
      }),
  };
}

/** A conflict that retrying can't resolve. */
class FileConflictError extends Error {}
