/** Detects the package manager of a project, and adapts commands in templates to it. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";

/** `yarn` is version 1; `yarn-berry` is version 2 and later, with different options. */
const KINDS = ["npm", "pnpm", "yarn", "yarn-berry", "bun"] as const;
type Kind = (typeof KINDS)[number];

export interface PackageManager {
  readonly kind: Kind;
  /** Name of the executable. */
  readonly name: "npm" | "pnpm" | "yarn" | "bun";
  /** Version such as `12.21.0`; null if neither package.json nor the running package manager specifies it. */
  readonly version: string | null;
  /** Whether package.json sets `packageManager`. */
  readonly isPinned: boolean;
}

/** Lock files that identify package managers. */
const LOCK_FILES = [
  ["pnpm", "pnpm-lock.yaml"],
  ["yarn", "yarn.lock"],
  ["bun", "bun.lock"],
  ["bun", "bun.lockb"],
  ["npm", "package-lock.json"],
  ["npm", "npm-shrinkwrap.json"],
] as const;

const manifestSchema = z.object({ packageManager: z.string().optional().catch(undefined) }).catch({});

/**
 * Detects the package manager of a project: from `packageManager` in package.json, else from the lock file, else from
 * the package manager that runs this process, else npm.
 * @param root the project's folder, absolute; it may be missing or empty.
 */
export function packageManagerOf(
  root: string,
  env: Readonly<Record<string, string | undefined>>,
): PackageManager {
  const pinned = named(pinnedIn(path.join(root, "package.json")), "@");
  const running = named(env["npm_config_user_agent"], "/");
  const locked = LOCK_FILES.find(([, file]) => existsSync(path.join(root, file)))?.[0];
  if (pinned !== null) return { ...pinned, kind: kindOf(pinned, root), isPinned: true };
  const found = locked === undefined || locked === running?.name ? running : { name: locked, version: null };
  const manager = found ?? { name: "npm" as const, version: null };
  return { ...manager, kind: kindOf(manager, root), isPinned: false };
}

type Named = Pick<PackageManager, "name" | "version">;

function pinnedIn(manifest: string): string | undefined {
  if (!existsSync(manifest)) return undefined;
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(manifest, "utf8"))).packageManager;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Parses `pnpm@12.21.0+sha512.…` from package.json, or `pnpm/12.21.0 npm/? node/v24.21.0` from the user agent. */
function named(text: string | undefined, sign: "@" | "/"): Named | null {
  const [name, rest = ""] = text?.split(" ")[0]?.split(sign) ?? [];
  const known = (["npm", "pnpm", "yarn", "bun"] as const).find((one) => one === name);
  if (known === undefined) return null;
  return { name: known, version: /^\d+\.\d+\.\d+(?:-[\w.]+)?(?=\+|$)/.exec(rest)?.[0] ?? null };
}

function kindOf({ name, version }: Named, root: string): Kind {
  if (name !== "yarn") return name;
  const isBerry = version === null ? existsSync(path.join(root, ".yarnrc.yml")) : !/^[01]\./.test(version);
  return isBerry ? "yarn-berry" : "yarn";
}

/** Replacements for npm commands in a host's files. */
interface Commands {
  /** Runs a script of package.json. */
  readonly run: string;
  /** Runs an executable of an installed package without additional output. */
  readonly exec: string;
  /** The same, for instructions to people. */
  readonly call: string;
  /** Installs packages from the lock file, without running their scripts. */
  readonly install: string;
  /** Option of `install` for the cache folder; null = set by an environment variable instead. */
  readonly cacheOption: string | null;
  /** Files that `install` reads, for `COPY` in a Dockerfile. */
  readonly files: string;
  readonly lockFile: string;
  /** Value of `cache` for `actions/setup-node`; null if not supported. */
  readonly setupNodeCache: string | null;
}

const COMMANDS: Readonly<Record<Exclude<Kind, "npm">, Commands>> = {
  pnpm: {
    run: "pnpm run",
    exec: "pnpm exec",
    call: "pnpm exec",
    install: "pnpm install --frozen-lockfile --ignore-scripts",
    cacheOption: "--store-dir",
    files: "package.json pnpm-*.yaml",
    lockFile: "pnpm-lock.yaml",
    setupNodeCache: "pnpm",
  },
  yarn: {
    run: "yarn run",
    exec: "yarn --silent run",
    call: "yarn",
    install: "yarn install --frozen-lockfile --ignore-scripts",
    cacheOption: "--cache-folder",
    files: "package.json yarn.lock",
    lockFile: "yarn.lock",
    setupNodeCache: "yarn",
  },
  "yarn-berry": {
    run: "yarn run",
    exec: "yarn run",
    call: "yarn",
    install: "yarn install --immutable --mode=skip-build",
    cacheOption: null,
    files: "package.json yarn.lock .yarnrc.yml",
    lockFile: "yarn.lock",
    setupNodeCache: "yarn",
  },
  bun: {
    run: "bun run",
    exec: "bunx --no-install",
    call: "bunx",
    install: "bun install --frozen-lockfile --ignore-scripts",
    cacheOption: "--cache-dir",
    files: "package.json bun.lock*",
    lockFile: "bun.lock",
    setupNodeCache: null,
  },
};

/** Command that installs the package manager on a machine with Node 24; null if it's included. */
function setUpOf({ kind, version }: PackageManager): string | null {
  const spec = version === null ? "" : `@${version}`;
  if (kind === "pnpm") return `npm install --global --ignore-scripts pnpm${spec}`;
  // Bun's package installs its executable with a script, so scripts must be enabled.
  if (kind === "bun") return `npm install --global bun${spec}`;
  return kind === "yarn-berry" ? "corepack enable" : null;
}

/** Replaces npm commands in a text (a template, a message) with those of another package manager. */
export function withCommandsOf(manager: PackageManager, text: string): string {
  if (manager.kind === "npm") return text;
  const commands = COMMANDS[manager.kind];
  const { run, exec, call, install, files } = commands;
  const setUp = setUpOf(manager);
  const installHere = setUp === null ? install : `${setUp} && ${install}`;
  return inWorkflow(text, commands, setUp)
    .replace("COPY package.json package-lock.json ./", `COPY ${files} ./`)
    .replaceAll(/(?<=(?:RUN |"postCreateCommand": "))npm ci --ignore-scripts/g, installHere)
    .replaceAll("npm ci --ignore-scripts", install)
    .replaceAll(/npm run (\w+)(?: --(?= ))?/g, `${run} $1`)
    .replaceAll("npx --no-install ", `${exec} `)
    .replaceAll(/npx (?=astro|backfence)/g, `${call} `);
}

/** Replaces the steps that install and cache packages in workflows of GitHub, Forgejo and GitLab. */
function inWorkflow(text: string, commands: Commands, setUp: string | null): string {
  const { install, cacheOption, lockFile, setupNodeCache } = commands;
  // Reuse the action's pinned version from the template; without the action, there's no cache.
  const cacheAction = /actions\/cache@\w+ # v[\d.]+/.exec(text)?.[0];
  const ownCache =
    cacheAction === undefined
      ? ""
      : `      - uses: ${cacheAction}
        with:
          path: ~/.bun/install/cache
          key: packages-\${{ runner.os }}-\${{ hashFiles('${lockFile}') }}
          restore-keys: packages-\${{ runner.os }}-
`;
  const inFolder =
    cacheOption === null ? `YARN_CACHE_FOLDER=.packages ${install}` : `${install} ${cacheOption} .packages`;
  const gitlab = [...(setUp === null ? [] : [setUp]), inFolder].map((line) => `    - ${line}\n`).join("");
  const step = setUp === null ? "" : `      - run: ${setUp}\n`;
  const hasNode = text.includes("uses: actions/setup-node@");
  return text
    .replace("files: [package-lock.json]", `files: [${lockFile}]`)
    .replace("paths: [.npm/]", "paths: [.packages/]")
    .replace("    - npm ci --ignore-scripts --cache .npm --prefer-offline\n", gitlab)
    .replaceAll(
      "          cache: npm\n",
      setupNodeCache === null ? ownCache : `          cache: ${setupNodeCache}\n`,
    )
    .replaceAll(
      hasNode ? "      - uses: actions/setup-node@" : "      - run: npm ci ",
      (found) => step + found,
    );
}
