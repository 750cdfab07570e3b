import type { Author } from "../content/model.ts";
import type { BlogIndex } from "./blog-index.ts";
import type { ViewInput } from "./context.ts";

/** Authors for lists: all of them, or, in another language than the blog's own, those with posts in it. */
export function authorsHere(
  { blog, context: { languages } }: ViewInput,
  index: BlogIndex,
): readonly Author[] {
  const isMain = languages === undefined || languages.here.language.prefix === "";
  return isMain ? blog.authors : blog.authors.filter(({ id }) => index.byAuthor.has(id));
}
