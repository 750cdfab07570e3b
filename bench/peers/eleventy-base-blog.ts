import { COLLECTIONS, listTemplates, MARKDOWN, postData, writePosts } from "./eleventy-templates.ts";
import { CSS, IN_FEED, install, packageVersion, type Peer, write } from "./peer.ts";

/** Packages of the starter's version 9, plus footnotes. */
const PACKAGES = {
  "@11ty/eleventy": "3.1.8",
  "@11ty/eleventy-img": "6.0.4",
  "@11ty/eleventy-navigation": "1.0.5",
  "@11ty/eleventy-plugin-rss": "3.0.0",
  "@11ty/eleventy-plugin-syntaxhighlight": "5.0.2",
  "@zachleat/heading-anchors": "1.0.5",
  luxon: "3.7.2",
  "markdown-it-footnote": "4.0.0",
  prismjs: "1.30.0",
};

/** Enables the same plugins as the starter, with the same options, except that the feed has more posts. */
const CONFIG = `import { HtmlBasePlugin, IdAttributePlugin, InputPathToUrlTransformPlugin } from "@11ty/eleventy";
import { eleventyImageTransformPlugin } from "@11ty/eleventy-img";
import navigation from "@11ty/eleventy-navigation";
import { feedPlugin } from "@11ty/eleventy-plugin-rss";
import syntaxHighlight from "@11ty/eleventy-plugin-syntaxhighlight";
import { DateTime } from "luxon";
import footnote from "markdown-it-footnote";

export default function (config) {
  config.addPreprocessor("drafts", "*", (data) => (data.draft ? false : undefined));
  config.addPassthroughCopy({ static: "/" });
  config.addBundle("css", { toFileDirectory: "dist", bundleHtmlContentFromSelector: "style" });
  config.addBundle("js", { toFileDirectory: "dist", bundleHtmlContentFromSelector: "script" });
  config.addPlugin(syntaxHighlight, { preAttributes: { tabindex: 0 } });
  config.addPlugin(navigation);
  config.addPlugin(HtmlBasePlugin);
  config.addPlugin(InputPathToUrlTransformPlugin);
  config.addPlugin(feedPlugin, {
    type: "atom",
    outputPath: "/feed/feed.xml",
    collection: { name: "posts", limit: ${IN_FEED} },
    metadata: {
      language: "en",
      title: "Bench",
      subtitle: "A made-up blog for measuring.",
      base: "https://bench.example/",
      author: { name: "Bench" },
    },
  });
  config.addPlugin(eleventyImageTransformPlugin, {
    formats: ["avif", "webp", "auto"],
    failOnError: false,
    htmlOptions: { imgAttributes: { loading: "lazy", decoding: "async" } },
    sharpOptions: { animated: true },
  });
  config.addPlugin(IdAttributePlugin);
  const utc = (date) => DateTime.fromJSDate(date, { zone: "utc" });
  config.addFilter("longDate", (date) => utc(date).toFormat("dd LLLL yyyy"));
  config.addFilter("day", (date) => utc(date).toFormat("yyyy-LL-dd"));
  ${MARKDOWN}
  ${COLLECTIONS}
}

export const config = {
  templateFormats: ["md", "njk", "html", "liquid", "11ty.js"],
  markdownTemplateEngine: "njk",
  htmlTemplateEngine: "njk",
  dir: { input: "src", includes: "../_includes", output: "_site" },
};
`;

const time = (date: string): string => `<time datetime="{{ ${date} | day }}">{{ ${date} | longDate }}</time>`;

/** Styles and scripts are bundled: styles inline in each page, scripts in a file. */
const FRAME_NJK = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title or "Bench" }}</title>
<meta name="description" content="{{ description or "A made-up blog for measuring." }}">
<link rel="alternate" href="/feed/feed.xml" type="application/atom+xml" title="Bench">
<style>{% include "site.css" %}</style>
<style>{% getBundle "css" %}</style>
<script type="module">{% include "node_modules/@zachleat/heading-anchors/heading-anchors.js" %}</script>
</head>
<body>
<header><a href="/">Bench</a><nav><ul>
{%- for entry in collections.all | eleventyNavigation %}<li><a href="{{ entry.url }}"{% if entry.url == page.url %} aria-current="page"{% endif %}>{{ entry.title }}</a></li>{% endfor -%}
</ul></nav></header>
<main><heading-anchors>{{ content | safe }}</heading-anchors></main>
<footer><p>A made-up blog for measuring.</p></footer>
<script type="module" src="{% getBundleFileUrl "js" %}"></script>
</body>
</html>
`;

const POST = `---
layout: frame.njk
---
<style>{% include "node_modules/prismjs/themes/prism-okaidia.css" %}</style>
<h1>{{ title }}</h1>
<p>${time("page.date")} by {{ author }}</p>
<p>{% for tag in tags | ownTags %}<a href="/tags/{{ tag | slugify }}/">{{ tag }}</a> {% endfor %}</p>
{{ content | safe }}
{%- set previous = collections.posts | getPreviousCollectionItem %}{% if previous %}<a href="{{ previous.url }}">{{ previous.data.title }}</a>{% endif %}
{%- set next = collections.posts | getNextCollectionItem %}{% if next %}<a href="{{ next.url }}">{{ next.data.title }}</a>{% endif %}
`;

const SITEMAP = `---
permalink: /sitemap.xml
layout: false
eleventyExcludeFromCollections: true
---
<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{%- for item in collections.all %}
<url><loc>{{ item.url | htmlBaseUrl("https://bench.example/") }}</loc><lastmod>{{ item.date | day }}</lastmod></url>
{%- endfor %}
</urlset>
`;

/** The same site with all the plugins of Eleventy's official blog starter, which process the HTML of each page. */
export const eleventyBaseBlog: Peer = {
  name: "Eleventy base blog",
  output: "_site",
  caches: [".cache"],
  files: { feed: "feed/feed.xml" },
  async prepare(folder, posts) {
    install(folder, PACKAGES);
    write(folder, "eleventy.config.js", CONFIG);
    write(folder, "_includes/frame.njk", FRAME_NJK);
    write(folder, "_includes/post.njk", POST);
    write(folder, "_includes/site.css", CSS);
    write(folder, "src/posts/posts.11tydata.js", postData("post.njk"));
    const navigation = (key: string): string => `eleventyNavigation: { key: ${key} }\n`;
    const lists = listTemplates({ frame: "frame.njk", time, navigation });
    for (const [name, text] of Object.entries({ ...lists, sitemap: SITEMAP }))
      write(folder, `src/${name}.njk`, text);
    write(folder, "static/robots.txt", "User-agent: *\nAllow: /\n");
    await writePosts(folder, posts);
  },
  build: (folder) => ({ command: "node_modules/.bin/eleventy", args: ["--quiet"], cwd: folder }),
  postFile: ({ slug }) => `src/posts/${slug}.md`,
  version: (folder) => packageVersion(folder, "@11ty/eleventy"),
};
