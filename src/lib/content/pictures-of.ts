import type { Blog } from "./model.ts";

/** All pictures and films that posts, pages and authors show: paths from the project's root, each once. */
export function picturesOf({ posts, pages, authors }: Blog): readonly string[] {
  const named = [...posts.map(({ cover }) => cover), ...authors.map(({ photo }) => photo)];
  const inBodies = [...posts, ...pages].flatMap(({ body }) => body.pictures);
  return [...new Set([...inBodies, ...named.flatMap((picture) => (picture === null ? [] : [picture.file, ...(picture.dark === undefined ? [] : [picture.dark])]))])];
}
