/** The places where a blog can be published, and what each needs. */
import { apacheFile } from "./apache.ts";
import { caddySnippet } from "./caddy.ts";
import { nginxSnippet } from "./nginx.ts";
import type { HostPolicy } from "./policy.ts";
import type { Encoding } from "./precompress.ts";
import { vercelConfig } from "./vercel.ts";

export interface Host {
  readonly title: string;
  /** Folders below `templates/` whose files it needs, each with where they go in the project; `only` names some files. */
  readonly templates: readonly (readonly [folder: string, target: string, only?: string])[];
  /** Compressed copies that it serves. */
  readonly encodings: readonly Encoding[];
  /** Whether it applies `_headers` and `_redirects` by itself. */
  readonly readsRules: boolean;
  /** Files made after a build: in the project, or within the site. */
  readonly generated?: (policy: HostPolicy) => readonly GeneratedFile[];
  /** The file by which the host publishes each push, from the project's root. */
  readonly publishedBy?: string;
  /** Remaining manual steps, one sentence each. */
  readonly next: readonly string[];
}

export interface GeneratedFile {
  readonly place: "project" | "site";
  /** With forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** Folder of the project for files that a build makes for a server; git ignores it. */
export const GENERATED = "host/generated";

const caddyFiles: Host["generated"] = (policy) => [
  { place: "project", path: `${GENERATED}/site.caddy`, text: caddySnippet(policy) },
];

/** For repositories on GitHub that another host builds: scheduled posts, responses. */
const HOOK: Host["templates"][number] = ["hosts/build-hook", ""];
const PULL: Host["templates"][number] = ["workflows", ".github/workflows", "pull-responses.yml"];

export const hosts = {
  github: {
    title: "GitHub Pages",
    templates: [["workflows", ".github/workflows"]],
    encodings: [],
    readsRules: false,
    publishedBy: ".github/workflows/publish.yml",
    next: ["In the repository: Settings → Pages → Source: GitHub Actions. Then push."],
  },
  gitlab: {
    title: "GitLab Pages",
    templates: [["hosts/gitlab", ""]],
    encodings: ["br", "gz"],
    readsRules: true,
    publishedBy: ".gitlab-ci.yml",
    next: ["Push. For scheduled posts: Build → Pipeline schedules, once an hour."],
  },
  codeberg: {
    title: "Codeberg Pages",
    templates: [["hosts/codeberg", ""]],
    encodings: [],
    readsRules: true,
    publishedBy: ".forgejo/workflows/publish.yml",
    next: [
      "In the repository: Settings → Units → Actions, and the secret PAGES_TOKEN with a token that may write to it.",
    ],
  },
  netlify: {
    title: "Netlify",
    templates: [["hosts/netlify", ""], HOOK, PULL],
    encodings: [],
    readsRules: true,
    next: [
      "Connect the repository at app.netlify.com. For scheduled posts: the secret BUILD_HOOK on GitHub.",
    ],
  },
  cloudflare: {
    title: "Cloudflare",
    templates: [["hosts/cloudflare", ""], HOOK, PULL],
    encodings: [],
    readsRules: true,
    next: [
      "Connect the repository under Workers & Pages, build command `npm run build`. For scheduled posts: the secret BUILD_HOOK on GitHub.",
    ],
  },
  vercel: {
    title: "Vercel",
    templates: [["hosts/vercel", ""], HOOK, PULL],
    encodings: [],
    readsRules: false,
    generated: (policy) => [
      { place: "project", path: ".vercel/output/config.json", text: vercelConfig(policy) },
    ],
    next: ["Import the repository at vercel.com. For scheduled posts: the secret BUILD_HOOK on GitHub."],
  },
  caddy: {
    title: "a server with Caddy",
    templates: [["hosts/caddy", ""]],
    encodings: ["zst", "br", "gz"],
    readsRules: false,
    generated: caddyFiles,
    next: ["Build, then on the server: caddy run --config host/Caddyfile"],
  },
  nginx: {
    title: "a server with nginx",
    templates: [["hosts/nginx", ""]],
    encodings: ["br", "gz"],
    readsRules: false,
    generated: (policy) => [
      { place: "project", path: `${GENERATED}/site.nginx.conf`, text: nginxSnippet(policy) },
    ],
    next: ["Build, then link host/nginx.conf into nginx's folder; the file says how."],
  },
  apache: {
    title: "a server or web space with Apache",
    templates: [],
    encodings: ["br", "gz"],
    readsRules: false,
    generated: (policy) => [{ place: "site", path: ".htaccess", text: apacheFile(policy) }],
    next: ["Build, then copy dist/ to the server, .htaccess included."],
  },
  rsync: {
    title: "a folder by rsync or SFTP",
    templates: [["hosts/rsync", ""]],
    encodings: [],
    readsRules: false,
    next: ["PUBLISH_TO=me@server:/var/www/blog sh host/publish.sh"],
  },
  docker: {
    title: "a container with Caddy",
    templates: [
      ["hosts/docker", ""],
      ["hosts/caddy", ""],
    ],
    encodings: ["zst", "br", "gz"],
    readsRules: false,
    generated: caddyFiles,
    next: ["docker build -t blog . && docker run -p 8080:80 blog"],
  },
  devcontainer: {
    title: "a devcontainer to write in",
    templates: [["hosts/devcontainer", ""]],
    encodings: [],
    readsRules: false,
    next: ["Open the folder in an editor with devcontainers, or in Codespaces."],
  },
} as const satisfies Readonly<Record<string, Host>>;

export type HostName = keyof typeof hosts;

/** Names of all hosts, in the order of the documentation. */
export const hostNames: readonly HostName[] = Object.keys(hosts).filter(isHostName);

export function isHostName(name: string): name is HostName {
  return Object.hasOwn(hosts, name);
}

/** Files of each host, by its name. */
export function hostOf(name: HostName): Host {
  return hosts[name];
}
