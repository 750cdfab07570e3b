/** The report of an import as a self-contained page: no scripts, no external resources. */
import { escapeHtml } from "../../escape.ts";
import { FORMAT_NAMES } from "../detect.ts";
import type { ImportResult } from "../import-options.ts";
import { FATES, RECORD_KINDS } from "../ledger.ts";
import { counted } from "./counted.ts";
import { groupedDoubts } from "./grouped-doubts.ts";
import { earlierLines } from "./report-text.ts";
import { REPORT_CSS } from "./report-css.ts";
import { yearChart } from "./year-chart.ts";

const FATE_HEADS = {
  written: "Written",
  kept: "Kept, not published",
  private: "Private, not written",
  spam: "Held as spam",
  raw: "Stored as it is",
  ignored: "Left out",
} as const;

/** The whole page. */
export function reportHtml(result: ImportResult): string {
  const { counts } = result;
  const title = `Import of ${result.title}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<style>
${REPORT_CSS}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p class="lead">From ${escapeHtml(FORMAT_NAMES[result.format])}${result.oldUrl === null ? "" : `, ${escapeHtml(result.oldUrl)}`}. Every record of the export is accounted for below.</p>
<ul class="figures">
${figure(counts.posts, "post")}${counts.notes === 0 ? "" : figure(counts.notes, "note")}${figure(counts.pages, "page")}${figure(counts.drafts, "draft")}${figure(counts.responses, "response")}${figure(counts.aliases, "old address", "old addresses")}${figure(counts.pictures, "picture")}</ul>
<h2>By year</h2>
${yearChart(result.years)}
<h2>Every record</h2>
${ledgerTable(result)}
${list(
  "Why records were left out",
  result.ignored.map(({ reason, count }) => `${count} × ${reason}`),
)}
<h2>Pictures, links and privacy</h2>
<ul>
<li>Pictures that became links to their old place, because the file is missing: ${counts.remotePictures} of ${counts.pictures}</li>
<li>Pictures without a description: ${counts.undescribedPictures}</li>
<li>Converted links: ${counts.links}; videos and frames: ${counts.embeds}</li>
<li>Email and IP addresses in the export: ${counts.maskedAddresses}; in the written files: none</li>
</ul>
${list("Damaged pictures", counts.brokenPictures)}
${doubts(result)}
${texts(result)}
${list("Files that were edited by hand and stay as they are", result.files.kept)}
${list("Kept from earlier imports, because this export lacks them", earlierLines(result))}
</main>
</body>
</html>
`;
}

function figure(count: number, noun: string, nouns = `${noun}s`): string {
  return `<li><strong>${count.toLocaleString("en")}</strong> ${count === 1 ? noun : nouns}</li>\n`;
}

function ledgerTable({ ledger }: ImportResult): string {
  const heads = ["Record", "Read", ...FATES.map((fate) => FATE_HEADS[fate])];
  const rows = RECORD_KINDS.filter((kind) => ledger[kind].read > 0).map((kind) => {
    const cells = [ledger[kind].read, ...FATES.map((fate) => ledger[kind][fate])];
    return `<tr><th scope="row">${kind}</th>${cells.map((count) => `<td>${count === 0 ? "–" : count.toLocaleString("en")}</td>`).join("")}</tr>`;
  });
  return `<section class="scroll" aria-label="Every record" tabindex="0"><table>
<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table></section>`;
}

function list(title: string, items: readonly string[]): string {
  if (items.length === 0) return "";
  return `<h2>${title}</h2>\n<ul>\n${items.map((item) => `<li>${escapeHtml(item)}</li>`).join("\n")}\n</ul>`;
}

/** List of doubts; those with the same message are grouped. */
function doubts(result: ImportResult): string {
  if (result.doubts.length === 0) return "";
  const items = groupedDoubts(result.doubts).map(({ message, places }) => {
    const [first = ""] = places;
    if (places.length === 1) return `<li>${escapeHtml(first)}: ${escapeHtml(message)}</li>`;
    const list = places.map((place) => `<li>${escapeHtml(place)}</li>`).join("\n");
    return `<li><details><summary>${places.length} × ${escapeHtml(message)}</summary>\n<ul>\n${list}\n</ul></details></li>`;
  });
  return `<h2>Doubts</h2>\n<ul>\n${items.join("\n")}\n</ul>`;
}

function texts({ texts: noted }: ImportResult): string {
  if (noted.length === 0) return "";
  const items = noted.map(({ title, file, notes }) => {
    const lines = notes.map((note) => `<li>${escapeHtml(note)}</li>`).join("\n");
    return `<li><strong>${escapeHtml(title)}</strong> <code>${escapeHtml(file)}</code>\n<ul>\n${lines}\n</ul></li>`;
  });
  return `<details class="texts"><summary>${counted(noted.length, "text")} with something to look at</summary>\n<ul>\n${items.join("\n")}\n</ul></details>`;
}
