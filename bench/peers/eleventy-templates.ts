/** Shared by both Eleventy sites: lists, which Eleventy has no built-in support for, and the components. */
import type { CorpusPost } from "../corpus.ts";
import { bodyOf, frontMatter, PER_PAGE, TAG_NOTATION, write, writePictures } from "./peer.ts";

/** Configuration code: collections for tag pages (ten posts each) and for years. */
export const COLLECTIONS = `config.addCollection("newest", (api) => api.getFilteredByTag("posts").reverse());
  config.addCollection("tagPages", (api) => {
    const tags = new Map();
    for (const post of api.getFilteredByTag("posts").reverse())
      for (const tag of post.data.tags.filter((tag) => tag !== "posts")) {
        if (!tags.has(tag)) tags.set(tag, []);
        tags.get(tag).push(post);
      }
    return [...tags].flatMap(([tag, posts]) => {
      const count = Math.ceil(posts.length / ${PER_PAGE});
      return Array.from({ length: count }, (_, page) => ({
        tag, count, page: page + 1, posts: posts.slice(page * ${PER_PAGE}, (page + 1) * ${PER_PAGE}),
      }));
    });
  });
  config.addCollection("tagNames", (api) =>
    [...new Set(api.getFilteredByTag("posts").flatMap((post) => post.data.tags))].filter((tag) => tag !== "posts").sort());
  config.addCollection("years", (api) =>
    [...Map.groupBy(api.getFilteredByTag("posts").reverse(), (post) => String(post.date.getUTCFullYear()))]
      .map(([year, posts]) => ({ year, posts })));`;

/** Configuration code: footnotes, which Eleventy's Markdown lacks, and the components as shortcodes. */
export const MARKDOWN = `config.addFilter("ownTags", (tags) => tags.filter((tag) => tag !== "posts"));
  config.amendLibrary("md", (md) => md.use(footnote));
  config.addPairedShortcode("aside", (text, type) => \`<aside class="\${type}">\${text}</aside>\`);
  config.addPairedShortcode("pullquote", (text, who, where) =>
    \`<figure><blockquote>\${text}</blockquote><figcaption>\${who}, \${where}</figcaption></figure>\`);
  config.addShortcode("note", (count) => \`<p class="note">Note \${count}</p>\`);`;

/** Layout in `_includes` and date format. */
interface Style {
  readonly frame: string;
  time(date: string): string;
  /** Returns additional front matter for pages linked in the header. */
  navigation(name: string): string;
}

/** Returns the templates of all lists, by file name. */
export function listTemplates({ frame, time, navigation }: Style): Readonly<Record<string, string>> {
  const rows = (posts: string, more: string): string =>
    `<ul>{% for post in ${posts} %}<li><a href="{{ post.url }}">{{ post.data.title }}</a>
${time("post.date")}${more}</li>{% endfor %}</ul>`;
  const described = "\n<p>{{ post.data.description }}</p>";
  const index = `---
layout: ${frame}
title: Posts
${navigation("Posts")}pagination: { data: collections.newest, size: ${PER_PAGE}, alias: list }
permalink: "{% if pagination.pageNumber > 0 %}/page/{{ pagination.pageNumber + 1 }}{% endif %}/index.html"
---
${rows("list", described)}
{% if pagination.href.previous %}<a href="{{ pagination.href.previous }}">Newer</a>{% endif %}
{% if pagination.href.next %}<a href="{{ pagination.href.next }}">Older</a>{% endif %}
`;
  const tag = `---
layout: ${frame}
pagination: { data: collections.tagPages, size: 1, alias: list, addAllPagesToCollections: true }
eleventyComputed: { title: "{{ list.tag }}" }
permalink: "/tags/{{ list.tag }}/{% if list.page > 1 %}page/{{ list.page }}/{% endif %}index.html"
---
${rows("list.posts", described)}
{% if list.page > 1 %}<a href="/tags/{{ list.tag }}/{% if list.page > 2 %}page/{{ list.page - 1 }}/{% endif %}">Newer</a>{% endif %}
{% if list.page < list.count %}<a href="/tags/{{ list.tag }}/page/{{ list.page + 1 }}/">Older</a>{% endif %}
`;
  const tags = `---
layout: ${frame}
title: Tags
${navigation("Tags")}permalink: /tags/index.html
---
<ul>{% for tag in collections.tagNames %}<li><a href="/tags/{{ tag }}/">{{ tag }}</a></li>{% endfor %}</ul>
`;
  const year = `---
layout: ${frame}
pagination: { data: collections.years, size: 1, alias: list, addAllPagesToCollections: true }
eleventyComputed: { title: "{{ list.year }}" }
permalink: "/archive/{{ list.year }}/index.html"
---
${rows("list.posts", "")}
`;
  const years = `---
layout: ${frame}
title: Archive
${navigation("Archive")}permalink: /archive/index.html
---
<ul>{% for list in collections.years %}<li><a href="/archive/{{ list.year }}/">{{ list.year }}</a></li>{% endfor %}</ul>
`;
  return { index, tag, tags, year, years };
}

/** Writes posts and pictures. Pictures are in the content folder, where the image plugin can find them. */
export async function writePosts(folder: string, posts: readonly CorpusPost[]): Promise<void> {
  await writePictures(`${folder}/src/pictures`);
  for (const post of posts) {
    const { title, date, author, tags, slug } = post;
    const matter = { title, description: `About ${title.toLowerCase()}`, date, author, tags };
    write(folder, `src/posts/${slug}.md`, frontMatter(matter) + bodyOf(post, TAG_NOTATION));
  }
}

/** Returns the directory data file of the posts: the tag that makes them a collection, and their layout. */
export const postData = (layout: string): string => `export default {
  tags: ["posts"],
  layout: "${layout}",
  permalink: (data) => "/posts/" + data.page.fileSlug + "/",
};
`;
