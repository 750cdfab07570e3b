import {
  CSS,
  FRAME,
  frontMatter,
  IN_FEED,
  install,
  packageVersion,
  PER_PAGE,
  type Peer,
  plainBody,
  write,
  writePictures,
} from "./peer.ts";

const PACKAGES = {
  "@11ty/eleventy": "3.1.7",
  "@11ty/eleventy-plugin-rss": "3.0.0",
  "@11ty/eleventy-plugin-syntaxhighlight": "5.0.2",
};

/** Collections for tag pages (a page for every ten posts) and for the years. */
const CONFIG = `import syntaxHighlight from "@11ty/eleventy-plugin-syntaxhighlight";
import rss from "@11ty/eleventy-plugin-rss";

export default function (config) {
  config.addPlugin(syntaxHighlight);
  config.addPlugin(rss);
  config.addPassthroughCopy({ static: "/" });
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addCollection("newest", (api) => api.getFilteredByGlob("src/posts/*.md").reverse());
  config.addCollection("tagPages", (api) => {
    const tags = new Map();
    for (const post of api.getFilteredByGlob("src/posts/*.md").reverse())
      for (const tag of post.data.labels) tags.set(tag, [...(tags.get(tag) ?? []), post]);
    return [...tags].flatMap(([tag, posts]) => {
      const count = Math.ceil(posts.length / ${PER_PAGE});
      return Array.from({ length: count }, (_, page) => ({
        tag, count, page: page + 1, posts: posts.slice(page * ${PER_PAGE}, (page + 1) * ${PER_PAGE}),
      }));
    });
  });
  config.addCollection("tagNames", (api) =>
    [...new Set(api.getFilteredByGlob("src/posts/*.md").flatMap((post) => post.data.labels))].sort());
  config.addCollection("years", (api) => {
    const years = new Map();
    for (const post of api.getFilteredByGlob("src/posts/*.md").reverse()) {
      const year = String(post.date.getUTCFullYear());
      years.set(year, [...(years.get(year) ?? []), post]);
    }
    return [...years].map(([year, posts]) => ({ year, posts }));
  });
  return { dir: { input: "src", output: "_site" }, markdownTemplateEngine: false };
}
`;

const FRAME_NJK = FRAME.replace("%TITLE%", "{{ title }}").replace("%MAIN%", "{{ content | safe }}");

const POST_DATA = `export default {
  layout: "post.njk",
  permalink: (data) => "/posts/" + data.page.fileSlug + "/",
};
`;

const POST = `---
layout: frame.njk
---
<article><h1>{{ title }}</h1>
<p><time datetime="{{ page.date | day }}">{{ page.date | day }}</time> by {{ author }}</p>
{{ content | safe }}
<p>{% for tag in labels %}<a href="/tags/{{ tag }}/">{{ tag }}</a> {% endfor %}</p>
{% set previous = collections.newest | getNextCollectionItem(page) %}{% if previous %}<a href="{{ previous.url }}">{{ previous.data.title }}</a>{% endif %}
{% set next = collections.newest | getPreviousCollectionItem(page) %}{% if next %}<a href="{{ next.url }}">{{ next.data.title }}</a>{% endif %}
</article>
`;

const rows = (
  posts: string,
): string => `<ul>{% for post in ${posts} %}<li><a href="{{ post.url }}">{{ post.data.title }}</a>
<time datetime="{{ post.date | day }}">{{ post.date | day }}</time>
<p>{{ post.data.description }}</p></li>{% endfor %}</ul>`;

const HOME = `---
layout: frame.njk
title: Posts
pagination: { data: collections.newest, size: ${PER_PAGE}, alias: posts }
permalink: "{% if pagination.pageNumber > 0 %}/page/{{ pagination.pageNumber + 1 }}{% endif %}/index.html"
---
${rows("posts")}
{% if pagination.href.previous %}<a href="{{ pagination.href.previous }}">Newer</a>{% endif %}
{% if pagination.href.next %}<a href="{{ pagination.href.next }}">Older</a>{% endif %}
`;

const TAG = `---
layout: frame.njk
pagination: { data: collections.tagPages, size: 1, alias: list, addAllPagesToCollections: true }
eleventyComputed: { title: "{{ list.tag }}" }
permalink: "/tags/{{ list.tag }}/{% if list.page > 1 %}page/{{ list.page }}/{% endif %}index.html"
---
${rows("list.posts")}
{% if list.page > 1 %}<a href="/tags/{{ list.tag }}/">Newer</a>{% endif %}
{% if list.page < list.count %}<a href="/tags/{{ list.tag }}/page/{{ list.page + 1 }}/">Older</a>{% endif %}
`;

const TAGS = `---
layout: frame.njk
title: Tags
permalink: /tags/index.html
---
<ul>{% for tag in collections.tagNames %}<li><a href="/tags/{{ tag }}/">{{ tag }}</a></li>{% endfor %}</ul>
`;

const YEAR = `---
layout: frame.njk
pagination: { data: collections.years, size: 1, alias: list, addAllPagesToCollections: true }
eleventyComputed: { title: "{{ list.year }}" }
permalink: "/archive/{{ list.year }}/index.html"
---
<ul>{% for post in list.posts %}<li><a href="{{ post.url }}">{{ post.data.title }}</a>
<time datetime="{{ post.date | day }}">{{ post.date | day }}</time></li>{% endfor %}</ul>
`;

const YEARS = `---
layout: frame.njk
title: Archive
permalink: /archive/index.html
---
<ul>{% for list in collections.years %}<li><a href="/archive/{{ list.year }}/">{{ list.year }}</a></li>{% endfor %}</ul>
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

/** Eleventy with Nunjucks templates and its own plugins for feeds and code. */
export const eleventy: Peer = {
  name: "Eleventy",
  output: "_site",
  caches: [".cache"],
  async prepare(folder, posts) {
    install(folder, PACKAGES);
    write(folder, "eleventy.config.js", CONFIG);
    write(folder, "src/_includes/frame.njk", FRAME_NJK);
    write(folder, "src/_includes/post.njk", POST);
    write(folder, "src/posts/posts.11tydata.js", POST_DATA);
    const pages = { index: HOME, tag: TAG, tags: TAGS, year: YEAR, years: YEARS, rss: RSS, sitemap: SITEMAP };
    for (const [name, text] of Object.entries(pages)) write(folder, `src/${name}.njk`, text);
    write(folder, "static/site.css", CSS);
    await writePictures(`${folder}/static`);
    for (const post of posts) {
      const { title, date, author, tags, slug } = post;
      const matter = { title, description: `About ${title.toLowerCase()}`, date, author, labels: tags };
      write(folder, `src/posts/${slug}.md`, frontMatter(matter) + plainBody(post));
    }
  },
  build: (folder) => ({ command: "node_modules/.bin/eleventy", args: ["--quiet"], cwd: folder }),
  postFile: ({ slug }) => `src/posts/${slug}.md`,
  version: (folder) => packageVersion(folder, "@11ty/eleventy"),
};
