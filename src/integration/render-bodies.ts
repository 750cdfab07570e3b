/** Renders bodies of posts with imports of their own, in the process that bundled the engine for them. */
import path from "node:path";
import * as z from "zod";
import { AuthorError } from "../lib/author-error.ts";
import { FileCache, hashOf } from "../lib/cache/file-cache.ts";
import { writeBody } from "../lib/markdown/body-file.ts";
import { bodyToStore } from "../lib/markdown/render-body.ts";
import { modulePages, type ModulePost } from "./module-bodies-plugin.ts";
import { openRenderer } from "./renderer.ts";

export const bodySchema = z.object({
  slug: z.string(),
  /** The key under which the body lies in the cache. */
  key: z.string(),
  /** Addresses of the style sheets that its components need. */
  styles: z.array(z.string()),
});
export type ModuleBody = z.infer<typeof bodySchema>;

export interface BodiesOrder {
  /** The engine's root, absolute. */
  readonly root: string;
  readonly engineDir: string;
  /** Address of the site with its base path. */
  readonly origin: string;
  readonly posts: readonly ModulePost[];
  /** The folder that holds the author's, absolute. */
  readonly home: string;
  /** Where bodies are stored. */
  readonly bodiesDir: string;
}

/** Renders and stores bodies. @throws AuthorError when a post's own code fails. */
export async function renderBodies(order: BodiesOrder): Promise<ModuleBody[]> {
  const { engineDir, origin, posts, home } = order;
  const bodies = new FileCache(order.bodiesDir);
  const render = await openRenderer(engineDir, origin, () => "");
  const rendered: ModuleBody[] = [];
  try {
    for await (const [index, html] of render(modulePages(posts)))
      rendered.push(storeModuleBody(posts[index]?.slug ?? "", html.toString("utf8"), bodies));
  } catch (error) {
    const post = posts[rendered.length];
    throw post === undefined ? error : asAuthorError(error, path.relative(home, post.file));
  }
  return rendered;
}

function asAuthorError(error: unknown, file: string): AuthorError {
  const message = `This post's own code failed: ${error instanceof Error ? error.message : String(error)}`;
  const hint = "Mend the component that the post imports, or the expression in it.";
  return new AuthorError([{ message, file: file.replaceAll("\\", "/"), hint }]);
}

/** Takes the body out of the page that Astro made of it and stores it under the hash of what it is. */
function storeModuleBody(slug: string, page: string, cache: FileCache): ModuleBody {
  const { html, styles } = bodyOfPage(page);
  const key = hashOf(html, ...styles);
  writeBody(cache, key, bodyToStore(html));
  return { slug, key, styles };
}

/** The body of a page made for it alone, and the addresses of the style sheets in its head. */
export function bodyOfPage(page: string): { html: string; styles: string[] } {
  const head = between(page, "<head>", "</head>");
  const styles = [...head.matchAll(/<link rel="stylesheet" href="([^"]+)">/g)].map((match) => match[1] ?? "");
  return { html: between(page, "<body>", "</body>"), styles };
}

function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start);
  const to = text.lastIndexOf(end);
  if (from < 0 || to < from) throw new Error(`Astro's page for a body has no ${start}`);
  return text.slice(from + start.length, to);
}
