import { rmSync } from "node:fs";
import path from "node:path";
import { FileCache } from "../lib/cache/file-cache.ts";
import type { OfflineFacts } from "../lib/offline/worker-file.ts";
import { openContentStore } from "../lib/content/content-store.ts";
import { loadBlog } from "../lib/content/load-blog.ts";
import type { Blog } from "../lib/content/model.ts";
import { type IndexThread, withIndexThread } from "../lib/search/index-thread.ts";
import type { FileGroup } from "../lib/site/outputs.ts";
import { outputFile } from "../lib/site/urls.ts";
import { takeBuildLock } from "./build-lock.ts";
import { checkTree, type CheckedTree } from "./check-tree.ts";
import { checkFolders } from "./check-folders.ts";
import type { Engine } from "./engine.ts";
import { openEngines } from "./engines.ts";
import { engineVersionOf } from "./engine-key.ts";
import { clientFiles, copyPublic, linkClient, makeFiles, type MakeOptions } from "./make-files.ts";
import { GroupMemory } from "./group-memory.ts";
import { OutputTree } from "./output-tree.ts";
import { pageJobs } from "./page-jobs.ts";
import { Phases } from "./phases.ts";
import { isEarly, isLate, searchCache, type SitePlan } from "./plan-site.ts";
import { plansFor, type Plans } from "./plans.ts";
import { publicFiles } from "./public-files.ts";
import { renderPages, type RenderPlace } from "./render-pages.ts";
import type { StoredBody } from "../lib/markdown/body-file.ts";
import { isMissingBody, storedBody } from "./stored-body.ts";

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
  checkFolders(options);
  const work = path.join(options.cacheDir, "build");
  const release = await takeBuildLock(options.cacheDir, options.say);
  try {
    if (options.isClean) rmSync(work, { recursive: true, force: true });
    const run = () => withIndexThread(searchCache(work), (index) => build(options, work, index));
    return await run().catch((error: unknown) => {
      if (!isMissingBody(error)) throw error;
      new FileCache(path.join(work, "bodies"), damageTeller(options)).check();
      return run();
    });
  } finally {
    release();
  }
}

async function build(options: BuildOptions, work: string, index: IndexThread): Promise<BuildReport> {
  const { root, contentDir, outDir, say } = options;
  const home = path.dirname(contentDir);
  const phases = new Phases();
  const onDamage = damageTeller(options);
  const version = engineVersionOf(root);
  const checking = startChecking(work);
  const loading = { ...options, root: home, cacheDir: work, engineVersion: version, onDamage };
  const store = openContentStore(loading);
  const engines = openEngines({ root, store, version, contentDir, onDamage });
  try {
    const loaded = await phases.run("content", () =>
      loadBlog({
        ...{ ...loading, mode: "build", store },
        onPosts: (posts) => void engines.bodies(posts),
        onChangedPost: () => index.prepare(),
      }),
    );
    loaded.notes.forEach((note) => say(`Note: ${note}`));
    const rendering = engines.bodies(loaded.blog.posts);
    const bundling = phases.run("bundling", () => Promise.all([engines.main, rendering]));
    bundling.catch(() => undefined);
    const body = async (key: string): Promise<StoredBody> => storedBody(store.bodies, key);
    const planning = { home, contentDir, work, body, indexThread: index };
    const plans = await phases.run("plan", () => plansFor(loaded, rendering, planning));
    const checked = await checking;
    tellDamaged(checked.damaged, options);
    const tree = new OutputTree(path.join(work, "site"), path.join(work, "site.json"), checked);
    tree.copyAhead(outDir);

    const publics = publicFiles(options.publicDir);
    const making = { tree, version, extras: new Set(publics.map(({ file }) => file)) };
    const { made, pages } = await makeAll(plans, making, {
      phases,
      memory: new GroupMemory(new FileCache(path.join(work, "groups"), onDamage)),
      engine: engines.main,
      place: {
        origin: loaded.blog.settings.url,
        bodiesDir: path.join(work, "bodies"),
        outDir: tree.folder,
      },
    }).catch((error: unknown) => {
      tree.keep();
      throw error;
    });
    const [engine, rendered] = await bundling;
    const removed = await phases.run("publish", () => {
      for (const one of [engine, rendered.engine]) if (one !== null) linkClient(one.folder, making);
      copyPublic(publics, tree);
      const orphans = tree.prune();
      tree.publish(outDir, say);
      return orphans.length;
    });
    return {
      ...{ blog: loaded.blog, outDir, pages, files: tree.entries.size, made, removed },
      spentMs: phases.spentMs,
    };
  } finally {
    await engines.end();
  }
}

/** Checks what the last build left, beside the reading of the content. */
function startChecking(work: string): Promise<CheckedTree> {
  const checking = checkTree(path.join(work, "site"), path.join(work, "site.json"));
  checking.catch(() => undefined);
  return checking;
}

interface MakeAll {
  readonly phases: Phases;
  readonly memory: GroupMemory;
  readonly engine: Promise<Engine>;
  readonly place: Omit<RenderPlace, "engineDir">;
}

/**
 * Makes what the tree doesn't hold yet: pages and search in threads, the rest here, all at the
 * same time. @returns how many files that were, and how many pages there are.
 */
async function makeAll(
  { early, whole }: Plans,
  given: MakeOptions,
  { phases, memory, engine, place }: MakeAll,
): Promise<{ made: number; pages: number }> {
  const stop = new AbortController();
  for (const needed of [engine, whole]) needed.catch((error: unknown) => stop.abort(error));
  const making = { ...given, signal: stop.signal };
  const { tree, extras } = making;
  const listed: string[] = [];
  let pages = 0;
  const onPage = (path: string, isListed: boolean): void => {
    pages += 1;
    if (isListed) listed.push(path);
  };
  async function* jobs({ key: engineKey }: Engine) {
    const options = { memory, engineKey, tree, extras, onPage };
    for (const job of pageJobs({ ...options, groups: early.pages.filter(isEarly) })) {
      stop.signal.throwIfAborted();
      yield job;
    }
    yield* pageJobs({ ...options, groups: (await whole).pages.filter(isLate) });
  }
  const works = await Promise.allSettled([
    phases.run("search", async () => makeFiles(await early.searchFiles(whole), making)),
    engine.then((made) =>
      phases.run("pages", () =>
        renderPages({ ...place, engineDir: made.folder }, jobs(made), (page) => tree.record(page.file, page)),
      ),
    ),
    makeGroups(early.files.filter(isEarly), making, phases),
    whole.then(({ files }) => makeGroups(files.filter(isLate), making, phases)),
  ]);
  const [{ folder }, plan] = await Promise.all([engine, whole]);
  const counts = works.map((work) => {
    if (work.status === "rejected") throw work.reason;
    return work.value;
  });
  const offline = offlineFactsOf(tree, folder, plan);
  const about = plan.filesAbout({ csp: contentPolicyOf(tree), listed, offline });
  counts.push(await phases.run("files", () => makeFiles(about, making)));
  return { made: counts.reduce((sum, count) => sum + count, 0), pages };
}

/** One group after the other, so that the report can say what each cost. */
async function makeGroups(
  groups: readonly FileGroup[],
  making: MakeOptions,
  phases: Phases,
): Promise<number> {
  let count = 0;
  for (const { name, list } of groups) count += await phases.run(name, () => makeFiles(list(), making));
  return count;
}

/** What the service worker has to know of the pages and of the files that they link to. */
function offlineFactsOf(tree: OutputTree, engineDir: string, { pages }: SitePlan): OfflineFacts | null {
  const page = pages.find(({ routes }) => routes.includes("offline"))?.pages()[0];
  if (page === undefined) return null;
  return { page: tree.read(outputFile(page.path)).toString("utf8"), client: clientFiles(engineDir) };
}

/** The policy that Astro wrote into the pages, for hosts that send it as a header. */
function contentPolicyOf(tree: OutputTree): string {
  const home = tree.read("index.html").toString("utf8");
  const policy = /<meta http-equiv="content-security-policy" content="([^"]*)">/.exec(home)?.[1];
  if (policy === undefined) throw new Error("The home page carries no Content Security Policy");
  return policy;
}

function damageTeller({ root, say }: BuildOptions): (file: string) => void {
  return (file) => say(`Threw away a damaged file of the cache: ${path.relative(root, file)}`);
}

/** More than a few files are told by their number. */
const NAMED = 5;

function tellDamaged(files: readonly string[], options: BuildOptions): void {
  files.slice(0, NAMED).forEach(damageTeller(options));
  if (files.length > NAMED)
    options.say(`Threw away ${files.length - NAMED} more that no build had left like that.`);
}
