import { AuthorError } from "../lib/author-error.ts";
import type { BuildReport } from "../integration/build-site.ts";

/** Runs a command; a mistake that the author can mend is printed without a stack, and the exit code is 1. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AuthorError)) throw error;
    console.error(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}

/** What a build says at its end. */
export function buildSummary(report: BuildReport, totalMs: number): string {
  const { blog, pages, files, made, removed } = report;
  const phases = Object.entries(report.spentMs).map(([name, ms]) => `${name} ${seconds(ms)}`);
  const lines = [
    `Built ${pages} pages, ${files} files in all, in ${seconds(totalMs)} (${phases.join(", ")}).`,
    `Made anew: ${made}. Kept: ${files - made}. Removed: ${removed}.`,
  ];
  const { drafts, scheduled } = blog.heldBack;
  if (drafts.length > 0)
    lines.push(`Held back: ${drafts.length} ${drafts.length === 1 ? "draft" : "drafts"}.`);
  if (scheduled.length > 0) {
    const dates = scheduled.map((entry) => `  ${entry.date}  ${entry.title} (${entry.file})`).sort();
    lines.push(`Held back until their date: ${scheduled.length}.`, ...dates);
  }
  return lines.join("\n");
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}
