/** In the module graph of `astro dev`: the text of a post with imports as HTML, for feeds and search. */
import { getContainerRenderer } from "@astrojs/mdx/container-renderer";
import { experimental_AstroContainer as AstroContainer } from "astro/container";
import { loadRenderers } from "astro:container";
import { renderers } from "virtual:backfence/container-renderers";
import { mdxPosts } from "virtual:backfence/mdx-posts";

/** Renders one post, with components of the UI frameworks whose integrations offer it. */
export async function renderMdxPost(slug: string): Promise<string> {
  const load = mdxPosts[slug];
  if (load === undefined) throw new Error(`No text of ${slug}`);
  const container = await AstroContainer.create({
    renderers: await loadRenderers([getContainerRenderer(), ...renderers]),
  });
  return container.renderToString((await load()).default);
}
