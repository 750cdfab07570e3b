declare module "virtual:backfence/mdx-posts" {
  import type { AstroComponentFactory } from "astro/runtime/server/index.js";

  /** Posts with imports or expressions: slug → function that imports the compiled post. */
  export const mdxPosts: Readonly<Record<string, () => Promise<{ default: AstroComponentFactory }>>>;
}

declare module "virtual:backfence/dev-mdx-posts" {
  /** The same in dev; empty in a build, where bodies are rendered beforehand. */
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

declare module "virtual:backfence/theme" {
  /** URL of the font file that pages preload; null when system fonts are used. */
  export const font: string | null;
  /** Drawings of the theme as SVG documents, or null. Importing the module loads the theme's style sheets. */
  export const artwork: {
    readonly footer: string | null;
    readonly empty: string | null;
    readonly notFound: string | null;
  };
}

declare module "virtual:backfence/container-renderers" {
  import type { AstroRenderer } from "astro";

  /** Renderers of the project's UI frameworks, for Astro's Container API; only in dev. */
  export const renderers: AstroRenderer[];
}
