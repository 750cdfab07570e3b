import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { writeCorpus } from "./corpus.ts";
import { measure, median, type Cost } from "./measure.ts";

/** One kind of build: what is done to the author's folder before each run of it. */
interface Scenario {
  readonly name: string;
  readonly args: readonly string[];
  /** @param turn counts the runs, so that each edit is another one. */
  change(content: string, turn: number): void;
}

const SCENARIOS: readonly Scenario[] = [
  { name: "cold", args: ["--clean"], change: () => {} },
  { name: "nothing changed", args: [], change: () => {} },
  {
    name: "one post edited",
    args: [],
    change: (content, turn) => appendFileSync(postFile(content), `\nEdit ${turn}.\n`),
  },
  { name: "one response added", args: [], change: addResponse },
  { name: "one tag added", args: [], change: (content, turn) => addTag(content, `fresh-${turn}`) },
  { name: "one new post", args: [], change: addPost },
];

/** `-- build N [runs]`: what each kind of build costs with N posts, by phase. Medians. */
export async function run([count = "1000", runs = "3"]: readonly string[]): Promise<void> {
  const work = path.resolve(".cache/bench", `build-${count}`);
  const content = path.join(work, "content");
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  await writeCorpus(content, Number(count));
  console.log(`| ${count} posts | wall s | CPU s | peak MB | phases |\n|---|---|---|---|---|`);
  for (const scenario of SCENARIOS) {
    const costs: Cost[] = [];
    for (let turn = 0; turn < Number(runs); turn += 1) {
      scenario.change(content, turn);
      costs.push(await build(work, content, scenario));
    }
    console.log(row(scenario.name, costs));
  }
}

function build(work: string, content: string, { name, args }: Scenario): Promise<Cost> {
  const folders = [
    "--content",
    content,
    "--out",
    path.join(work, "dist"),
    "--cache",
    path.join(work, "cache"),
  ];
  const command = path.resolve("src/cli/build.ts");
  return measure({
    name,
    command: process.execPath,
    args: [command, ...folders, ...args],
    cwd: process.cwd(),
  });
}

function row(name: string, costs: readonly Cost[]): string {
  const seconds = (figure: (cost: Cost) => number) => (median(costs.map(figure)) / 1000).toFixed(2);
  const phases = /\(([^)]*)\)\./.exec(costs.at(-1)?.output ?? "")?.[1] ?? "";
  const peak = median(costs.map((cost) => cost.peakMb)).toFixed(0);
  return `| ${name} | ${seconds((cost) => cost.wallMs)} | ${seconds((cost) => cost.cpuMs)} | ${peak} | ${phases} |`;
}

/** The post in the middle of the archive. */
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
