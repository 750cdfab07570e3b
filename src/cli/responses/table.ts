import { printableLine } from "./printable.ts";

/** Formats rows as a text table; columns are as wide as their longest cell, two spaces apart. Empty without rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const all = [head, ...rows.map((row) => row.map(printableLine))];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}

/** Prints progress: overwrites one line at a terminal, adds a line in a log. Cut to 100 characters at a terminal. */
export function showProgress({ isInteractive, err }: Progress, text: string): void {
  err(isInteractive ? `\r\u001B[2K${text.slice(0, 100)}` : `${text}\n`);
}

/** Clears the progress line of a terminal. */
export function endProgress({ isInteractive, err }: Progress): void {
  if (isInteractive) err("\r\u001B[2K");
}

interface Progress {
  readonly isInteractive: boolean;
  readonly err: (text: string) => void;
}
