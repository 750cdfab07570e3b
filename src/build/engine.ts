import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build, type AstroIntegration, type AstroUserConfig } from "astro";
import * as z from "zod";

/**
 * Astro's routes, layouts and components, bundled once and kept: `astro build` runs with a prerenderer that renders
 * nothing and keeps the bundle instead, so that a build in which only content changed starts no bundler.
 */
export interface Engine {
  /** Folder with the server bundle, `engine.json` and `client/`, the files that pages link to. */
  readonly folder: string;
}

/** Facts that Astro's prerender environment needs beside the bundle. */
export const engineFactsSchema = z.object({
  entry: z.string(),
  /** [page key, { styles }] of Astro's build internals: which style sheets a route links. */
  pages: z.array(z.tuple([z.string(), z.object({ styles: z.array(z.unknown()) })])),
  /** [specifier, file] of scripts that Astro resolves by name. */
  specifiers: z.array(z.tuple([z.string(), z.string()])),
  scripts: z.array(z.object({ stage: z.string(), content: z.string() })),
});

export type EngineFacts = z.infer<typeof engineFactsSchema>;

export interface EngineOptions {
  readonly root: string;
  /** Folder that keeps the engines, one folder a key. */
  readonly cacheDir: string;
  /** Hash of all that goes into the bundle. */
  readonly key: string;
  readonly config: AstroUserConfig;
  /** Folder whose `pages/` holds the routes. */
  readonly srcDir: string;
}

/** The engine for a key: the kept one, or a fresh bundle. */
export async function openEngine(options: EngineOptions): Promise<Engine & { isFresh: boolean }> {
  const folder = path.join(options.cacheDir, options.key);
  if (existsSync(path.join(folder, "engine.json"))) return { folder, isFresh: false };
  await bundle(options, folder);
  dropOthers(options.cacheDir, options.key);
  return { folder, isFresh: true };
}

/** Reads what {@link openEngine} wrote. */
export function readEngineFacts(folder: string): EngineFacts {
  return engineFactsSchema.parse(JSON.parse(readFileSync(path.join(folder, "engine.json"), "utf8")));
}

async function bundle(options: EngineOptions, folder: string): Promise<void> {
  const draft = `${folder}.${process.pid}`;
  const client = path.join(draft, "client");
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(client, { recursive: true });
  await build({
    ...options.config,
    root: options.root,
    srcDir: options.srcDir,
    outDir: client,
    publicDir: path.join(draft, "no-public"),
    logLevel: "warn",
    integrations: [...[options.config.integrations ?? []].flat(), keepBundle(client, draft)],
  });
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
}

/** The integration that swaps Astro's prerenderer for one that keeps the bundle and renders nothing. */
function keepBundle(client: string, draft: string): AstroIntegration {
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
            writeFileSync(path.join(draft, "engine.json"), JSON.stringify(facts));
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
async function captureFacts(bundleDir: string, setUp: () => Promise<void>): Promise<EngineFacts> {
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

function factsOf(entry: string, internals: BuildInternals, scripts: EngineFacts["scripts"]): EngineFacts {
  return {
    entry,
    pages: [...internals.pagesByKeys].map(([key, page]) => [key, { styles: page.styles }]),
    specifiers: [...internals.entrySpecifierToBundleMap],
    scripts: scripts.map(({ stage, content }) => ({ stage, content })),
  };
}

function dropOthers(cacheDir: string, key: string): void {
  for (const name of readdirSync(cacheDir)) {
    if (!name.startsWith(key)) rmSync(path.join(cacheDir, name), { recursive: true, force: true });
  }
}
