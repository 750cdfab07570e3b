/** `backfence host`: generates the files that a host needs. */
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { didYouMean } from "../lib/did-you-mean.ts";
import { prepareForHosts } from "../lib/hosts/after-build.ts";
import { hostNames, hostOf, isHostName, type HostName } from "../lib/hosts/hosts.ts";
import { packageManagerOf, withCommandsOf, type PackageManager } from "../lib/hosts/package-manager.ts";
import { hostFiles } from "../lib/hosts/project-files.ts";
import { writeHostFiles } from "../lib/hosts/write-host-files.ts";
import { loadSettings } from "../lib/site/load-settings.ts";
import { defineCommand } from "./args/define-command.ts";
import { painter } from "./paint.ts";
import { FOLDER_OPTIONS, foldersOf } from "./folders.ts";
import { packageRoot } from "./own-version.ts";
import { UsageError, type CommandContext } from "./responses/command.ts";
import { exitCodes } from "./responses/exit-codes.ts";

export const command = defineCommand(
  {
    usage: "host [name] [options]",
    description: `Generates the files that a host needs: workflows, server configuration, container. Run it again after an upgrade; files that you have changed are kept. Names: ${hostNames.join(", ")}. Without a name, it lists them. With --built, it completes a built site for the chosen hosts: server files with the blog's headers and redirects, and compressed copies.`,
    positionals: { min: 0, max: 1 },
    options: {
      built: { type: "boolean", default: false, description: "complete the built site in dist/" },
      force: { type: "boolean", default: false, description: "also replace files that you have changed" },
      "dry-run": { type: "boolean", default: false, description: "show what would change; change nothing" },
      out: { type: "string", value: "DIR", description: "the built site", default: "dist" },
      ...FOLDER_OPTIONS,
    },
    examples: [
      ["host caddy", "for a server with Caddy"],
      ["host netlify --dry-run", "show what would be generated for Netlify"],
      ["host --built", "after a build"],
    ],
    exitCodes: { 3: "errors in content/site.yaml" },
  },
  async ({ values, positionals: [name] }, context) => {
    if (values.built) {
      if (name !== undefined) throw new UsageError("--built takes no name: it serves all chosen hosts");
      return await complete(values, context);
    }
    if (name === undefined) {
      const widest = Math.max(...hostNames.map((one) => one.length));
      for (const one of hostNames) context.out(`${one.padEnd(widest)}  ${hostOf(one).title}\n`);
      return exitCodes.ok;
    }
    const host = knownHost(name);
    const folders = foldersOf(values, context, "check");
    const settings = loadSettings(folders);
    const manager = packageManagerOf(folders.root, context.env);
    const files = hostFiles(host, {
      templatesDir: path.join(packageRoot(), "templates"),
      url: settings.url,
      folderName: path.basename(folders.root),
      isPulling:
        settings.giscus !== null || settings.webmention?.api != null || hasCopies(folders.contentDir),
      manager,
    });
    const isDryRun = values["dry-run"];
    const changes = writeHostFiles({ root: folders.root, host, files, isForced: values.force, isDryRun });
    for (const [file, change] of changes) context.out(`${change.padEnd(9)}  ${file}\n`);
    const kept = [...changes].filter(([, change]) => change === "kept").length;
    if (kept > 0)
      context.out(
        `${kept === 1 ? "One file isn't" : `${kept} files aren't`} as Backfence wrote it; --force replaces.\n`,
      );
    if (isDryRun) context.out("Nothing was changed (--dry-run).\n");
    else
      for (const line of [
        ...hostOf(host).next,
        ...otherHosts(host, folders.root),
        ...pinAdvice(manager, files),
      ])
        context.out(`\n${withCommandsOf(manager, line)}\n`);
    return exitCodes.ok;
  },
);

/** Whether a post has syndicated copies, whose responses would be pulled. */
function hasCopies(contentDir: string): boolean {
  return globSync("{posts,notes}/**/*.{md,mdx}", { cwd: contentDir }).some((file) =>
    /^syndication\s*[:=]/m.test(readFileSync(path.join(contentDir, file), "utf8")),
  );
}

/** Notes on other hosts that also publish each push, such as the default host of a new blog. */
function otherHosts(host: HostName, root: string): readonly string[] {
  if (host === "devcontainer") return [];
  return hostNames.flatMap((name) => {
    const { title, publishedBy } = hostOf(name);
    if (name === host || publishedBy === undefined || !existsSync(path.join(root, publishedBy))) return [];
    return [`Each push is also published on ${title}. If you don't want that, delete ${publishedBy}`];
  });
}

/** Advice to pin the package manager: without a version in package.json, each build installs the newest one. */
function pinAdvice(manager: PackageManager, files: ReadonlyMap<string, string>): readonly string[] {
  const { kind, name, version, isPinned } = manager;
  const isInstalled = [...files.values()].some((text) => text.includes(`npm install --global`));
  if (isPinned || kind === "pnpm" || !(isInstalled || kind === "yarn-berry")) return [];
  return [
    `Add your version to package.json, then run this again: "packageManager": "${name}@${version ?? "…"}"`,
  ];
}

/** Resolves the name of a host as typed. @throws UsageError if the host is unknown. */
export function knownHost(name: string): HostName {
  const plain = name.toLowerCase().replace(/[- ]?pages$/, "");
  if (isHostName(plain)) return plain;
  const near = didYouMean(plain, hostNames);
  const advice = near === null ? `Hosts: ${hostNames.join(", ")}` : `Did you mean ${near}?`;
  throw new UsageError(`There is no host "${name}". ${advice}`);
}

async function complete(
  values: Readonly<Record<"out" | "content" | "public" | "cache", string>>,
  context: CommandContext,
) {
  const folders = foldersOf(values, context, "host");
  const siteDir = path.resolve(context.root, values.out);
  if (!existsSync(path.join(siteDir, "index.html")))
    throw new UsageError(`There is no built site in ${values.out}/. Build it first: npm run build`);
  const { url, precompress } = loadSettings(folders);
  const report = await prepareForHosts({ ...folders, siteDir, url, precompress });
  if (report.hosts.length === 0 && report.copies === 0)
    throw new UsageError(`No host was chosen. For example: backfence host ${hostNames[0] ?? ""}`);
  for (const note of report.notes) context.err(`${painter(context).bold("note")} ${note}\n`);
  for (const file of report.files) context.out(`Wrote ${file}\n`);
  if (report.copies > 0) context.out(`Compressed copies: ${report.copies}, ${report.made} of them new.\n`);
  return exitCodes.ok;
}
