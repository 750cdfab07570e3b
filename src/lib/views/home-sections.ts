import type { Post } from "../content/model.ts";
import type { BlogIndex } from "./blog-index.ts";
import type { ViewInput } from "./context.ts";
import { postCard, postRow, type PostCard, type PostRow } from "./post-row.ts";
import { authorView, type AuthorView } from "./post-view.ts";

/** Posts of one tag on a home page with sections. */
export interface SectionView {
  readonly label: string;
  readonly href: string;
  readonly posts: readonly PostCard[];
}

export interface HomeAuthorView {
  readonly author: AuthorView;
  readonly latest: PostRow | null;
}

const SECTIONS = 4;
const PER_SECTION = 3;

/** Sections for the most used tags. A post appears in only one section, and in none if it's shown above them. */
export function homeSections(
  input: ViewInput,
  index: BlogIndex,
  above: readonly Post[],
): { readonly sections: readonly SectionView[]; readonly shown: ReadonlySet<Post> } {
  const { urls } = input.context;
  const shown = new Set(above);
  const sections: SectionView[] = [];
  for (const { label, posts } of index.tags) {
    if (sections.length === SECTIONS) break;
    const own = posts.filter((post) => !shown.has(post) && post.isTitled).slice(0, PER_SECTION);
    if (own.length < 2) continue;
    for (const post of own) shown.add(post);
    sections.push({
      label,
      href: urls.path(urls.tagPath(label)),
      posts: own.map((post) => postCard(input, index, post)),
    });
  }
  return { sections, shown };
}

/** Authors with posts, each with the newest one. */
export function homeAuthors(input: ViewInput, index: BlogIndex): HomeAuthorView[] {
  return input.blog.authors.flatMap((author) => {
    const latest = index.byAuthor.get(author.id)?.[0];
    if (latest === undefined) return [];
    return { author: authorView(input.context, author), latest: postRow(input, index, latest) };
  });
}
