import { cpSync, existsSync, mkdirSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build, type AstroInlineConfig, type AstroIntegration, type AstroUserConfig } from "astro";
import type { Plugin } from "vite";
import { FACTS_FILE, hashOfFile, type EngineFacts } from "./engine-facts.ts";

export interface BundleOptions {
  /** Absolute; afterwards it holds `server/`, `client/` (the files that pages link to) and the facts. */
  readonly draft: string;
  /** Astro's root. */
  readonly root: string;
  /** Folder whose `pages/` holds the routes, from the root. */
  readonly srcDir: string;
  /** Folder that the names of noted sources start from. */
  readonly project: string;
  readonly config: AstroUserConfig;
}

/**
 * Bundles routes, layouts and components into a folder: `astro build` runs with a prerenderer that renders nothing
 * and keeps the bundle instead. Astro wants the folder to lie below the working directory of the process.
 */
export async function bundleEngine({ draft, root, srcDir, project, config }: BundleOptions): Promise<void> {
  const client = path.join(draft, "client");
  const sources = new Map<string, string>();
  mkdirSync(client, { recursive: true });
  const whole: AstroInlineConfig = {
    ...config,
    root,
    srcDir,
    outDir: client,
    cacheDir: path.join(draft, "astro"),
    publicDir: path.join(draft, "no-public"),
    logLevel: "warn",
    integrations: [...[config.integrations ?? []].flat(), keepBundle(client, draft, sources)],
    vite: { ...config.vite, plugins: [config.vite?.plugins ?? [], noteSources(project, sources)] },
  };
  await build(whole, WITHOUT_SYNC);
}

/** Astro would start a Vite server to write types for editors and to read collections, of which there are none. */
const WITHOUT_SYNC = { devOutput: false, sync: false };

/** The integration that swaps Astro's prerenderer for one that keeps the bundle and renders nothing. */
function keepBundle(client: string, draft: string, sources: ReadonlyMap<string, string>): AstroIntegration {
  return {
    name: "backfence:keep-bundle",
    hooks: {
      "astro:build:start": ({ setPrerenderer }) => {
        setPrerenderer((standard) => ({
          ...standard,
          name: "backfence:keep-bundle",
          setup: async () => {
            const bundleDir = path.join(client, ".prerender");
            const facts = await captureFacts(bundleDir, async () => standard.setup?.());
            cpSync(bundleDir, path.join(draft, "server"), { recursive: true });
            writeFileSync(
              path.join(draft, FACTS_FILE),
              JSON.stringify({ ...facts, sources: [...sources].sort() }),
            );
          },
          getStaticPaths: async () => [],
        }));
      },
    },
  };
}

interface BuildInternals {
  readonly pagesByKeys: ReadonlyMap<string, { styles: unknown[] }>;
  readonly entrySpecifierToBundleMap: ReadonlyMap<string, string>;
}

/** Reads the internals that Astro hands to its prerender app while it sets it up. */
async function captureFacts(
  bundleDir: string,
  setUp: () => Promise<void>,
): Promise<Omit<EngineFacts, "sources">> {
  const entry = readdirSync(bundleDir).find((name) => name.startsWith("prerender-entry."));
  if (entry === undefined) throw new Error(`Astro left no prerender entry in ${bundleDir}`);
  const { app } = await import(pathToFileURL(path.join(bundleDir, entry)).href);
  let internals: BuildInternals | null = null;
  const setInternals = app.setInternals.bind(app);
  app.setInternals = (value: BuildInternals) => {
    internals = value;
    setInternals(value);
  };
  await setUp();
  const captured: BuildInternals | null = internals;
  if (captured === null)
    throw new Error("Astro's prerenderer took no build internals: its version has changed");
  return factsOf(entry, captured, app.getSettings().scripts);
}

function factsOf(
  entry: string,
  internals: BuildInternals,
  scripts: EngineFacts["scripts"],
): Omit<EngineFacts, "sources"> {
  return {
    entry,
    pages: [...internals.pagesByKeys].map(([key, page]) => [key, { styles: page.styles }]),
    specifiers: [...internals.entrySpecifierToBundleMap],
    scripts: scripts.map(({ stage, content }) => ({ stage, content })),
  };
}

/** Notes down the hashes of the files that are bundled, except for those of the engine and of packages. */
function noteSources(project: string, sources: Map<string, string>): Plugin {
  const own = path.join(project, "src") + path.sep;
  const seen = new Set<string>();
  const note = (id: string): void => {
    const [file = ""] = id.split("?");
    if (seen.has(file)) return;
    seen.add(file);
    if (!path.isAbsolute(file) || PACKAGE.test(file) || !existsSync(file)) return;
    const real = realpathSync.native(file);
    const name = path.relative(project, real).replaceAll("\\", "/");
    if (!real.startsWith(own) && !sources.has(name)) sources.set(name, hashOfFile(real));
  };
  return {
    name: "backfence:note-sources",
    enforce: "pre",
    // Before the bundler reads it: a file that changes in between has another hash the next time.
    load: { filter: { id: { exclude: PACKAGE } }, handler: note },
    buildEnd() {
      for (const id of this.getModuleIds()) note(id);
    },
  };
}

const PACKAGE = /\/node_modules\//;
