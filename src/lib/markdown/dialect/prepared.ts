import type { AuthorIssue } from "../../author-error.ts";

/** `md`: CommonMark and GFM with HTML; `mdx`: Markdown with components and expressions. */
export type BodyFormat = "md" | "mdx";

/** A mistake or note found while a text was prepared; its line counts in the author's text. */
export interface LineIssue extends Pick<AuthorIssue, "message" | "hint"> {
  /** 1-based. */
  readonly line: number;
}

/** A body whose dialects have become plain Markdown or MDX. */
export interface PreparedText {
  readonly text: string;
  /** For each line of `text` the 1-based line of the author's that it comes from. */
  readonly lines: readonly number[];
  readonly issues: readonly LineIssue[];
  /** Notes for the author. */
  readonly notes: readonly LineIssue[];
}

/** The author's line of a line in the prepared text, both 1-based. */
export function originalLine(lines: readonly number[], line: number): number {
  return lines[line - 1] ?? lines.at(-1) ?? 1;
}
