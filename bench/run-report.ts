import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format } from "prettier";
import type { BuildResult } from "./run-build.ts";
import type { DevResult } from "./run-dev.ts";
import type { PeerResult } from "./run-peers.ts";
import type { SearchResult } from "./run-search.ts";
import { barChart, type Bar } from "./bar-chart.ts";
import { machine, readResults } from "./results.ts";

const DOCUMENT = path.resolve("docs/speed.md");
const CHART = path.resolve("docs/pictures/speed.svg");
const BEGIN = "<!-- figures: npm run bench -- report -->";
const END = "<!-- end of the figures -->";

type Row = readonly (string | number)[];

/** `-- report`: writes the figures of the last runs between the two markers in `docs/speed.md`, and draws the chart. */
export async function run(): Promise<void> {
  const text = readFileSync(DOCUMENT, "utf8");
  const [before, rest] = [text.slice(0, text.indexOf(BEGIN)), text.slice(text.indexOf(END))];
  if (!text.includes(BEGIN) || !text.includes(END)) throw new Error(`${DOCUMENT} has lost its marks`);
  const parts = [machineLine(), peersPart(), buildPart(), devPart(), searchPart()];
  const written = `${before}${BEGIN}\n\n${parts.filter((part) => part !== "").join("\n\n")}\n\n${rest}`;
  writeFileSync(DOCUMENT, await format(written, { parser: "markdown", printWidth: 110 }));
  console.log(`${DOCUMENT} and its chart say what the last runs measured.`);
}

function machineLine(): string {
  return `Measured on ${machine()}.`;
}

function peersPart(): string {
  return Object.keys(readResults())
    .filter((name) => name.startsWith("peers-"))
    .map((name) => peersTable(name.slice("peers-".length), Object.values(resultsOf<PeerResult>(name))))
    .join("\n\n");
}

function peersTable(count: string, results: readonly PeerResult[]): string {
  const sorted = results.toSorted((a, b) => a.coldWithSearchS - b.coldWithSearchS);
  const rows: Row[] = sorted.map((result) => [
    `${result.name} ${/[\d.]+/.exec(result.version)?.[0] ?? ""}`,
    result.pages === undefined ? "–" : thousands(result.pages),
    ...[result.coldWithSearchS, result.editedWithSearchS].map((figure) => figure.toFixed(1)),
    ...[result.coldRatio, result.editedRatio].map((ratio) => ratio.toFixed(2)),
    result.peakMb.toFixed(0),
  ]);
  if (count === "5000") drawChart(sorted);
  const chart = count === "5000" ? "![Seconds that each generator takes](pictures/speed.svg)\n\n" : "";
  return `### ${thousands(count)} posts through other generators, with a search index\n\n${chart}${table(
    ["generator", "pages", "cold s", "after an edit s", "cold ratio", "edit ratio", "peak MB"],
    rows,
  )}${ownPages(sorted)}`;
}

function ownPages(results: readonly PeerResult[]): string {
  const pages = results.find(({ ownPages }) => ownPages !== undefined)?.ownPages;
  return pages === undefined
    ? ""
    : `\n\nRatios are the time of Backfence, which makes ${thousands(pages)} pages of the same posts, divided by theirs.`;
}

function drawChart(results: readonly PeerResult[]): void {
  const [first] = results;
  if (first === undefined) return;
  const own: Bar[] = [
    { name: "Backfence, after one edit", value: first.ownEditedS, isOwn: true },
    { name: "Backfence, cold", value: first.ownColdS, isOwn: true },
  ];
  const bars = [
    ...own,
    ...results.map(({ name, coldWithSearchS }) => ({ name, value: coldWithSearchS, isOwn: false })),
  ].sort((a, b) => a.value - b.value);
  writeFileSync(CHART, barChart("Seconds to build 5,000 posts with their search index", bars));
}

function buildPart(): string {
  const sizes = Object.keys(readResults())
    .filter((name) => name.startsWith("build-"))
    .map((name) => Number(name.slice("build-".length)))
    .sort((a, b) => a - b);
  const results = sizes.map((size) => resultsOf<BuildResult>(`build-${size}`));
  const rows = Object.keys(results[0] ?? {}).map((kind) => [
    kind,
    ...results.flatMap((all) => {
      const result = all[kind];
      return result === undefined
        ? ["–", "–", "–"]
        : [result.wallS.toFixed(1), result.cpuS.toFixed(1), result.peakMb.toFixed(0)];
    }),
  ]);
  if (rows.length === 0) return "";
  const head = ["build", ...sizes.flatMap((size) => [`${thousands(size)}: wall s`, "CPU s", "peak MB"])];
  return `### Backfence\n\n${table(head, rows)}`;
}

function devPart(): string {
  const rows = Object.values(resultsOf<DevResult>("dev")).map((result) => [
    thousands(result.posts),
    result.firstReadyS.toFixed(1),
    result.readyS.toFixed(1),
    result.editMs.toFixed(0),
    ...result.memoryMb.map((mb) => mb.toFixed(0)),
    result.edits,
  ]);
  if (rows.length === 0) return "";
  const head = [
    "posts",
    "very first start s",
    "ready s",
    "saved edit shown ms",
    "MB after 50 edits",
    "MB at the end",
    "edits",
  ];
  return `### The dev server\n\n${table(head, rows)}`;
}

function searchPart(): string {
  const rows = Object.values(resultsOf<SearchResult>("search")).map(
    ({ posts, indexMb, indexFiles, first, second }) => [
      ...[thousands(posts), indexMb.toFixed(1), indexFiles],
      ...[first, second].map(({ kilobytes, ms }) => `${kilobytes.toFixed(0)} KB, ${ms.toFixed(0)} ms`),
    ],
  );
  if (rows.length === 0) return "";
  const head = ["posts", "index MB", "files", "first query", "second query"];
  return `### Search\n\n${table(head, rows)}`;
}

/** Returns the saved results of one benchmark. The type is the caller's claim: nothing validates the file. */
function resultsOf<Result>(bench: string): Readonly<Record<string, Result>> {
  return (readResults()[bench] ?? {}) as Readonly<Record<string, Result>>;
}

function table(head: readonly string[], rows: readonly Row[]): string {
  const line = (cells: Row): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function thousands(count: string | number): string {
  return Number(count).toLocaleString("en");
}
