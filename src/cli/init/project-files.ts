/** Generates the files of a new blog from the answers and the templates. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { dayInZone } from "../../lib/content/dates.ts";
import { authorIdFromName, nameFromTitle } from "../../lib/content/new-name.ts";
import { TEXT_EXTENSION } from "../new/text-extension.ts";
import { withCommandsOf, type PackageManager } from "../../lib/hosts/package-manager.ts";
import type { Answers } from "./answers.ts";

export interface ProjectOptions {
  readonly answers: Answers;
  /** Name of the project's folder. */
  readonly folderName: string;
  readonly now: Date;
  /** Folder with the templates, absolute. */
  readonly templatesDir: string;
  /** Versions for package.json. */
  readonly dependencies: Readonly<Record<"astro" | "backfence", string>>;
  readonly manager: PackageManager;
}

/** Maps file names with forward slashes to their text. */
export type ProjectFiles = ReadonlyMap<string, string>;

/** All files of a new project. */
export function projectFiles(options: ProjectOptions): ProjectFiles {
  const { answers, now, templatesDir, manager } = options;
  const author = authorIdFromName(answers.author);
  const variables = {
    title: inMarkdown(answers.title),
    name: inMarkdown(answers.author),
    author,
    extension: TEXT_EXTENSION,
    date: dayInZone(now.toISOString(), answers.timeZone),
  };
  const files = new Map<string, string>([
    ["package.json", packageJson(options)],
    ["content/site.yaml", siteYaml(answers, author, now)],
    [`content/authors/${author}.yaml`, stringify({ name: answers.author })],
  ]);
  for (const [file, text] of templates(path.join(templatesDir, "blog")))
    files.set(
      file.replace(/(?<=^content\/.*)\.md$/, `.${TEXT_EXTENSION}`),
      filled(withCommandsOf(manager, text), variables),
    );
  // Astro finds packages in node_modules only.
  if (manager.kind === "yarn-berry") {
    files.set(".yarnrc.yml", "nodeLinker: node-modules\n");
    files.set("yarn.lock", "");
    files.set(".gitignore", `${files.get(".gitignore") ?? ""}.yarn/\n`);
  }
  return files;
}

/** Whether the blog pulls responses from a service. */
export function isPulling({ ways }: Answers): boolean {
  return ways.some((way) => way !== "email");
}

function templates(folder: string): readonly (readonly [file: string, text: string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const absolute = path.join(entry.parentPath, entry.name);
      const relative = path.relative(folder, absolute).split(path.sep).join("/");
      // npm excludes files such as .gitignore from packages, so their templates begin with an underscore.
      return [relative.replace(/^_/, "."), readFileSync(absolute, "utf8")] as const;
    });
}

function filled(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => variables[name] ?? whole);
}

/** Escapes special characters for Markdown and MDX. */
function inMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|~$!&]/g, String.raw`\$&`);
}

/** Omits `packageManager` for npm and pnpm: with it, pnpm 12 refuses the workflow's frozen install. */
function packageJson({ answers, folderName, dependencies, manager }: ProjectOptions): string {
  const manifest = {
    name:
      nameFromTitle(folderName)
        .normalize("NFKD")
        .replaceAll(/[^a-z0-9-]+/g, "") || "blog",
    private: true,
    description: answers.title,
    type: "module",
    engines: { node: ">=22.12" },
    ...(["npm", "pnpm"].includes(manager.kind) || manager.version === null
      ? {}
      : { packageManager: `${manager.name}@${manager.version}` }),
    scripts: {
      dev: "astro dev",
      build: "astro build",
      preview: "astro preview",
      check: "backfence check",
      new: "backfence new",
      responses: "backfence responses",
    },
    dependencies,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function siteYaml(answers: Answers, author: string, now: Date): string {
  const { title, url, lang, timeZone, ways, email } = answers;
  const host = url === "" ? null : new URL(url).host;
  const year = dayInZone(now.toISOString(), timeZone).slice(0, 4);
  return [
    "# yaml-language-server: $schema=../node_modules/backfence/schemas/site.schema.json",
    stringify({ title }, { lineWidth: 0 }).trimEnd(),
    "# description: One line about the blog.",
    ...(url === ""
      ? [
          "# The address under which the blog is published; needed before you publish:",
          "# url: https://me.example/",
        ]
      : [stringify({ url }).trimEnd()]),
    "# Id of this blog in its feeds. Don't change it once anyone has subscribed.",
    stringify({ id: `${host ?? nameFromTitle(title)},${year}` }).trimEnd(),
    stringify({ lang, timeZone }).trimEnd(),
    `since: ${year}`,
    "# Author of posts that don't name one.",
    stringify({ author }).trimEnd(),
    ...waysYaml(ways, host, email),
    "",
  ].join("\n");
}

function waysYaml(ways: Answers["ways"], host: string | null, email: string): readonly string[] {
  const lines: string[] = [];
  if (ways.includes("email"))
    lines.push("", "# Readers respond by email.", stringify({ replyEmail: email }).trimEnd());
  if (ways.includes("mastodon") || ways.includes("bluesky"))
    lines.push(
      "",
      "# Replies on Mastodon and Bluesky need no setting: add the address of your post there to `syndication` in the",
      "# front matter of the article.",
    );
  if (ways.includes("giscus")) {
    lines.push(
      "",
      "# Comments through GitHub Discussions: https://giscus.app shows the four values. Put them in and remove the #.",
      "# giscus:",
      "#   repo: me/blog",
      "#   repoId: R_kgDOExample",
      "#   category: Comments",
      "#   categoryId: DIC_kwDOExample",
    );
  }
  if (ways.includes("webmention")) {
    const mark = host === null ? "# " : "";
    lines.push(
      "",
      "# Responses from other sites. Sign in once at https://webmention.io with the blog's address.",
      `${mark}webmention:`,
      `${mark}  endpoint: https://webmention.io/${host ?? "me.example"}/webmention`,
      `${mark}  api: https://webmention.io/api/`,
    );
  }
  if (ways.includes("receiver")) {
    const receiver = `https://receiver.${host ?? "me.example"}`;
    lines.push(
      "",
      "# Responses on a server of your own: docs/receiver.md. Remove the # once it runs, so that no page shows a dead address.",
      "# webmention:",
      `#   endpoint: ${receiver}/webmention`,
      `#   api: ${receiver}/api/`,
      `#   pingback: ${receiver}/pingback`,
      `#   trackback: ${receiver}/trackback/{slug}`,
      `#   comments: ${receiver}/comment`,
    );
  }
  return lines;
}
