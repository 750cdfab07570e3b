/** Pages of Astro's blog starter, plus the lists and the full-text feed that it lacks. */
import { IN_FEED, PER_PAGE } from "./peer.ts";

export const LIST = `---
import FormattedDate from "../components/FormattedDate.astro";
import Layout from "./Layout.astro";
const { title, page } = Astro.props;
---
<Layout title={title}>
  <h1>{title}</h1>
  <ul>{page.data.map((post) => <li><a href={\`/blog/\${post.id}/\`}>{post.data.title}</a>
    <FormattedDate date={post.data.pubDate} />
    <p>{post.data.description}</p></li>)}</ul>
  {page.url.prev && <a href={page.url.prev}>Newer</a>}
  {page.url.next && <a href={page.url.next}>Older</a>}
</Layout>
`;

export const POSTS = `import { getCollection } from "astro:content";
export const newest = async () =>
  (await getCollection("blog")).sort((a, b) => b.data.pubDate.valueOf() - a.data.pubDate.valueOf());
`;

const POST = `---
import { render } from "astro:content";
import FormattedDate from "../../components/FormattedDate.astro";
import Layout from "../../layouts/Layout.astro";
import { newest } from "../../posts.ts";

export async function getStaticPaths() {
  const posts = await newest();
  return posts.map((post, at) => ({
    params: { slug: post.id },
    props: { post, next: posts[at - 1], previous: posts[at + 1] },
  }));
}
const { post, next, previous } = Astro.props;
const { Content } = await render(post);
---
<Layout title={post.data.title} description={post.data.description}>
  <article>
    <h1>{post.data.title}</h1>
    <p><FormattedDate date={post.data.pubDate} /> by {post.data.author}</p>
    <Content />
    <p>{post.data.tags.map((tag) => <a href={\`/tags/\${tag}/\`}>{tag}</a>)}</p>
    {previous && <a href={\`/blog/\${previous.id}/\`}>{previous.data.title}</a>}
    {next && <a href={\`/blog/\${next.id}/\`}>{next.data.title}</a>}
  </article>
</Layout>
`;

const HOME = `---
import List from "../layouts/List.astro";
import { newest } from "../posts.ts";
export const getStaticPaths = async ({ paginate }) => paginate(await newest(), { pageSize: ${PER_PAGE} });
const { page } = Astro.props;
---
<List title="Posts" page={page} />
`;

const TAG = `---
import List from "../../../layouts/List.astro";
import { newest } from "../../../posts.ts";
export const getStaticPaths = async ({ paginate }) => {
  const posts = await newest();
  const tags = [...new Set(posts.flatMap((post) => post.data.tags))];
  return tags.flatMap((tag) =>
    paginate(posts.filter((post) => post.data.tags.includes(tag)), { params: { tag }, pageSize: ${PER_PAGE} }),
  );
};
const { page } = Astro.props;
---
<List title={Astro.params.tag} page={page} />
`;

const TAGS = `---
import Layout from "../../layouts/Layout.astro";
import { newest } from "../../posts.ts";
const tags = [...new Set((await newest()).flatMap((post) => post.data.tags))].sort();
---
<Layout title="Tags"><ul>{tags.map((tag) => <li><a href={\`/tags/\${tag}/\`}>{tag}</a></li>)}</ul></Layout>
`;

const YEAR = `---
import FormattedDate from "../../components/FormattedDate.astro";
import Layout from "../../layouts/Layout.astro";
import { newest } from "../../posts.ts";
export const getStaticPaths = async () => {
  const years = Map.groupBy(await newest(), (post) => String(post.data.pubDate.getUTCFullYear()));
  return [...years].map(([year, posts]) => ({ params: { year }, props: { posts } }));
};
const { posts } = Astro.props;
---
<Layout title={Astro.params.year}><ul>{posts.map((post) => <li><a href={\`/blog/\${post.id}/\`}>{post.data.title}</a>
  <FormattedDate date={post.data.pubDate} /></li>)}</ul></Layout>
`;

const YEARS = `---
import Layout from "../../layouts/Layout.astro";
import { newest } from "../../posts.ts";
const years = [...new Set((await newest()).map((post) => String(post.data.pubDate.getUTCFullYear())))];
---
<Layout title="Archive"><ul>{years.map((year) => <li><a href={\`/archive/\${year}/\`}>{year}</a></li>)}</ul></Layout>
`;

const RSS = `import { getContainerRenderer } from "@astrojs/mdx/container-renderer";
import rss from "@astrojs/rss";
import { experimental_AstroContainer as AstroContainer } from "astro/container";
import { loadRenderers } from "astro:container";
import { render } from "astro:content";
import { newest } from "../posts.ts";

export async function GET(context) {
  const container = await AstroContainer.create({ renderers: await loadRenderers([getContainerRenderer()]) });
  const items = [];
  for (const post of (await newest()).slice(0, ${IN_FEED})) {
    const { Content } = await render(post);
    const content = await container.renderToString(Content);
    items.push({ title: post.data.title, pubDate: post.data.pubDate, link: \`/blog/\${post.id}/\`, content });
  }
  return rss({ title: "Bench", description: "Bench", site: context.site, items });
}
`;

/** Pages in `src/pages/`, by file name. */
export const PAGES = {
  "blog/[...slug].astro": POST,
  "[...page].astro": HOME,
  "tags/index.astro": TAGS,
  "tags/[tag]/[...page].astro": TAG,
  "archive/index.astro": YEARS,
  "archive/[year].astro": YEAR,
  "rss.xml.js": RSS,
} as const;
