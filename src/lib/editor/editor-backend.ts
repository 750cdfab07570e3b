import type { EditorSettings } from "../site/settings.ts";

/** The key `backend` of the editor's configuration. */
export interface EditorBackend {
  readonly name: "github" | "gitlab" | "gitea" | "test-repo";
  readonly [option: string]: string | readonly string[];
}

/** Origins of the public hosts. */
const PUBLIC = {
  github: { site: "https://github.com", api: "https://api.github.com" },
  gitlab: { site: "https://gitlab.com", api: "https://gitlab.com" },
  gitea: { site: "https://gitea.com", api: "https://gitea.com" },
} as const;

const API_PATHS = { github: "", gitlab: "/api/v4", gitea: "/api/v1" } as const;

/** The setting that is required but missing; null if complete. */
export function missingOfEditor(editor: EditorSettings | null): "repo" | null {
  return editor === null || editor.host === "test" || editor.repo !== null ? null : "repo";
}

/** The editor's repository and its way to sign in: OAuth if configured, otherwise an access token. */
export function editorBackend(editor: EditorSettings): EditorBackend {
  const { host, repo, branch, server, signIn, appId } = editor;
  if (host === "test" || repo === null) return { name: "test-repo" };
  const isOwn = server !== null;
  const isOauth = host === "github" ? signIn !== null : appId !== null;
  return {
    name: host,
    repo,
    ...(branch === null ? {} : { branch }),
    ...(isOwn && host !== "github" ? { base_url: server, api_root: server + API_PATHS[host] } : {}),
    ...(host === "github" && signIn !== null ? { base_url: signIn } : {}),
    ...(host === "gitlab" && appId !== null ? { auth_type: "pkce" } : {}),
    ...(host !== "github" && appId !== null ? { app_id: appId } : {}),
    ...(isOauth ? {} : { auth_methods: ["token"] }),
  };
}

/** Origins that the editor's page connects to. */
export function editorOrigins({ host, server, signIn }: EditorSettings): readonly string[] {
  if (host === "test") return [];
  const own = server !== null && host !== "github" ? [server] : [PUBLIC[host].api];
  return [...own, ...(signIn === null ? [] : [new URL(signIn).origin])];
}
