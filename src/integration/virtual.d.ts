declare module "virtual:backfence/mdx-posts" {
  import type { AstroComponentFactory } from "astro/runtime/server/index.js";

  /** Posts with imports or expressions of their own: slug → function that imports the compiled post. */
  export const mdxPosts: Readonly<Record<string, () => Promise<{ default: AstroComponentFactory }>>>;
}

declare module "virtual:backfence/dev-mdx-posts" {
  /** The same in dev; empty in a build, where texts are rendered beforehand. */
  export { mdxPosts } from "virtual:backfence/mdx-posts";
}

declare module "virtual:backfence/user-head" {
  /** Elements that the user adds to the head of every page. */
  export const head: readonly {
    readonly tag: "link" | "meta" | "script" | "style" | "noscript" | "base";
    readonly attrs: Readonly<Record<string, string | true>>;
    readonly content: string;
  }[];
}
