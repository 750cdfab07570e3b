import {
  bodyOf,
  type ComponentNotation,
  CSS,
  FRAME,
  frontMatter,
  IN_FEED,
  install,
  packageVersion,
  PER_PAGE,
  type Peer,
  TAG_NOTATION,
  write,
  writePictures,
} from "./peer.ts";

const PACKAGES = {
  hexo: "8.1.2",
  "hexo-generator-archive": "2.0.0",
  "hexo-generator-feed": "3.0.0",
  "hexo-generator-index": "4.0.0",
  "hexo-generator-sitemap": "3.0.1",
  "hexo-generator-tag": "2.0.0",
  "hexo-renderer-ejs": "2.0.0",
  "hexo-renderer-markdown-it": "7.1.1",
};

const CONFIG = `title: Bench
description: A made-up blog for measuring.
url: https://bench.example
root: /
permalink: posts/:title/
source_dir: source
public_dir: public
tag_dir: tags
archive_dir: archive
per_page: ${PER_PAGE}
index_generator: { per_page: ${PER_PAGE} }
tag_generator: { per_page: ${PER_PAGE} }
archive_generator: { per_page: 0, yearly: true, monthly: false, daily: false }
feed: { type: rss2, path: rss.xml, limit: ${IN_FEED}, content: true }
sitemap: { path: sitemap.xml, tags: true, categories: false }
syntax_highlighter: highlight.js
markdown:
  preset: default
  render: { html: true, xhtmlOut: false, langPrefix: "", breaks: false, linkify: false, typographer: false }
  plugins: [markdown-it-footnote]
  anchors: { level: 2, collisionSuffix: "", permalink: false }
theme: bench
`;

const LAYOUT = FRAME.replace("%TITLE%", "<%= page.title || config.title %>").replace("%MAIN%", "<%- body %>");

const POST = `<article><h1><%= page.title %></h1>
<p><time datetime="<%= date(page.date, 'YYYY-MM-DD') %>"><%= date(page.date, 'YYYY-MM-DD') %></time> by <%= page.author %></p>
<%- page.content %>
<p><% page.tags.each((tag) => { %><a href="<%- url_for(tag.path) %>"><%= tag.name %></a> <% }) %></p>
<% if (page.prev) { %><a href="<%- url_for(page.prev.path) %>"><%= page.prev.title %></a><% } %>
<% if (page.next) { %><a href="<%- url_for(page.next.path) %>"><%= page.next.title %></a><% } %>
</article>
`;

const LIST = `<h1><%= page.tag || "Posts" %></h1>
<ul><% page.posts.each((post) => { %><li><a href="<%- url_for(post.path) %>"><%= post.title %></a>
<time datetime="<%= date(post.date, 'YYYY-MM-DD') %>"><%= date(post.date, 'YYYY-MM-DD') %></time>
<p><%= post.description %></p></li><% }) %></ul>
<% if (page.prev) { %><a href="<%- url_for(page.prev_link) %>">Newer</a><% } %>
<% if (page.next) { %><a href="<%- url_for(page.next_link) %>">Older</a><% } %>
`;

const TAGS = "<h1>Tags</h1><%- list_tags() %>\n";

const ARCHIVE = `<% if (page.year) { %><h1><%= page.year %></h1>
<ul><% page.posts.each((post) => { %><li><a href="<%- url_for(post.path) %>"><%= post.title %></a>
<time datetime="<%= date(post.date, 'YYYY-MM-DD') %>"><%= date(post.date, 'YYYY-MM-DD') %></time></li><% }) %></ul>
<% } else { %><h1>Archive</h1><%- list_archives({ type: "yearly" }) %><% } %>
`;

/** Script that registers the components as tags, as in a theme or site. */
const COMPONENTS = `const markdown = (text) => hexo.render.renderSync({ text, engine: "markdown" });
const { tag } = hexo.extend;
tag.register("aside", ([type], text) => \`<aside class="\${type}">\${markdown(text)}</aside>\`, { ends: true });
tag.register("pullquote", ([who, where], text) =>
  \`<figure><blockquote>\${markdown(text)}</blockquote><figcaption>\${who}, \${where}</figcaption></figure>\`, { ends: true });
tag.register("note", ([count]) => \`<p class="note">Note \${count}</p>\`);
`;

/** Hexo splits the arguments of a tag at spaces, so a comma would become part of an argument. */
const NOTATION: ComponentNotation = {
  ...TAG_NOTATION,
  quote: (who, where, text) => `{% pullquote "${who}" "${where}" %}\n\n${text}\n\n{% endpullquote %}`,
};

/** Hexo with its own generators, a theme of a few templates, and the Markdown renderer that supports footnotes. */
export const hexo: Peer = {
  name: "Hexo",
  output: "public",
  caches: ["db.json"],
  async prepare(folder, posts) {
    install(folder, PACKAGES, { hexo: { version: PACKAGES.hexo } });
    write(folder, "_config.yml", CONFIG);
    const theme = "themes/bench";
    write(folder, `${theme}/layout/layout.ejs`, LAYOUT);
    write(folder, `${theme}/layout/post.ejs`, POST);
    for (const name of ["index", "tag"]) write(folder, `${theme}/layout/${name}.ejs`, LIST);
    write(folder, `${theme}/layout/archive.ejs`, ARCHIVE);
    write(folder, `${theme}/layout/tags.ejs`, TAGS);
    write(folder, "scripts/components.js", COMPONENTS);
    write(folder, "source/tags/index.md", frontMatter({ title: "Tags", layout: "tags" }));
    write(folder, `${theme}/source/site.css`, CSS);
    await writePictures(`${folder}/source/pictures`);
    for (const post of posts) {
      const { title, date, author, tags, slug } = post;
      const matter = { title, description: `About ${title.toLowerCase()}`, date, author, tags };
      write(folder, `source/_posts/${slug}.md`, frontMatter(matter) + bodyOf(post, NOTATION));
    }
  },
  build: (folder) => ({ command: "node_modules/.bin/hexo", args: ["generate", "--silent"], cwd: folder }),
  postFile: ({ slug }) => `source/_posts/${slug}.md`,
  version: (folder) => packageVersion(folder, "hexo"),
};
