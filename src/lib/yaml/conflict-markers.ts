import type { AuthorIssue } from "../author-error.ts";

/**
 * Issue for a file with git conflict markers, or null. Markers inside a code fence are ignored.
 * @param text with `\n` line endings.
 */
export function conflictIssue(text: string, file: string): AuthorIssue | null {
  if (!/^(?:<{7}|>{7}) /m.test(text)) return null;
  let fence: string | null = null;
  let begin: number | null = null;
  let middle: number | null = null;
  let left: AuthorIssue | null = null;
  for (const [at, line] of text.split("\n").entries()) {
    const mark: string | undefined = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined && fence === null) fence = mark;
    else if (mark !== undefined && fence !== null && isClosing(line, fence)) fence = null;
    if (fence !== null) continue;
    if (/^(?:<{7}|>{7}) [\w./-]+(?: \(.*\)| changes)?\s*$/.test(line)) left ??= leftOver(file, line, at);
    if (/^<{7} /.test(line)) [begin, middle] = [at, null];
    else if (/^={7}\s*$/.test(line) && begin !== null) middle = at;
    else if (/^>{7} /.test(line) && begin !== null && middle !== null)
      return conflict(file, begin, middle, at);
  }
  return left;
}

/** Issue for a single marker that was left when the others were removed. */
function leftOver(file: string, line: string, at: number): AuthorIssue {
  return {
    message: `A conflict marker of a git merge is left here: ${line.trim()}`,
    file,
    line: at + 1,
    hint: "Check the lines around it, then remove it. For the characters themselves, put a backslash before them.",
  };
}

function isClosing(line: string, fence: string): boolean {
  const closing = line.trim();
  return closing.length >= fence.length && closing === fence.charAt(0).repeat(closing.length);
}

function conflict(file: string, begin: number, middle: number, end: number): AuthorIssue {
  return {
    message: `A git merge left its conflict markers here (lines ${begin + 1}, ${middle + 1} and ${end + 1})`,
    file,
    line: begin + 1,
    hint: "Keep one of the two versions, or both, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>.",
  };
}
