import path from "node:path";
import { fileURLToPath } from "node:url";
import { defineHastPlugin } from "satteri";
import type { HastPluginInput } from "satteri";
import { AuthorError } from "../author-error.ts";
import type { PictureResolver } from "../images/image-resolver.ts";
import type { ElementContent, Nodes, Root, RootContent } from "./mdx-nodes.ts";
import { htmlOf, renderTree } from "./render-tree.ts";

/** What the plugin needs to know about the blog. */
export interface BackfencePluginOptions {
  /** The project's root folder, absolute. */
  readonly root: string;
  /** Base path of the site, `/` or `/blog/`. */
  readonly base: string;
  readonly pictures: PictureResolver;
  /** Language of a post or page, by its path from the root. */
  readonly langOf: (file: string) => string;
  /** Whether a file, by its path from the root, is a post or page of the blog. Other files stay as they are. */
  readonly isContent: (file: string) => boolean;
}

/**
 * The full way of a body, for posts that bring imports or expressions of their own: Astro compiles it, and this
 * plugin puts the very tree in place that the plain way would have made. Whatever needs no Astro goes in as finished
 * HTML, so both ways can't differ.
 * @throws AuthorError with every mistake in the body.
 */
export function backfencePlugin(options: BackfencePluginOptions): HastPluginInput {
  return defineHastPlugin({
    name: "backfence",
    async after(root, context) {
      if (context.fileURL === undefined)
        throw new Error("A body can't be compiled without its file's address");
      const file = path.relative(options.root, fileURLToPath(context.fileURL)).replaceAll("\\", "/");
      if (!options.isContent(file)) return;
      const { base, pictures } = options;
      const rendered = await renderTree(
        { file, source: context.source, lineOffset: 0, lang: options.langOf(file), base, root: options.root },
        pictures,
      );
      if (rendered.found.issues.length > 0) throw new AuthorError(rendered.found.issues);
      context.replaceNode(root, foldStatic(rendered.root));
    },
  });
}

/** The tree with each run of finished nodes as one piece of HTML. */
export function foldStatic(root: Root): Root {
  const esm = root.children.filter((child) => child.type === "mdxjsEsm");
  const body = root.children.filter((child): child is ElementContent => isContent(child));
  return { type: "root", children: [...esm, ...folded(body)] };
}

function isContent(node: RootContent): node is ElementContent {
  return node.type !== "mdxjsEsm" && node.type !== "doctype";
}

function folded(nodes: readonly ElementContent[]): ElementContent[] {
  const result: ElementContent[] = [];
  let run: ElementContent[] = [];
  const close = (): void => {
    if (run.length > 0) result.push(finished(htmlOf({ type: "root", children: run })));
    run = [];
  };
  for (const node of nodes) {
    if (!needsAstro(node)) {
      run.push(node);
      continue;
    }
    close();
    if (node.type === "element" || node.type === "mdxJsxFlowElement" || node.type === "mdxJsxTextElement") {
      result.push({ ...node, children: folded(node.children) });
    } else result.push(node);
  }
  close();
  return result;
}

function finished(html: string): ElementContent {
  return {
    type: "mdxJsxFlowElement",
    name: "Fragment",
    attributes: [{ type: "mdxJsxAttribute", name: "set:html", value: html }],
    children: [],
  };
}

function needsAstro(node: Nodes): boolean {
  if (node.type.startsWith("mdx")) return true;
  return "children" in node && node.children.some(needsAstro);
}
