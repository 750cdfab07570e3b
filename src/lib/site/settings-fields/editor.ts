import * as z from "zod";
import { webAddress } from "./strings.ts";

/** The editor in the browser, and the repository that it saves to. */
export const editorFields = {
  editor: z
    .strictObject({
      name: z
        .enum(["sveltia"])
        .default("sveltia")
        .meta({ description: "The editor: Sveltia CMS.", examples: ["sveltia"] }),
      host: z
        .enum(["github", "gitlab", "gitea", "test"])
        .default("github")
        .meta({
          description:
            "Where the repository is. `gitea` is Forgejo, too, as on Codeberg. `test` saves nothing: changes stay in the browser.",
          examples: ["gitlab"],
        }),
      repo: z
        .string()
        .regex(/^[\w.-]+(?:\/[\w.-]+)+$/, "owner/name of the repository")
        .nullable()
        .default(null)
        .meta({ description: "The repository that it writes to.", examples: ["me/blog"] }),
      branch: z
        .string()
        .min(1)
        .nullable()
        .default(null)
        .meta({
          description: "The branch. Left out, it's the repository's default branch.",
          examples: ["main"],
        }),
      folder: z
        .string()
        .regex(/^[^/\\].*[^/\\]$|^[^/\\.]$/, "a folder from the repository's root, such as apps/blog")
        .nullable()
        .default(null)
        .meta({
          description: "Folder of the blog in the repository, when it isn't its root.",
          examples: ["apps/blog"],
        }),
      address: z
        .string()
        .regex(/^\/[\p{L}\p{N}_~-][\p{L}\p{N}._~-]*\/$/u, "a path with one name, such as /admin/")
        .default("/admin/")
        .meta({ description: "Path of the editor's page.", examples: ["/write/"] }),
      server: webAddress()
        .transform((value) => new URL(value).origin)
        .nullable()
        .default(null)
        .meta({
          description: "Origin of a GitLab, Gitea or Forgejo of your own.",
          examples: ["https://codeberg.org"],
        }),
      signIn: webAddress()
        .transform((value) => value.replace(/\/$/, ""))
        .nullable()
        .default(null)
        .meta({
          description:
            "With `host: github`: address of the service that signs in by OAuth. Left out, one signs in with an access token.",
          examples: ["https://sign-in.me.example"],
        }),
      appId: z
        .string()
        .min(1)
        .nullable()
        .default(null)
        .meta({
          description:
            "With `host: gitlab` or `gitea`: id of the OAuth application. Left out, one signs in with an access token.",
          examples: ["0a1b2c3d"],
        }),
    })
    .nullable()
    .default(null)
    .meta({
      description:
        "A page on which you write in the browser; it commits to your repository. It needs the package `@sveltia/cms`.",
      examples: [{ host: "github", repo: "me/blog" }],
    }),
};
