/** One error that the author can fix: what is wrong, where, what was expected and a corrected example. */
export interface AuthorIssue {
  /** The problem, in one sentence without a final period. */
  readonly message: string;
  /** Path from the project's root, with forward slashes, such as `content/posts/hello.mdx`. */
  readonly file: string;
  /** 1-based line in `file`, if known. */
  readonly line?: number;
  /** The expected value and a fix; can contain a corrected example over several lines. */
  readonly hint: string;
}

/** All errors of one run. Printed without a stack by every command. */
export class AuthorError extends Error {
  readonly issues: readonly AuthorIssue[];

  constructor(issues: readonly AuthorIssue[]) {
    const all = distinct(issues);
    super(formatIssues(all));
    this.name = "AuthorError";
    this.issues = all;
  }
}

/**
 * Formats issues for the author: each as `file:line`, message and indented hint, sorted by file and line, then the
 * count.
 */
export function formatIssues(issues: readonly AuthorIssue[]): string {
  const sorted = [...issues].sort(
    (a, b) =>
      compareText(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || compareText(a.message, b.message),
  );
  const blocks = sorted.map((issue) => {
    const place = issue.line === undefined ? issue.file : `${issue.file}:${issue.line}`;
    const hint = issue.hint
      .split("\n")
      .map((line) => (line === "" ? "" : `    ${line}`))
      .join("\n");
    return `${place}\n  ${issue.message}\n${hint}`;
  });
  const count = sorted.length === 1 ? "1 error" : `${sorted.length} errors`;
  return `${blocks.join("\n\n")}\n\n${count} to fix.`;
}

/** Removes duplicate issues. */
function distinct(issues: readonly AuthorIssue[]): AuthorIssue[] {
  return [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
