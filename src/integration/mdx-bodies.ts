import path from "node:path";
import type { AstroPrerenderer } from "astro";
import { parse, type DefaultTreeAdapterTypes } from "parse5";
import { hashOf, type FileCache } from "../lib/cache/file-cache.ts";
import type { Blog, Post } from "../lib/content/model.ts";
import { writeBody } from "../lib/markdown/body-file.ts";
import { bodyToStore } from "../lib/markdown/render-body.ts";
import type { SiteUrls } from "../lib/site/urls.ts";
import { codeFailed } from "./author-errors.ts";
import type { PageErrors } from "./page-errors.ts";
import type { RenderEntry } from "./page-renderer.ts";
import { BODY_PREFIX } from "./routes.ts";
import type { MdxPost } from "./vite/mdx-posts.ts";

/** The body of a post, rendered by Astro. */
export interface MdxBody {
  readonly slug: string;
  /** Key in the cache of bodies. */
  readonly key: string;
  /** URLs of the style sheets that its components need. */
  readonly styles: readonly string[];
}

/**
 * Renders the bodies of posts with imports through the hidden route and stores them.
 * @param render returns the page of the hidden route for a post.
 */
export async function renderMdxBodies(
  posts: readonly MdxPost[],
  bodies: FileCache,
  render: (post: MdxPost) => Promise<string>,
): Promise<MdxBody[]> {
  const rendered: MdxBody[] = [];
  for (const post of posts) {
    const { html, styles } = bodyOfPage(await render(post));
    const key = hashOf(html, ...styles);
    if (!bodies.has(key)) writeBody(bodies, key, bodyToStore(html));
    rendered.push({ slug: post.slug, key, styles });
  }
  return rendered;
}

/** Renders a post's body as the page of its hidden route. Errors of components name the post. */
export function mdxBodyRenderer({
  app,
  standard,
  urls,
  home,
  errors,
}: RendererOptions): (post: MdxPost) => Promise<string> {
  return async ({ slug, file }) => {
    const url = new URL(urls.path(`${BODY_PREFIX}${slug}/`), urls.origin);
    const request = new Request(url);
    const routeData = app.match(request, true);
    if (routeData === undefined) throw new Error(`No route for ${url.href}`);
    try {
      const result = await standard.render(request, { routeData });
      errors.throwOf(
        request.url,
        `The text of ${path.relative(home, file).replaceAll("\\", "/")} can't be rendered`,
      );
      return await ("response" in result ? result.response : result).text();
    } catch (error) {
      throw codeFailed(error, path.relative(home, file));
    }
  };
}

interface RendererOptions {
  readonly app: RenderEntry["app"];
  /** Astro's own prerenderer. */
  readonly standard: AstroPrerenderer;
  readonly urls: SiteUrls;
  /** Folder to which the file names in messages are relative. */
  readonly home: string;
  readonly errors: PageErrors;
}

/** The blog with the keys and style sheets of rendered bodies. */
export function withMdxBodies(blog: Blog, bodies: readonly MdxBody[]): Blog {
  if (bodies.length === 0) return blog;
  const bySlug = new Map(bodies.map(({ slug, ...body }) => [slug, body]));
  const posts = blog.posts.map((post): Post => {
    const body = bySlug.get(post.slug);
    return body === undefined ? post : { ...post, body: { ...post.body, ...body } };
  });
  return { ...blog, posts };
}

/** The content of `body` and the style sheets that the head links. */
export function bodyOfPage(page: string): { html: string; styles: string[] } {
  const document = parse(page, { sourceCodeLocationInfo: true });
  const html = childOf(document, "html");
  const body = childOf(html, "body").sourceCodeLocation;
  const links = childOf(html, "head").childNodes.filter(
    (node): node is DefaultTreeAdapterTypes.Element => node.nodeName === "link",
  );
  return {
    html: page.slice(body?.startTag?.endOffset, body?.endTag?.startOffset),
    styles: links
      .filter((link) => attribute(link, "rel") === "stylesheet")
      .map((link) => attribute(link, "href")),
  };
}

function childOf(parent: DefaultTreeAdapterTypes.ParentNode, name: string): DefaultTreeAdapterTypes.Element {
  const child = parent.childNodes.find(
    (node): node is DefaultTreeAdapterTypes.Element => node.nodeName === name,
  );
  if (child === undefined) throw new Error(`The page of a post's text has no ${name} element`);
  return child;
}

function attribute(element: DefaultTreeAdapterTypes.Element, name: string): string {
  return element.attrs.find((one) => one.name === name)?.value ?? "";
}
