import type { AuthorIssue } from "../../author-error.ts";

/** `md`: CommonMark and GFM with HTML; `mdx`: Markdown with components and expressions. */
export type BodyFormat = "md" | "mdx";

/** An error or note found while preparing a text; its line refers to the author's text. */
export interface LineIssue extends Pick<AuthorIssue, "message" | "hint"> {
  /** 1-based. */
  readonly line: number;
}

/** A body with all dialects converted to plain Markdown or MDX. */
export interface PreparedText {
  readonly text: string;
  /** For each line of `text`, the 1-based line of the author's text that it comes from. */
  readonly lines: readonly number[];
  readonly issues: readonly LineIssue[];
  /** Notes for the author. */
  readonly notes: readonly LineIssue[];
}

/** Maps a line of the prepared text to the author's line, both 1-based. */
export function originalLine(lines: readonly number[], line: number): number {
  return lines[line - 1] ?? lines.at(-1) ?? 1;
}
