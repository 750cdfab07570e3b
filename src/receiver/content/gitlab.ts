/** Content store for GitLab, by its commits API, which commits several files at once. */
import * as z from "zod";
import type { MicropubOptions } from "../options.ts";
import { apiRequest, base64Of, bytesOfBase64 } from "./api-request.ts";
import { assertContentPath, ConflictError, type ContentStore } from "./content-store.ts";

const fileSchema = z.object({ content: z.string(), last_commit_id: z.string() });
const treeSchema = z.array(z.object({ path: z.string(), type: z.string() }));
const PER_PAGE = 100;

/** https://docs.gitlab.com/api/commits/ */
export function gitlabStore(options: MicropubOptions): ContentStore {
  const { repository, branch, folder, identity } = options;
  const api = { api: options.api, headers: { "private-token": options.token } };
  const project = `projects/${encodeURIComponent(repository)}/repository`;
  const ref = encodeURIComponent(branch);

  return {
    read: async (path) => {
      const file = encodeURIComponent(`${folder}/${assertContentPath(path, false)}`);
      const answer = await apiRequest(api, `${project}/files/${file}?ref=${ref}`, { expected: [404] });
      if (answer.status === 404) return null;
      const { content, last_commit_id: version } = answer.json(fileSchema);
      return { path, bytes: bytesOfBase64(content), version };
    },
    list: async (below) => {
      const found: string[] = [];
      const at = encodeURIComponent(`${folder}/${below}`);
      for (let page = "1"; page !== ""; ) {
        const query = `path=${at}&ref=${ref}&recursive=true&per_page=${PER_PAGE}&page=${page}`;
        const answer = await apiRequest(api, `${project}/tree?${query}`, { expected: [404] });
        if (answer.status === 404) break;
        for (const { path, type } of answer.json(treeSchema))
          if (type === "blob") found.push(path.slice(folder.length + 1));
        page = answer.header("x-next-page") ?? "";
      }
      return found;
    },
    commit: async (changes, message) => {
      const actions = changes.map(({ path, bytes, replaces }) => ({
        action: replaces === null ? "create" : "update",
        file_path: `${folder}/${assertContentPath(path, true)}`,
        content: base64Of(bytes),
        encoding: "base64",
        ...(replaces === null ? {} : { last_commit_id: replaces }),
      }));
      const author = identity === null ? {} : { author_name: identity.name, author_email: identity.email };
      const answer = await apiRequest(api, `${project}/commits`, {
        method: "POST",
        body: { branch, commit_message: message, actions, ...author },
        expected: [400, 409],
      });
      // 400: a file to create exists, or a file to update has changed.
      if (answer.status !== 201) throw new ConflictError(`GitLab refused the commit: ${answer.status}`);
    },
  };
}
