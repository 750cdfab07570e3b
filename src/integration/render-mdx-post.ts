/** Part of the module graph of `astro dev`: renders the body of a post with imports to HTML, for feeds and search. */
import { getContainerRenderer } from "@astrojs/mdx/container-renderer";
import { experimental_AstroContainer as AstroContainer } from "astro/container";
import { loadRenderers } from "astro:container";
import { renderers } from "virtual:backfence/container-renderers";
import { mdxPosts } from "virtual:backfence/mdx-posts";

/** Renders one post, including components of UI frameworks whose integrations provide a container renderer. */
export async function renderMdxPost(slug: string): Promise<string> {
  const load = mdxPosts[slug];
  if (load === undefined) throw new Error(`No text of ${slug}`);
  const container = await AstroContainer.create({
    renderers: await loadRenderers([getContainerRenderer(), ...renderers]),
  });
  return container.renderToString((await load()).default);
}
