import type { FixedFile } from "./fix-content.ts";

/** Report of `check --fix`: each file with its changes; in a preview also the removed and added lines. */
export function fixReport(files: readonly FixedFile[], isPreview: boolean): string {
  if (files.length === 0) return "Nothing to rewrite.";
  const blocks = files.map((fixed) => {
    const lines = isPreview ? changedLines(fixed).map((line) => `\n    ${line}`).join("") : "";
    return `${fixed.file}\n  ${fixed.changes.join(", ")}${lines}`;
  });
  const count = files.length === 1 ? "1 file" : `${files.length} files`;
  const end = isPreview ? `${count} to rewrite; without --dry-run it is done.` : `Rewrote ${count}.`;
  return `${blocks.join("\n")}\n${end}`;
}

/** Lines between the common beginning and the common end of both texts. */
function changedLines({ before, after }: FixedFile): readonly string[] {
  const old = (before ?? "").split(/\r?\n/);
  const now = after.split(/\r?\n/);
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start++;
  let end = 0;
  const most = Math.min(old.length, now.length) - start;
  while (end < most && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;
  return [
    ...old.slice(start, old.length - end).map((line) => `- ${line}`),
    ...now.slice(start, now.length - end).map((line) => `+ ${line}`),
  ];
}
