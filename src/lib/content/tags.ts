import { tagSlug } from "../site/slug.ts";
import type { Post } from "./model.ts";

export interface Tag {
  /** As authors write it. */
  readonly label: string;
  /** Its name in addresses. */
  readonly slug: string;
  /** Newest first. */
  readonly posts: readonly Post[];
}

/** All tags of the posts, in the alphabetical order of a language. @param posts newest first. */
export function tagsOf(posts: readonly Post[], lang: string): readonly Tag[] {
  const groups = new Map<string, { label: string; slug: string; posts: Post[] }>();
  for (const post of posts) {
    for (const label of post.tags) {
      const slug = tagSlug(label);
      const group = groups.get(slug);
      if (group === undefined) groups.set(slug, { label, slug, posts: [post] });
      else group.posts.push(post);
    }
  }
  const collator = new Intl.Collator(lang, { numeric: true });
  return [...groups.values()].sort(
    (a, b) => collator.compare(a.label, b.label) || (a.slug < b.slug ? -1 : 1),
  );
}
