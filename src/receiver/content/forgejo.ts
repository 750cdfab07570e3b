/** Content store for Forgejo and Gitea, by their contents API, which commits several files at once. */
import * as z from "zod";
import type { MicropubOptions } from "../options.ts";
import { apiRequest, base64Of, bytesOfBase64, encodedPath } from "./api-request.ts";
import { assertContentPath, ConflictError, type ContentStore } from "./content-store.ts";

const fileSchema = z.object({ type: z.literal("file"), sha: z.string(), content: z.string() });
const treeSchema = z.object({
  tree: z.array(z.object({ path: z.string(), type: z.string() })).nullable(),
  truncated: z.boolean().default(false),
});
const PER_PAGE = 1000;

/** https://codeberg.org/api/swagger#/repository/repoChangeFiles */
export function forgejoStore(options: MicropubOptions): ContentStore {
  const { repository, branch, folder, identity } = options;
  const api = { api: options.api, headers: { authorization: `token ${options.token}` } };
  const repo = `repos/${repository}`;
  const ref = encodeURIComponent(branch);

  return {
    read: async (path) => {
      const file = encodedPath(`${folder}/${assertContentPath(path, false)}`);
      const answer = await apiRequest(api, `${repo}/contents/${file}?ref=${ref}`, { expected: [404] });
      if (answer.status === 404) return null;
      const { sha, content } = answer.json(fileSchema);
      return { path, bytes: bytesOfBase64(content), version: sha };
    },
    list: async (below) => {
      const prefix = `${folder}/${below}/`;
      const found: string[] = [];
      for (let page = 1, isMore = true; isMore; page++) {
        const at = `${repo}/git/trees/${ref}?recursive=true&per_page=${PER_PAGE}&page=${page}`;
        const { tree, truncated } = (await apiRequest(api, at)).json(treeSchema);
        for (const { path, type } of tree ?? [])
          if (type === "blob" && path.startsWith(prefix)) found.push(path.slice(folder.length + 1));
        isMore = truncated && tree !== null && tree.length > 0;
      }
      return found;
    },
    commit: async (changes, message) => {
      const files = changes.map(({ path, bytes, replaces }) => ({
        operation: replaces === null ? "create" : "update",
        path: `${folder}/${assertContentPath(path, true)}`,
        content: base64Of(bytes),
        ...(replaces === null ? {} : { sha: replaces }),
      }));
      const author = identity === null ? {} : { author: identity, committer: identity };
      const answer = await apiRequest(api, `${repo}/contents`, {
        method: "POST",
        body: { branch, message, files, ...author },
        expected: [409, 422],
      });
      // 409 or 422: a file to create exists, or a file to update has changed.
      if (answer.status !== 201) throw new ConflictError(`The server refused the commit: ${answer.status}`);
    },
  };
}
