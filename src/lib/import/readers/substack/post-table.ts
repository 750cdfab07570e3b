/** `posts.csv` of a Substack export: one row for each post, page, thread and draft. */

/** Required columns: without them, it's unknown who may read a post. */
export const NEEDED_COLUMNS = ["post_id", "is_published", "audience"] as const;

export function isPostTable(head: string): boolean {
  const columns = (head.split("\n", 1)[0] ?? "").split(",").map((name) => name.trim().replaceAll('"', ""));
  return NEEDED_COLUMNS.every((name) => columns.includes(name));
}
