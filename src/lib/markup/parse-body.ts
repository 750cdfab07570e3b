import { mdxToHast } from "satteri";
import type { Root } from "hast";
import type { AuthorIssue } from "../author-error.ts";
import type { BodySource } from "./render-body.ts";

/** The tree of a body, or null and the reason why it can't be read. */
export function parseBody(source: BodySource): { root: Root | null; issues: readonly AuthorIssue[] } {
  try {
    const root = mdxToHast(source.source, { features: { frontmatter: false } });
    if (root.type !== "root") throw new Error("the parser returned no root");
    return { root, issues: [] };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { root: null, issues: [{ message, file: source.file, hint: "Mend the MDX." }] };
  }
}
