import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { GENERATED, hostOf, type HostName } from "./hosts.ts";
import { withCommandsOf, type PackageManager } from "./package-manager.ts";

export interface HostProject {
  /** Folder with the templates, absolute. */
  readonly templatesDir: string;
  /** Address of the published blog; empty if not known yet. */
  readonly url: string;
  /** Name of the project's folder. */
  readonly folderName: string;
  /** Whether the blog pulls responses from a service. */
  readonly isPulling: boolean;
  readonly manager: PackageManager;
}

/** Files of a host for the author's project: path with forward slashes → text. */
export function hostFiles(name: HostName, project: HostProject): ReadonlyMap<string, string> {
  const { templatesDir, url, folderName, isPulling, manager } = project;
  const { templates, ...host } = hostOf(name);
  const variables: Readonly<Record<string, string>> = {
    domain: url === "" ? "blog.example" : new URL(url).hostname,
    name: asName(folderName),
  };
  const files = new Map<string, string>();
  for (const [folder, target, only] of templates)
    for (const [file, text] of textsBelow(path.join(templatesDir, folder))) {
      if (only !== undefined && file !== only) continue;
      const place = target === "" ? file : `${target}/${file}`;
      if (place.endsWith("/pull-responses.yml") && !isPulling) continue;
      const own = withCommandsOf(manager, text);
      files.set(
        place,
        own.replaceAll(/\{\{(\w+)\}\}/g, (whole, key: string) => variables[key] ?? whole),
      );
    }
  const makesFiles = "generated" in host && [...files.keys()].some((file) => file.startsWith("host/"));
  if (makesFiles) files.set(`${GENERATED}/.gitignore`, "*\n!.gitignore\n");
  return files;
}

/** Text files of a folder, sorted; a leading underscore stands for a dot, since npm excludes some dotfiles. */
function textsBelow(folder: string): readonly (readonly [file: string, text: string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const absolute = path.join(entry.parentPath, entry.name);
      const file = path
        .relative(folder, absolute)
        .split(path.sep)
        .join("/")
        .replaceAll(/(?<=^|\/)_/g, ".");
      return [file, readFileSync(absolute, "utf8")] as const;
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A name that is valid in container registries and for Cloudflare Workers. */
function asName(folderName: string): string {
  return (
    folderName
      .normalize("NFKD")
      .replaceAll(/\p{M}/gu, "")
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-+|-+$/g, "") || "blog"
  );
}
