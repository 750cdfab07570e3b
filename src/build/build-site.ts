import { existsSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { FileCache, hashOf } from "../lib/cache/file-cache.ts";
import type { Blog } from "../lib/posts/model.ts";
import { loadBlog } from "../lib/posts/load-blog.ts";
import type { FileSpec, PageSpec } from "../lib/site/outputs.ts";
import type { Settings } from "../lib/site/settings.ts";
import { outputFile } from "../lib/site/urls.ts";
import { astroConfig } from "./astro-config.ts";
import { takeBuildLock } from "./build-lock.ts";
import { openEngine } from "./engine.ts";
import { renderModuleBodies } from "./module-bodies.ts";
import { listFiles, OutputTree, publish } from "./output-tree.ts";
import { Phases } from "./phases.ts";
import { planSite } from "./plan-site.ts";
import { renderPages, storedHtml } from "./render-pages.ts";
import { sourceHash } from "./source-hash.ts";

export interface BuildOptions {
  /** The engine's root, absolute. */
  readonly root: string;
  /** The author's folder, absolute; paths in messages start from the folder that holds it. */
  readonly contentDir: string;
  /** Author's static extras, copied as they are. */
  readonly publicDir: string;
  readonly outDir: string;
  readonly cacheDir: string;
  /** Decides what is published. */
  readonly now: Date;
  /** Start over: forget all that earlier builds left. */
  readonly isClean: boolean;
  readonly say: (line: string) => void;
}

export interface BuildReport {
  readonly blog: Blog;
  readonly outDir: string;
  readonly pages: number;
  readonly files: number;
  /** Pages and files that this build made anew. */
  readonly made: number;
  readonly removed: number;
  readonly spentMs: Readonly<Record<string, number>>;
}

/**
 * Builds the whole site into `outDir`. Only what changed since the last build is made anew, and the result is the
 * same, byte for byte, as that of a clean build.
 * @throws AuthorError with every mistake that the author can mend; the published folder then stays as it was.
 */
export async function buildSite(options: BuildOptions): Promise<BuildReport> {
  const release = await takeBuildLock(options.cacheDir, options.say);
  try {
    if (options.isClean) rmSync(path.join(options.cacheDir, "build"), { recursive: true, force: true });
    return await build(options);
  } finally {
    release();
  }
}

/** Parts of the engine whose change makes every output anew. */
const ENGINE_SOURCES = ["src", "package.json", "package-lock.json", "tsconfig.json"];

async function build(options: BuildOptions): Promise<BuildReport> {
  const { root, say } = options;
  const home = path.dirname(options.contentDir);
  const phases = new Phases();
  const work = path.join(options.cacheDir, "build");
  const bodiesDir = path.join(work, "bodies");
  const onDamage = (file: string) =>
    say(`Threw away a damaged file of the cache: ${path.relative(root, file)}`);
  const engineVersion = hashOf(process.version, sourceHash(root, ENGINE_SOURCES));

  const loaded = await phases.run("content", () =>
    loadBlog({ ...options, root: home, cacheDir: work, mode: "build", engineVersion, onDamage }),
  );
  const { settings } = loaded.blog;
  const engineKey = engineKeyOf(engineVersion, settings);
  const engine = await phases.run("bundling", () =>
    openEngine({
      root,
      srcDir: "./src",
      cacheDir: path.join(work, "engine"),
      key: engineKey,
      settings,
      bodies: null,
      onDamage,
    }),
  );
  const bodies = new FileCache(bodiesDir, onDamage);
  const rendered = await phases.run("bundling", () =>
    renderModuleBodies({
      root,
      home,
      contentDir: options.contentDir,
      settings,
      blog: loaded.blog,
      engineKey,
      work,
      bodies,
      cache: loaded.store.cache,
      onDamage,
    }),
  );
  const blog = rendered.blog;
  const tree = new OutputTree(path.join(work, "site"), path.join(work, "site.json"));

  const plan = await phases.run("plan", () =>
    planSite(
      { ...loaded, blog },
      { home, contentDir: options.contentDir, work, bodyHtml: (key) => storedHtml(bodies, key) },
    ),
  );
  const extras = new Set(existsSync(options.publicDir) ? listFiles(options.publicDir) : []);
  const jobs = plan.pages
    .map((page) => ({ page, file: outputFile(page.path), key: pageKey(page, engineKey) }))
    .filter(({ file, key }) => !extras.has(file) && !tree.has(file, key));
  await phases.run("pages", async () => {
    const batch = {
      engineDir: engine.folder,
      origin: blog.settings.url,
      bodiesDir,
      outDir: tree.folder,
      jobs,
    };
    const keys = new Map(jobs.map((job) => [job.file, job.key]));
    for (const { file, hash } of await renderPages(batch)) tree.adopt(file, keys.get(file) ?? "", hash);
  });
  const made = await phases.run("files", () =>
    makeFiles(plan.files(contentPolicyOf(tree)), tree, engineVersion, extras),
  );
  await phases.run("search", async () => makeFiles(await plan.searchFiles(), tree, engineVersion, extras));
  const removed = await phases.run("publish", () => {
    for (const { folder } of [engine, rendered.engine].filter((one) => one !== null))
      linkClient(folder, tree);
    copyPublic(options.publicDir, extras, tree);
    const orphans = tree.prune();
    tree.save();
    publish(tree, options.outDir, path.join(work, "site.json"));
    return orphans.length;
  });
  return {
    blog,
    outDir: options.outDir,
    pages: plan.pages.length,
    files: tree.entries.size,
    made: jobs.length + made,
    removed,
    spentMs: phases.spentMs,
  };
}

/** Names the code that renders pages, with the settings that go into its bundle. */
function engineKeyOf(version: string, settings: Settings): string {
  return hashOf(version, JSON.stringify(astroConfig(settings)));
}

/** Names all that a page shows: the code that renders it and its view. */
function pageKey(page: PageSpec, engineKey: string): string {
  return hashOf(engineKey, page.route, page.path, JSON.stringify(page.params), JSON.stringify(page.view));
}

/** How many files are made at a time: enough to keep both cores busy while some wait for the disk. */
const FILES_AT_A_TIME = 4;

/**
 * Makes the files that the tree doesn't hold yet, but for those that the author has put into `public/` instead.
 * @returns how many that were.
 */
async function makeFiles(
  files: readonly FileSpec[],
  tree: OutputTree,
  version: string,
  extras: ReadonlySet<string>,
): Promise<number> {
  const wanted = files
    .map((spec) => ({ spec, file: outputFile(spec.path), key: hashOf(version, spec.key) }))
    .filter(({ file, key }) => !extras.has(file) && !tree.has(file, key));
  const queue = wanted.values();
  const work = async () => {
    for (const { spec, file, key } of queue) tree.write(file, key, await spec.make());
  };
  await Promise.all(Array.from({ length: FILES_AT_A_TIME }, work));
  return wanted.length;
}

/** The policy that Astro wrote into the pages, for hosts that send it as a header. */
function contentPolicyOf(tree: OutputTree): string {
  const home = tree.read("index.html").toString("utf8");
  const policy = /<meta http-equiv="content-security-policy" content="([^"]*)">/.exec(home)?.[1];
  if (policy === undefined) throw new Error("The home page carries no Content Security Policy");
  return policy;
}

/** Scripts and style sheets that the pages of an engine link to. */
function linkClient(engineDir: string, tree: OutputTree): void {
  const client = path.join(engineDir, "client");
  const key = path.basename(engineDir);
  for (const file of listFiles(client)) {
    if (!tree.has(file, key)) tree.link(file, key, path.join(client, file));
  }
}

function copyPublic(publicDir: string, extras: Iterable<string>, tree: OutputTree): void {
  for (const file of extras) {
    const from = path.join(publicDir, file);
    const { size, mtimeMs } = statSync(from);
    const key = `public:${size}:${mtimeMs}`;
    if (!tree.has(file, key)) tree.copy(file, key, from);
  }
}
