import { appendFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import { benchSite } from "./bench-site.ts";
import { corpusPosts, type CorpusPost } from "./corpus.ts";
import { measure, median, type Cost } from "./measure.ts";
import { astro } from "./peers/astro.ts";
import { checkEdit, checkSite, countPages } from "./peers/check-site.ts";
import { eleventyBaseBlog } from "./peers/eleventy-base-blog.ts";
import { eleventy } from "./peers/eleventy.ts";
import { hexo } from "./peers/hexo.ts";
import { hugo } from "./peers/hugo.ts";
import { jekyll } from "./peers/jekyll.ts";
import type { Peer } from "./peers/peer.ts";
import { saveResults } from "./results.ts";
import { setAside } from "./set-aside.ts";

/** Folders that `prepare` writes into; files of an earlier version must be removed from them. */
const WRITTEN = [
  "_includes",
  "_layouts",
  "_plugins",
  "_posts",
  "content",
  "layouts",
  "pictures",
  "public",
].concat(["scripts", "source", "src", "static", "themes"]);

const PEERS: readonly Peer[] = [hugo, eleventy, eleventyBaseBlog, astro, hexo, jekyll];

/** Cost of one full build, with the search index separate. */
interface Run {
  readonly build: Cost;
  /** Null where the search index is part of the build. */
  readonly search: Cost | null;
}

interface Runs {
  readonly cold: Run[];
  readonly edited: Run[];
}

/**
 * `-- peers N [runs] [names]`: builds the same posts with other generators, each alternating with Backfence, so that a
 * ratio compares consecutive runs. Pagefind indexes the peers' output.
 */
export async function run([count = "1000", runs = "3", names = ""]: readonly string[]): Promise<void> {
  const work = path.resolve(".cache/bench/peers");
  const wanted = peersNamed(names);
  const posts = corpusPosts(Number(count));
  const own = await ownSite(`backfence-${count}`, Number(count));
  const rows: string[] = [];
  for (const peer of wanted) {
    const folder = path.join(work, `${idOf(peer)}-${count}`);
    for (const place of WRITTEN) setAside(path.join(folder, place));
    mkdirSync(folder, { recursive: true });
    await peer.prepare(folder, posts);
    const result = await compare({ peer, folder, posts, own, turns: Number(runs) });
    saveResults(`peers-${count}`, peer.name, result);
    rows.push(row(result));
    console.log(rows.at(-1));
  }
  console.log(
    `\n| ${count} posts | version | pages | cold s | cold with search s | peak MB | after an edit s | with search s | Backfence cold : theirs | Backfence edit : theirs |\n|---|---|---|---|---|---|---|---|---|---|\n${rows.join("\n")}\n\nBackfence makes ${own.pages()} pages of the same posts.`,
  );
}

interface Comparison {
  readonly peer: Peer;
  readonly folder: string;
  readonly posts: readonly CorpusPost[];
  readonly own: OwnSite;
  readonly turns: number;
}

/** Builds both sites alternately. @throws Error when the peer's site lacks something that the comparison requires. */
async function compare({ peer, folder, posts, own, turns }: Comparison): Promise<PeerResult> {
  const theirs: Runs = { cold: [], edited: [] };
  const ours: Runs = { cold: [], edited: [] };
  const site = path.join(folder, peer.output);
  const edited = posts[Math.floor(posts.length / 2)];
  if (edited === undefined) throw new RangeError("A comparison needs posts.");
  let pages = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    theirs.cold.push(await fullBuild(peer, folder, true));
    if (turn === 0) pages = checkSite(peer.name, site, posts, peer.files);
    ours.cold.push(await own.build(true));
    appendFileSync(path.join(folder, peer.postFile(edited)), `\nEdit ${turn}.\n`);
    theirs.edited.push(await fullBuild(peer, folder, false));
    checkEdit(peer.name, site, edited, `Edit ${turn}.`, peer.files);
    own.edit(turn);
    ours.edited.push(await own.build(false));
  }
  return resultOf(peer.name, peer.version(folder), theirs, ours, { theirs: pages, ours: own.pages() });
}

/** Returns a peer's name as used in commands and folders, such as `eleventy-base-blog`. */
function idOf({ name }: Peer): string {
  return name.toLowerCase().replaceAll(" ", "-");
}

/** Returns peers by full name or by the beginning of it; all when no name is given. */
function peersNamed(names: string): Peer[] {
  const asked = names.split(",").filter((name) => name !== "");
  const isCalled = (peer: Peer, name: string): boolean =>
    idOf(peer) === name || idOf(peer).split("-")[0] === name;
  const unknown = asked.find((name) => !PEERS.some((peer) => isCalled(peer, name)));
  if (unknown !== undefined)
    throw new Error(`No generator is called ${unknown}. There are ${PEERS.map(idOf).join(", ")}.`);
  return PEERS.filter((peer) => asked.length === 0 || asked.some((name) => isCalled(peer, name)));
}

async function fullBuild(peer: Peer, folder: string, isCold: boolean): Promise<Run> {
  if (isCold) for (const place of [peer.output, ...peer.caches]) setAside(path.join(folder, place));
  const build = await measure({ name: peer.name, ...peer.build(folder) });
  const args = [
    path.resolve("node_modules/pagefind/lib/runner/bin.cjs"),
    "--site",
    path.join(folder, peer.output),
    "--quiet",
  ];
  const search = await measure({
    name: `Pagefind for ${peer.name}`,
    command: process.execPath,
    args,
    cwd: folder,
  });
  return { build, search };
}

interface OwnSite {
  build(isCold: boolean): Promise<Run>;
  edit(turn: number): void;
  /** Returns the number of pages. */
  pages(): number;
}

/** Backfence with all its additional output: people, conversations, related posts, feeds of all lists. */
async function ownSite(name: string, count: number): Promise<OwnSite> {
  const site = await benchSite(name, count);
  return {
    build: async (isCold) => {
      if (isCold) site.forget();
      return { build: await site.build(), search: null };
    },
    pages: () => countPages(site.outDir),
    edit: (turn) => site.editPost(turn),
  };
}

export interface PeerResult {
  readonly name: string;
  readonly version: string;
  /** Absent from old results, in which pages weren't counted. */
  readonly pages?: number;
  readonly ownPages?: number;
  readonly coldS: number;
  readonly coldWithSearchS: number;
  readonly peakMb: number;
  readonly editedS: number;
  readonly editedWithSearchS: number;
  readonly ownColdS: number;
  readonly ownEditedS: number;
  /** Backfence's time divided by the peer's, both with the search index; the median of the pairs of runs. */
  readonly coldRatio: number;
  /** The same for a build after one edit. */
  readonly editedRatio: number;
}

function resultOf(
  name: string,
  version: string,
  theirs: Runs,
  ours: Runs,
  pages: { readonly theirs: number; readonly ours: number },
): PeerResult {
  const whole = ({ build, search }: Run): number => (build.wallMs + (search?.wallMs ?? 0)) / 1000;
  const alone = ({ build }: Run): number => build.wallMs / 1000;
  const pairs = (own: readonly Run[], other: readonly Run[]): number =>
    median(own.map((one, turn) => whole(one) / whole(other[turn] ?? one)));
  return {
    name,
    version,
    pages: pages.theirs,
    ownPages: pages.ours,
    coldS: median(theirs.cold.map(alone)),
    coldWithSearchS: median(theirs.cold.map(whole)),
    peakMb: median(theirs.cold.map(({ build }) => build.peakMb)),
    editedS: median(theirs.edited.map(alone)),
    editedWithSearchS: median(theirs.edited.map(whole)),
    ownColdS: median(ours.cold.map(whole)),
    ownEditedS: median(ours.edited.map(whole)),
    coldRatio: pairs(ours.cold, theirs.cold),
    editedRatio: pairs(ours.edited, theirs.edited),
  };
}

function row(result: PeerResult): string {
  const { name, version, coldS, coldWithSearchS, peakMb, editedS, editedWithSearchS } = result;
  const figures = [coldS, coldWithSearchS].map((figure) => figure.toFixed(1));
  const later = [editedS, editedWithSearchS].map((figure) => figure.toFixed(1));
  const ratios = [result.coldRatio, result.editedRatio].map((figure) => figure.toFixed(2));
  return `| ${name} | ${version.slice(0, 24)} | ${result.pages} | ${figures.join(" | ")} | ${peakMb.toFixed(0)} | ${later.join(" | ")} | ${ratios.join(" | ")} |`;
}
