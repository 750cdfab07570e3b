import path from "node:path";
import type { Plugin } from "vite";
import type { Post } from "../../lib/content/model.ts";

/** A post whose text imports modules or holds expressions, so that Astro has to compile and render it. */
export interface MdxPost {
  readonly slug: string;
  /** Its source, absolute. */
  readonly file: string;
}

/** Posts with imports or expressions of their own. @param home folder that paths of posts start from, absolute. */
export function mdxPostsOf(posts: readonly Post[], home: string): MdxPost[] {
  return posts
    .filter((post) => post.body.kind === "module")
    .map(({ slug, file }) => ({ slug, file: path.resolve(home, file) }));
}

/** Id under which the module is known to Vite's module graph. */
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
      handler: async (id) => codeFor(id === MDX_POSTS_ID ? await posts() : [], command),
    },
  };
}

function codeFor(posts: readonly MdxPost[], command: "build" | "dev"): string {
  const load = (file: string): string =>
    command === "dev"
      ? `() => import(${JSON.stringify(file)})`
      : `async () => withoutStacks(await import(${JSON.stringify(file)}))`;
  const entries = posts.map(({ slug, file }) => `${JSON.stringify(slug)}: ${load(file)},`);
  return `${command === "dev" ? "" : WITHOUT_STACKS}export const mdxPosts = {\n${entries.join("\n")}\n};`;
}

/**
 * Astro prints the stack of what the code of a post throws, in which an author finds nothing of theirs. The build reads
 * it as the error's `placeInBundle`, and names the line of the post.
 */
const WITHOUT_STACKS = `const withoutStack = (error) => {
  if (error instanceof Error) [error.placeInBundle, error.stack] = [error.stack, ""];
  return error;
};
const withoutStacks = ({ default: Content }) => {
  const Quiet = (props) => {
    try {
      const content = Content(props);
      return content instanceof Promise ? content.catch((error) => { throw withoutStack(error); }) : content;
    } catch (error) {
      throw withoutStack(error);
    }
  };
  return { default: Object.assign(Quiet, Content) };
};
`;
