import type { CorpusPost } from "../corpus.ts";
import {
  CSS,
  FRAME,
  frontMatter,
  IN_FEED,
  install,
  packageVersion,
  PER_PAGE,
  type Peer,
  write,
  writePictures,
} from "./peer.ts";

const PACKAGES = {
  astro: "7.3.4",
  "@astrojs/mdx": "8.0.2",
  "@astrojs/rss": "4.0.19",
  "@astrojs/sitemap": "3.7.4",
};

const CONFIG = `import mdx from "@astrojs/mdx";
import sitemap from "@astrojs/sitemap";
import { defineConfig } from "astro/config";

export default defineConfig({ site: "https://bench.example", integrations: [mdx(), sitemap()] });
`;

const COLLECTIONS = `import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";
import { z } from "astro/zod";

const blog = defineCollection({
  loader: glob({ base: "./src/content/blog", pattern: "**/*.{md,mdx}" }),
  schema: z.object({
    title: z.string(),
    description: z.string(),
    pubDate: z.coerce.date(),
    author: z.string(),
    tags: z.array(z.string()),
  }),
});

export const collections = { blog };
`;

const LAYOUT = `---
import "../styles/site.css";
interface Props { title: string }
const { title } = Astro.props;
---
${FRAME.replace('<link rel="stylesheet" href="/site.css">\n', "").replace("%TITLE%", "{title}").replace("%MAIN%", "<slot />")}`;

const LIST = `---
import Layout from "./Layout.astro";
const { title, page } = Astro.props;
---
<Layout title={title}>
  <h1>{title}</h1>
  <ul>{page.data.map((post) => <li><a href={\`/blog/\${post.id}/\`}>{post.data.title}</a>
    <time datetime={post.data.pubDate.toISOString()}>{post.data.pubDate.toISOString().slice(0, 10)}</time>
    <p>{post.data.description}</p></li>)}</ul>
  {page.url.prev && <a href={page.url.prev}>Newer</a>}
  {page.url.next && <a href={page.url.next}>Older</a>}
</Layout>
`;

const POSTS = `import { getCollection } from "astro:content";
export const newest = async () =>
  (await getCollection("blog")).sort((a, b) => b.data.pubDate.valueOf() - a.data.pubDate.valueOf());
`;

const POST = `---
import { render } from "astro:content";
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
<Layout title={post.data.title}>
  <article>
    <h1>{post.data.title}</h1>
    <p><time datetime={post.data.pubDate.toISOString()}>{post.data.pubDate.toISOString().slice(0, 10)}</time> by {post.data.author}</p>
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
import Layout from "../../layouts/Layout.astro";
import { newest } from "../../posts.ts";
export const getStaticPaths = async () => {
  const years = Map.groupBy(await newest(), (post) => String(post.data.pubDate.getUTCFullYear()));
  return [...years].map(([year, posts]) => ({ params: { year }, props: { posts } }));
};
const { posts } = Astro.props;
---
<Layout title={Astro.params.year}><ul>{posts.map((post) => <li><a href={\`/blog/\${post.id}/\`}>{post.data.title}</a>
  <time datetime={post.data.pubDate.toISOString()}>{post.data.pubDate.toISOString().slice(0, 10)}</time></li>)}</ul></Layout>
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

const COMPONENTS = {
  Aside: "---\nconst { type } = Astro.props;\n---\n<aside class={type}><slot /></aside>\n",
  Quote:
    "---\nconst { who, where } = Astro.props;\n---\n<figure><blockquote><slot /></blockquote><figcaption>{who}, {where}</figcaption></figure>\n",
  Note: '---\nconst { count } = Astro.props;\n---\n<p class="note">Note {count}</p>\n',
};

/** Astro's blog starter with posts in MDX, with the lists and the full feed that it lacks. */
export const astro: Peer = {
  name: "Astro starter",
  output: "dist",
  caches: [".astro", "node_modules/.astro", "node_modules/.vite"],
  async prepare(folder, posts) {
    install(folder, PACKAGES);
    write(folder, "astro.config.mjs", CONFIG);
    write(folder, "src/content.config.ts", COLLECTIONS);
    write(folder, "src/posts.ts", POSTS);
    write(folder, "src/layouts/Layout.astro", LAYOUT);
    write(folder, "src/layouts/List.astro", LIST);
    const pages = {
      "blog/[slug].astro": POST,
      "[...page].astro": HOME,
      "tags/index.astro": TAGS,
      "tags/[tag]/[...page].astro": TAG,
      "archive/index.astro": YEARS,
      "archive/[year].astro": YEAR,
      "rss.xml.js": RSS,
    };
    for (const [file, text] of Object.entries(pages)) write(folder, `src/pages/${file}`, text);
    for (const [name, text] of Object.entries(COMPONENTS))
      write(folder, `src/components/${name}.astro`, text);
    write(folder, "src/styles/site.css", CSS);
    await writePictures(`${folder}/public`);
    for (const post of posts) {
      const { title, date, author, tags } = post;
      const matter = { title, description: `About ${title.toLowerCase()}`, pubDate: date, author, tags };
      write(folder, this.postFile(post), frontMatter(matter) + mdxBody(post));
    }
  },
  build: (folder) => ({
    command: process.execPath,
    args: ["node_modules/astro/bin/astro.mjs", "build", "--silent"],
    cwd: folder,
  }),
  postFile: ({ slug }) => `src/content/blog/${slug}.mdx`,
  version: (folder) => packageVersion(folder, "astro"),
};

/** The body with its components, and the imports that they need here. */
function mdxBody({ mdx }: CorpusPost): string {
  const used = Object.keys(COMPONENTS).filter((name) => mdx.includes(`<${name}`));
  const imports = used.map((name) => `import ${name} from "../../components/${name}.astro";\n`).join("");
  return `${imports}\n${mdx.replaceAll("](./picture-", "](/pictures/picture-")}`;
}
