import path from "node:path";
import type { Plugin } from "vite";
import type { Post } from "../../lib/content/model.ts";

/** A post with imports or expressions, which Astro has to compile and render. */
export interface MdxPost {
  readonly slug: string;
  /** Source file, absolute. */
  readonly file: string;
}

/** Posts with imports or expressions. @param home absolute folder that paths of posts are relative to. */
export function mdxPostsOf(posts: readonly Post[], home: string): MdxPost[] {
  return posts
    .filter((post) => post.body.kind === "module")
    .map(({ slug, file }) => ({ slug, file: path.resolve(home, file) }));
}

/** Id of the module in Vite's module graph. */
export const MDX_POSTS_ID = "\0virtual:backfence/mdx-posts";

/**
 * `virtual:backfence/mdx-posts`: slug → function that imports the compiled post. `virtual:backfence/dev-mdx-posts` is
 * the same in dev and empty in a build, so that post pages don't link the style sheets of all posts.
 */
export function mdxPostsPlugin(command: "build" | "dev", posts: () => Promise<readonly MdxPost[]>): Plugin {
  return {
    name: "backfence:mdx-posts",
    resolveId: {
      filter: { id: /^virtual:backfence\/(?:dev-)?mdx-posts$/ },
      handler: (id) => (command === "dev" ? MDX_POSTS_ID : `\0${id}`),
    },
    load: {
      filter: { id: /^\0virtual:backfence\/(?:dev-)?mdx-posts$/ },
      handler: async (id) => codeFor(id === MDX_POSTS_ID ? await posts() : []),
    },
  };
}

function codeFor(posts: readonly MdxPost[]): string {
  const entries = posts.map(
    ({ slug, file }) => `${JSON.stringify(slug)}: () => import(${JSON.stringify(file)}),`,
  );
  return `export const mdxPosts = {\n${entries.join("\n")}\n};`;
}
