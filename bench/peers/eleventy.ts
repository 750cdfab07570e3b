import { COLLECTIONS, listTemplates, MARKDOWN, postData, writePosts } from "./eleventy-templates.ts";
import { CSS, FRAME, IN_FEED, install, packageVersion, type Peer, write } from "./peer.ts";

const PACKAGES = {
  "@11ty/eleventy": "3.1.8",
  "@11ty/eleventy-plugin-rss": "3.0.0",
  "@11ty/eleventy-plugin-syntaxhighlight": "5.0.2",
  "markdown-it-anchor": "9.2.0",
  "markdown-it-footnote": "4.0.0",
};

/** Heading IDs come from a Markdown plugin, which is cheaper than Eleventy's plugin: the latter parses all HTML. */
const CONFIG = `import rss from "@11ty/eleventy-plugin-rss";
import syntaxHighlight from "@11ty/eleventy-plugin-syntaxhighlight";
import anchor from "markdown-it-anchor";
import footnote from "markdown-it-footnote";

export default function (config) {
  config.addPlugin(syntaxHighlight);
  config.addPlugin(rss);
  config.addPassthroughCopy({ static: "/", "src/pictures": "/pictures" });
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.amendLibrary("md", (md) => md.use(anchor));
  ${MARKDOWN}
  ${COLLECTIONS}
  return { dir: { input: "src", output: "_site" }, markdownTemplateEngine: "njk" };
}
`;

const FRAME_NJK = FRAME.replace("%TITLE%", "{{ title }}").replace("%MAIN%", "{{ content | safe }}");

const time = (date: string): string => `<time datetime="{{ ${date} | day }}">{{ ${date} | day }}</time>`;

const POST = `---
layout: frame.njk
---
<article><h1>{{ title }}</h1>
<p>${time("page.date")} by {{ author }}</p>
{{ content | safe }}
<p>{% for tag in tags | ownTags %}<a href="/tags/{{ tag }}/">{{ tag }}</a> {% endfor %}</p>
{% set previous = collections.posts | getPreviousCollectionItem(page) %}{% if previous %}<a href="{{ previous.url }}">{{ previous.data.title }}</a>{% endif %}
{% set next = collections.posts | getNextCollectionItem(page) %}{% if next %}<a href="{{ next.url }}">{{ next.data.title }}</a>{% endif %}
</article>
`;

const RSS = `---
permalink: /rss.xml
eleventyExcludeFromCollections: true
---
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Bench</title><link>https://bench.example/</link><description>Bench</description>
{% for post in collections.newest.slice(0, ${IN_FEED}) %}<item><title>{{ post.data.title }}</title><link>https://bench.example{{ post.url }}</link><guid>https://bench.example{{ post.url }}</guid>
<pubDate>{{ post.date | dateToRfc822 }}</pubDate><description>{{ post.templateContent | escape }}</description></item>
{% endfor %}</channel></rss>
`;

const SITEMAP = `---
permalink: /sitemap.xml
eleventyExcludeFromCollections: true
---
<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{% for item in collections.all %}<url><loc>https://bench.example{{ item.url }}</loc></url>
{% endfor %}</urlset>
`;

/** Eleventy with only what the comparison requires: Nunjucks, its plugins for feeds and code, two Markdown plugins. */
export const eleventy: Peer = {
  name: "Eleventy",
  output: "_site",
  caches: [".cache"],
  async prepare(folder, posts) {
    install(folder, PACKAGES);
    write(folder, "eleventy.config.js", CONFIG);
    write(folder, "src/_includes/frame.njk", FRAME_NJK);
    write(folder, "src/_includes/post.njk", POST);
    write(folder, "src/posts/posts.11tydata.js", postData("post.njk"));
    const lists = listTemplates({ frame: "frame.njk", time, navigation: () => "" });
    for (const [name, text] of Object.entries({ ...lists, rss: RSS, sitemap: SITEMAP }))
      write(folder, `src/${name}.njk`, text);
    write(folder, "static/site.css", CSS);
    await writePosts(folder, posts);
  },
  build: (folder) => ({ command: "node_modules/.bin/eleventy", args: ["--quiet"], cwd: folder }),
  postFile: ({ slug }) => `src/posts/${slug}.md`,
  version: (folder) => packageVersion(folder, "@11ty/eleventy"),
};
