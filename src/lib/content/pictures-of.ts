import type { Blog } from "./model.ts";

/** All pictures and videos of posts, pages and authors: paths from the project's root, without duplicates. */
export function picturesOf({ posts, pages, authors }: Blog): readonly string[] {
  const named = [...posts.map(({ cover }) => cover), ...authors.map(({ photo }) => photo)];
  const inBodies = [...posts, ...pages].flatMap(({ body }) => body.pictures);
  return [...new Set([...inBodies, ...named.flatMap((picture) => (picture === null ? [] : [picture.file, ...(picture.dark === undefined ? [] : [picture.dark])]))])];
}
