import type { Author } from "../content/model.ts";
import type { BlogIndex } from "./blog-index.ts";
import type { ViewInput } from "./context.ts";

/** The authors that lists name: all of them, or in another language those who write in it. */
export function authorsHere(
  { blog, context: { languages } }: ViewInput,
  index: BlogIndex,
): readonly Author[] {
  const isMain = languages === undefined || languages.here.language.prefix === "";
  return isMain ? blog.authors : blog.authors.filter(({ id }) => index.byAuthor.has(id));
}
