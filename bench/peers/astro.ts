import { readFileSync } from "node:fs";
import path from "node:path";
import type { CorpusPost } from "../corpus.ts";
import { CONSTS, LAYOUT, STARTER_COMPONENTS } from "./astro-frame.ts";
import { LIST, PAGES, POSTS } from "./astro-templates.ts";
import { CSS, frontMatter, install, packageVersion, type Peer, write, writePictures } from "./peer.ts";

const PACKAGES = {
  astro: "7.3.4",
  "@astrojs/mdx": "8.0.2",
  "@astrojs/rss": "4.0.19",
  "@astrojs/sitemap": "3.7.4",
  sharp: "0.35.5",
};

/** A font of about the same file size as the starter's. */
const FONT = path.resolve(
  "node_modules/@fontsource-variable/literata/files/literata-latin-wght-normal.woff2",
);

const CONFIG = `import mdx from "@astrojs/mdx";
import sitemap from "@astrojs/sitemap";
import { defineConfig, fontProviders } from "astro/config";

const variant = (weight) => ({ src: ["./src/assets/fonts/text.woff2"], weight, style: "normal", display: "swap" });

export default defineConfig({
  site: "https://bench.example",
  integrations: [mdx(), sitemap()],
  fonts: [
    {
      provider: fontProviders.local(),
      name: "Text",
      cssVariable: "--font-text",
      fallbacks: ["serif"],
      options: { variants: [variant(400), variant(700)] },
    },
  ],
});
`;

const COLLECTIONS = `import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";
import { z } from "astro/zod";

const blog = defineCollection({
  loader: glob({ base: "./src/content/blog", pattern: "**/*.{md,mdx}" }),
  schema: ({ image }) =>
    z.object({
      title: z.string(),
      description: z.string(),
      pubDate: z.coerce.date(),
      updatedDate: z.coerce.date().optional(),
      heroImage: z.optional(image()),
      author: z.string(),
      tags: z.array(z.string()),
    }),
});

export const collections = { blog };
`;

const COMPONENTS = {
  Aside: "---\nconst { type } = Astro.props;\n---\n<aside class={type}><slot /></aside>\n",
  Quote:
    "---\nconst { who, where } = Astro.props;\n---\n<figure><blockquote><slot /></blockquote><figcaption>{who}, {where}</figcaption></figure>\n",
  Note: '---\nconst { count } = Astro.props;\n---\n<p class="note">Note {count}</p>\n',
};

/**
 * Astro's blog starter with posts in MDX: head, header, footer, dates and a font as in the starter, pictures imported
 * through Astro's assets; plus the lists and the full-text feed that it lacks.
 */
export const astro: Peer = {
  name: "Astro starter",
  output: "dist",
  files: {
    post: (slug) => `blog/${slug}/index.html`,
    list: (list, page) => `${list}${page === 1 ? "" : `${page}/`}index.html`,
    sitemap: "sitemap-0.xml",
  },
  caches: [".astro", "node_modules/.astro", "node_modules/.vite"],
  async prepare(folder, posts) {
    install(folder, PACKAGES);
    write(folder, "astro.config.mjs", CONFIG);
    write(folder, "src/content.config.ts", COLLECTIONS);
    write(folder, "src/consts.ts", CONSTS);
    write(folder, "src/posts.ts", POSTS);
    write(folder, "src/layouts/Layout.astro", LAYOUT);
    write(folder, "src/layouts/List.astro", LIST);
    for (const [file, text] of Object.entries(PAGES)) write(folder, `src/pages/${file}`, text);
    for (const [name, text] of Object.entries({ ...STARTER_COMPONENTS, ...COMPONENTS }))
      write(folder, `src/components/${name}.astro`, text);
    write(folder, "src/styles/site.css", CSS);
    write(folder, "src/assets/fonts/text.woff2", readFileSync(FONT));
    await writePictures(`${folder}/src/assets`);
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

/** Returns a post's body with imports for its components; pictures are referenced by relative paths. */
function mdxBody({ mdx }: CorpusPost): string {
  const used = Object.keys(COMPONENTS).filter((name) => mdx.includes(`<${name}`));
  const imports = used.map((name) => `import ${name} from "../../components/${name}.astro";\n`).join("");
  return `${imports}\n${mdx.replaceAll("](./picture-", "](../../assets/picture-")}\n`;
}
