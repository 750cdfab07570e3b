/** Writes files for the project's hosts after a build: server configuration and compressed copies. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { siteUrls } from "../site/urls.ts";
import { hostOf, isHostName, type Host, type HostName } from "./hosts.ts";
import { readManifest } from "./manifest.ts";
import { HOST_FILES, hostPolicy, type HostPolicy } from "./policy.ts";
import { ENCODINGS, precompress, type Encoding } from "./precompress.ts";

export interface AfterBuildOptions {
  /** The project's folder, which contains `host/hosts.json` if a host was chosen. */
  readonly root: string;
  /** The built site, absolute. */
  readonly siteDir: string;
  /** Folder for data kept between builds. */
  readonly cacheDir: string;
  readonly url: string;
  /** Whether to compress files even if no host needs it. */
  readonly precompress?: boolean;
}

export interface AfterBuildReport {
  readonly hosts: readonly HostName[];
  /** Paths of the written files, from the project's folder or the site's. */
  readonly files: readonly string[];
  readonly copies: number;
  /** Number of compressed copies that weren't in the cache. */
  readonly made: number;
  readonly notes: readonly string[];
}

/** Prepares a built site for the hosts in the project's manifest. Does nothing without a host or `precompress`. */
export async function prepareForHosts(options: AfterBuildOptions): Promise<AfterBuildReport> {
  const { root, siteDir, cacheDir, url } = options;
  const names = readManifest(root).hosts.filter(isHostName);
  const chosen: readonly Host[] = names.map(hostOf);
  const policy = readPolicy(siteDir, url);
  const files: string[] = [];
  for (const { path: file, place, text } of chosen.flatMap(({ generated }) => generated?.(policy) ?? [])) {
    const absolute = path.join(place === "site" ? siteDir : root, file);
    mkdirSync(path.dirname(absolute), { recursive: true });
    writeFileSync(absolute, text);
    files.push(file);
  }
  if (names.includes("vercel")) copyForVercel(siteDir, root, policy.base);
  const encodings = options.precompress === true ? ENCODINGS : encodingsOf(chosen);
  const { copies, made } =
    encodings.length === 0
      ? { copies: 0, made: 0 }
      : await precompress({ outDir: siteDir, cacheDir, encodings });
  const isServed = chosen.some(({ generated }) => generated !== undefined);
  return { hosts: names, files: [...new Set(files)], copies, made, notes: isServed ? policy.notes : [] };
}

/** Reads the policy of a built site. */
export function readPolicy(siteDir: string, url: string): HostPolicy {
  const [headers = "", redirects = ""] = HOST_FILES.map((name) => {
    const file = path.join(siteDir, name);
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  });
  return hostPolicy({ headers, redirects, base: siteUrls({ url }).base });
}

function encodingsOf(chosen: readonly Host[]): readonly Encoding[] {
  return ENCODINGS.filter((encoding) => chosen.some(({ encodings }) => encodings.includes(encoding)));
}

/** Copies the site to `.vercel/output/static`, which Vercel publishes, into the folder of the base path. */
function copyForVercel(siteDir: string, root: string, base: string): void {
  const target = path.join(root, ".vercel/output/static");
  rmSync(target, { recursive: true, force: true });
  const isPublic = (file: string): boolean =>
    !HOST_FILES.some((name) => file === path.join(siteDir, name)) && !/\.(?:br|gz|zst)$/.test(file);
  cpSync(siteDir, path.join(target, ...base.split("/").filter(Boolean)), {
    recursive: true,
    filter: isPublic,
  });
}
