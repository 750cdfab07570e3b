import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { benchSite, type BenchSite } from "./bench-site.ts";
import { median, type Cost } from "./measure.ts";
import { saveResults } from "./results.ts";

/** One kind of build: the change to the content folder before each run. */
interface Scenario {
  readonly name: string;
  /** @param turn number of the run, so that each edit is different. */
  change(site: BenchSite, turn: number): void;
}

const SCENARIOS: readonly Scenario[] = [
  { name: "cold", change: (site) => site.forget() },
  { name: "nothing changed", change: () => {} },
  {
    name: "one post edited",
    change: ({ contentDir }, turn) => appendFileSync(postFile(contentDir), `\nEdit ${turn}.\n`),
  },
  { name: "one response added", change: ({ contentDir }, turn) => addResponse(contentDir, turn) },
  { name: "one tag added", change: ({ contentDir }, turn) => addTag(contentDir, `fresh-${turn}`) },
  { name: "one new post", change: ({ contentDir }, turn) => addPost(contentDir, turn) },
];

/** Median time and memory of one kind of build. */
export interface BuildResult {
  readonly wallS: number;
  readonly cpuS: number;
  readonly peakMb: number;
}

/** `-- build N [runs]`: median time and memory of each kind of build with N posts. */
export async function run([count = "1000", runs = "3"]: readonly string[]): Promise<void> {
  const site = await benchSite(`build-${count}`, Number(count));
  console.log(`| ${count} posts | wall s | CPU s | peak MB |\n|---|---|---|---|`);
  for (const { name, change } of SCENARIOS) {
    const costs: Cost[] = [];
    for (let turn = 0; turn < Number(runs); turn += 1) {
      change(site, turn);
      costs.push(await site.build());
    }
    const result = resultOf(costs);
    saveResults(`build-${count}`, name, result);
    console.log(row(name, result));
  }
}

function resultOf(costs: readonly Cost[]): BuildResult {
  return {
    wallS: median(costs.map(({ wallMs }) => wallMs / 1000)),
    cpuS: median(costs.map(({ cpuMs }) => cpuMs / 1000)),
    peakMb: median(costs.map(({ peakMb }) => peakMb)),
  };
}

function row(name: string, { wallS, cpuS, peakMb }: BuildResult): string {
  return `| ${name} | ${wallS.toFixed(2)} | ${cpuS.toFixed(2)} | ${peakMb.toFixed(0)} |`;
}

/** Returns the file of the post in the middle of the archive. */
function postFile(content: string): string {
  const posts = readdirSync(path.join(content, "posts")).sort();
  return path.join(content, "posts", posts[Math.floor(posts.length / 2)] ?? "", "index.mdx");
}

function addResponse(content: string, turn: number): void {
  const folder = path.join(content, "responses");
  const file = path.join(folder, readdirSync(folder).sort()[1] ?? "");
  const text = readFileSync(file, "utf8");
  const [first] = (JSON.parse(text) as { children: Record<string, unknown>[] }).children.slice(-1);
  const source = `https://late.example/${turn}`;
  const added = { ...first, url: source, "wm-source": source, "wm-id": 1_000_000 + turn };
  const feed = JSON.parse(text) as { children: unknown[] };
  writeFileSync(file, `${JSON.stringify({ ...feed, children: [...feed.children, added] }, null, 2)}\n`);
}

function addTag(content: string, tag: string): void {
  const file = postFile(content);
  writeFileSync(file, readFileSync(file, "utf8").replace(/^tags: \[/m, `tags: [${tag}, `));
}

function addPost(content: string, turn: number): void {
  const folder = path.join(content, "posts", `fresh-${turn}`);
  mkdirSync(folder, { recursive: true });
  const matter = `title: Fresh ${turn}\ndescription: A new post\ndate: 2026-10-02\nauthors: [author-0]\ntags: [tag-1]`;
  writeFileSync(path.join(folder, "index.mdx"), `---\n${matter}\n---\n\nSome words of a new post.\n`);
}
