import { usualAddress } from "../markdown/text-files.ts";
import type { BodyLink, Post } from "./model.ts";

/** A text and the links in it. */
interface Linking {
  readonly body: { readonly links: readonly BodyLink[] };
}

/**
 * Posts with an alias for each link that names their file. A link to a file (`[[name]]`, `./other.md`) is written as
 * the usual address of that file while texts are rendered; a permalink pattern or `slug:` may have given the post
 * another one, which is known only when all posts have been read.
 */
export function withLinkedFiles(posts: readonly Post[], others: readonly Linking[]): readonly Post[] {
  const byUsual = new Map(
    posts.flatMap((post) => {
      const usual = usualAddress(post.file);
      return usual === null || usual === post.path ? [] : [[usual, post] as const];
    }),
  );
  if (byUsual.size === 0) return posts;
  const taken = new Set(posts.map(({ path }) => path));
  const wanted = new Map<Post, Set<string>>();
  for (const { body } of [...posts, ...others])
    for (const { url } of body.links) {
      const address = url.replace(/[?#].*$/s, "");
      const post = byUsual.get(address);
      if (post === undefined || taken.has(address) || post.aliases.includes(address)) continue;
      wanted.set(post, (wanted.get(post) ?? new Set()).add(address));
    }
  return posts.map((post) => {
    const more = wanted.get(post);
    return more === undefined ? post : { ...post, aliases: [...post.aliases, ...more] };
  });
}
