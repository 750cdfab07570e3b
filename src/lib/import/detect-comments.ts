/** Detects comments-only exports by their first bytes. */

export const COMMENT_SYSTEM_NAMES = {
  disqus: "Disqus",
  "isso-database": "Isso (comments.db)",
  isso: "Isso (JSON)",
  commento: "Commento",
  remark42: "Remark42",
  staticman: "Staticman",
  github: "giscus or utterances (GitHub)",
} as const;

export type CommentSystem = keyof typeof COMMENT_SYSTEM_NAMES;

export function isCommentSystem(format: string): format is CommentSystem {
  return Object.hasOwn(COMMENT_SYSTEM_NAMES, format);
}

/** Detects all systems except Staticman, whose files are recognized by their paths. */
export function commentSystemOf(head: string): CommentSystem | null {
  if (/^SQLite format 3\0/.test(head))
    return /CREATE TABLE\s+(?:IF NOT EXISTS\s+)?["']?threads/i.test(head) ? "isso-database" : null;
  if (/<disqus[\s>]|xmlns=["']https?:\/\/disqus\.com["']/.test(head)) return "disqus";
  if (!/^\s*[[{]/.test(head)) return null;
  if (/^\s*\{\s*"version"\s*:\s*\d+\s*,\s*"users"\s*:/.test(head)) return "remark42";
  if (/"comment(?:er)?Hex"\s*:/.test(head)) return "commento";
  if (/"login"\s*:/.test(head) && /"comments"\s*:\s*[[{]/.test(head)) return "github";
  if (/"discussions"\s*:\s*\{/.test(head)) return "github";
  const isIsso = /^\s*\[\s*\{/.test(head) && /"comments"\s*:\s*\[/.test(head) && /"created"\s*:/.test(head);
  return isIsso ? "isso" : null;
}
