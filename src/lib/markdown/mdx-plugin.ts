import path from "node:path";
import { fileURLToPath } from "node:url";
import { defineHastPlugin } from "satteri";
import type { HastPluginInput } from "satteri";
import { AuthorError } from "../author-error.ts";
import type { OwnWords } from "../../i18n/messages.ts";
import type { PictureResolver } from "../images/image-resolver.ts";
import type { MarkdownOptions } from "./markdown-options.ts";
import type { ElementContent, Nodes, Root, RootContent } from "./mdx-nodes.ts";
import { htmlOf, renderTree } from "./render-tree.ts";

/** Options of the plugin, with data about the blog. */
export interface BackfencePluginOptions {
  /** The project's root folder, absolute. */
  readonly root: string;
  /** Base path of the site, `/` or `/blog/`. */
  readonly base: string;
  readonly pictures: PictureResolver;
  /** Language of a post or page, by its path from the root. */
  readonly langOf: (file: string) => string;
  /** Whether a file, by its path from the root, is a note (has no title), so that its pictures are marked as photos. */
  readonly isNote: (file: string) => boolean;
  /** The author's own interface texts (`content/words.yaml`), if any. */
  readonly words?: OwnWords;
  /** Whether a file, by its path from the root, is a post or page of the blog. Other files aren't changed. */
  readonly isContent: (file: string) => boolean;
  /** The options also used for bodies that are rendered while content loads. */
  readonly markdown?: (() => MarkdownOptions) | undefined;
  /**
   * Texts stored by `sourceKeeper`, shared by both plugins. Without it, bodies are read as parsed by Astro, which fails
   * for syntax that isn't valid MDX.
   */
  readonly sources?: BodySources | undefined;
}

/** Source texts of modules by their absolute file paths. */
export type BodySources = Map<string, string>;

/**
 * Vite plugin that hides the body of the author's MDX files from Astro's parser, which supports no other dialects, and
 * stores them for `backfencePlugin`. Has to run before `@astrojs/mdx`.
 * @param isBody whether a file, by its absolute path, is one of the author's texts.
 */
export function sourceKeeper(
  sources: BodySources,
  isBody: (file: string) => boolean,
): {
  readonly name: string;
  readonly enforce: "pre";
  readonly transform: {
    readonly order: "pre";
    readonly handler: (code: string, id: string) => string | null;
  };
} {
  return {
    name: "backfence-body-sources",
    enforce: "pre",
    transform: {
      order: "pre",
      handler(code, id) {
        const file = id.replace(/\?.*$/s, "");
        if (id !== file || !/\.mdx$/i.test(file) || !isBody(file)) return null;
        sources.set(path.normalize(file), code);
        return FRONT_MATTER.exec(code)?.[0] ?? "";
      },
    },
  };
}

const FRONT_MATTER = /^\uFEFF?---[ \t]*\r?\n[\s\S]*?\n---[ \t]*(?:\r?\n|$)/;

/** Blanks the lines of the front matter, so that line numbers don't change. */
function bodyOf(code: string): string {
  return code.replace(FRONT_MATTER, (head) => head.replace(/[^\n]/g, ""));
}

/**
 * Sätteri plugin for posts with their own imports or expressions, which Astro compiles. It replaces Astro's tree with
 * the same tree as for plain bodies. Static parts are inserted as HTML, so that the results can't differ.
 * @throws AuthorError with all errors in the body.
 */
export function backfencePlugin(options: BackfencePluginOptions): HastPluginInput {
  return defineHastPlugin({
    name: "backfence",
    async after(root, context) {
      if (context.fileURL === undefined)
        throw new Error("A body can't be compiled without its file's address");
      const absolute = fileURLToPath(context.fileURL);
      const file = path.relative(options.root, absolute).replaceAll("\\", "/");
      if (!options.isContent(file)) return;
      const { base, pictures, markdown, sources, root: folder, words, langOf, isNote } = options;
      const kept = sources?.get(path.normalize(absolute));
      const source = kept === undefined ? context.source : bodyOf(kept);
      const rendered = await renderTree(
        { file, source, lineOffset: 0, lang: langOf(file), base, root: folder, words, isNote: isNote(file) },
        pictures,
        markdown?.(),
      );
      if (rendered.found.issues.length > 0) throw new AuthorError(rendered.found.issues);
      context.replaceNode(root, foldStatic(rendered.root));
    },
  });
}

/** Replaces each run of static nodes with one piece of HTML. */
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
