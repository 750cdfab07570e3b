import {
  bodyOf,
  CSS,
  FRAME,
  frontMatter,
  IN_FEED,
  PER_PAGE,
  type Peer,
  programVersion,
  TAG_NOTATION,
  write,
  writePictures,
} from "./peer.ts";

const CONFIG = `title: Bench
url: https://bench.example
permalink: /posts/:title/
highlighter: rouge
future: true
incremental: false
`;

/** Plugin for lists by tag and year, which Jekyll lacks. */
const LISTS = `module Bench
  class Lists < Jekyll::Generator
    def generate(site)
      posts = site.posts.docs.reverse
      paged(site, "", "Posts", posts)
      tags = Hash.new { |all, tag| all[tag] = [] }
      posts.each { |post| post.data["tags"].each { |tag| tags[tag] << post } }
      tags.each { |tag, tagged| paged(site, "tags/#{tag}/", tag, tagged) }
      page(site, "tags/", "names.html", { "title" => "Tags", "names" => tags.keys.sort, "folder" => "tags" })
      years = posts.group_by { |post| post.date.year.to_s }
      years.each { |year, list| page(site, "archive/#{year}/", "list.html", { "title" => year, "list" => list }) }
      page(site, "archive/", "names.html", { "title" => "Archive", "names" => years.keys, "folder" => "archive" })
    end

    def paged(site, folder, title, posts)
      slices = posts.each_slice(${PER_PAGE}).to_a
      slices.each_with_index do |list, at|
        place = at == 0 ? folder : "#{folder}page/#{at + 1}/"
        newer = at == 0 ? nil : (at == 1 ? "/#{folder}" : "/#{folder}page/#{at}/")
        older = at + 1 < slices.length ? "/#{folder}page/#{at + 2}/" : nil
        page(site, place, "list.html", { "title" => title, "list" => list, "newer" => newer, "older" => older })
      end
    end

    def page(site, folder, layout, data)
      made = Jekyll::PageWithoutAFile.new(site, site.source, folder, "index.html")
      made.data.merge!(data)
      made.data["layout"] = layout.sub(".html", "")
      made.content = ""
      site.pages << made
    end
  end
end
`;

/** Liquid blocks; kramdown parses the Markdown inside them. */
const COMPONENTS = `module Bench
  class Aside < Liquid::Block
    def initialize(name, markup, context)
      super
      @type = markup[/"(.*?)"/, 1]
    end

    def render(context)
      %(<aside class="#{@type}" markdown="1">#{super}</aside>)
    end
  end

  class PullQuote < Liquid::Block
    def initialize(name, markup, context)
      super
      @who, @where = markup.scan(/"(.*?)"/).flatten
    end

    def render(context)
      %(<figure><blockquote markdown="1">#{super}</blockquote><figcaption>#{@who}, #{@where}</figcaption></figure>)
    end
  end

  class Note < Liquid::Tag
    def initialize(name, markup, context)
      super
      @count = markup.strip
    end

    def render(context)
      %(<p class="note">Note #{@count}</p>)
    end
  end
end
Liquid::Template.register_tag("aside", Bench::Aside)
Liquid::Template.register_tag("pullquote", Bench::PullQuote)
Liquid::Template.register_tag("note", Bench::Note)
`;

const FRAME_HTML = FRAME.replace("%TITLE%", "{{ page.title }}").replace("%MAIN%", "{{ content }}");

const POST = `---
layout: frame
---
<article><h1>{{ page.title }}</h1>
<p><time datetime="{{ page.date | date: "%Y-%m-%d" }}">{{ page.date | date: "%Y-%m-%d" }}</time> by {{ page.author }}</p>
{{ content }}
<p>{% for tag in page.tags %}<a href="/tags/{{ tag }}/">{{ tag }}</a> {% endfor %}</p>
{% if page.previous %}<a href="{{ page.previous.url }}">{{ page.previous.title }}</a>{% endif %}
{% if page.next %}<a href="{{ page.next.url }}">{{ page.next.title }}</a>{% endif %}
</article>
`;

const LIST = `---
layout: frame
---
<h1>{{ page.title }}</h1>
<ul>{% for post in page.list %}<li><a href="{{ post.url }}">{{ post.title }}</a>
<time datetime="{{ post.date | date: "%Y-%m-%d" }}">{{ post.date | date: "%Y-%m-%d" }}</time>
<p>{{ post.description }}</p></li>{% endfor %}</ul>
{% if page.newer %}<a href="{{ page.newer }}">Newer</a>{% endif %}
{% if page.older %}<a href="{{ page.older }}">Older</a>{% endif %}
`;

const NAMES = `---
layout: frame
---
<ul>{% for name in page.names %}<li><a href="/{{ page.folder }}/{{ name }}/">{{ name }}</a></li>{% endfor %}</ul>
`;

const RSS = `---
layout: null
---
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Bench</title><link>https://bench.example/</link><description>Bench</description>
{% for post in site.posts limit: ${IN_FEED} %}<item><title>{{ post.title | xml_escape }}</title><link>https://bench.example{{ post.url }}</link><guid>https://bench.example{{ post.url }}</guid>
<pubDate>{{ post.date | date_to_rfc822 }}</pubDate><description>{{ post.content | xml_escape }}</description></item>
{% endfor %}</channel></rss>
`;

const SITEMAP = `---
layout: null
---
<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{% for post in site.posts %}<url><loc>https://bench.example{{ post.url }}</loc></url>
{% endfor %}{% for page in site.pages %}<url><loc>https://bench.example{{ page.url }}</loc></url>
{% endfor %}</urlset>
`;

/** Jekyll from the Debian package. */
export const jekyll: Peer = {
  name: "Jekyll",
  output: "_site",
  caches: [".jekyll-cache"],
  async prepare(folder, posts) {
    write(folder, "_config.yml", CONFIG);
    write(folder, "_plugins/lists.rb", LISTS);
    write(folder, "_plugins/components.rb", COMPONENTS);
    const layouts = { frame: FRAME_HTML, post: POST, list: LIST, names: NAMES };
    for (const [name, text] of Object.entries(layouts)) write(folder, `_layouts/${name}.html`, text);
    write(folder, "rss.xml", RSS);
    write(folder, "sitemap.xml", SITEMAP);
    write(folder, "site.css", CSS);
    await writePictures(`${folder}/pictures`);
    for (const post of posts) {
      const { title, date, author, tags } = post;
      const description = `About ${title.toLowerCase()}`;
      const matter = { layout: "post", title, description, date, author, tags };
      write(folder, this.postFile(post), frontMatter(matter) + bodyOf(post, TAG_NOTATION));
    }
  },
  build: (folder) => ({ command: "jekyll", args: ["build", "--quiet"], cwd: folder }),
  postFile: ({ slug, date }) => `_posts/${date.slice(0, 10)}-${slug}.md`,
  version: () => programVersion("jekyll", "--version"),
};
