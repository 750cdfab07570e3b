import {
  bodyOf,
  type ComponentNotation,
  CSS,
  FRAME,
  frontMatter,
  IN_FEED,
  PER_PAGE,
  type Peer,
  programVersion,
  write,
  writePictures,
} from "./peer.ts";

const CONFIG = `baseURL = "https://bench.example/"
title = "Bench"
languageCode = "en"
paginate = ${PER_PAGE}
disableKinds = ["section"]
[taxonomies]
tag = "tags"
year = "archive"
[outputs]
home = ["HTML", "RSS"]
taxonomy = ["HTML"]
term = ["HTML"]
[outputFormats.RSS]
baseName = "rss"
[services.rss]
limit = ${IN_FEED}
[markup.highlight]
noClasses = false
[markup.goldmark.renderer]
unsafe = true
`;

const BASE = FRAME.replace("%TITLE%", "{{ .Title }}").replace("%MAIN%", '{{ block "main" . }}{{ end }}');

const SINGLE = `{{ define "main" }}<article><h1>{{ .Title }}</h1>
<p><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time> by {{ .Params.author }}</p>
{{ .Content }}
<p>{{ range .Params.tags }}<a href="/tags/{{ . | urlize }}/">{{ . }}</a> {{ end }}</p>
{{ with .Prev }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .Next }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
</article>{{ end }}
`;

const ROWS = `<ul>{{ range $pages.Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>
<time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time>
<p>{{ .Description }}</p></li>{{ end }}</ul>
{{ with $pages }}{{ if .HasPrev }}<a href="{{ .Prev.URL }}">Newer</a>{{ end }}{{ if .HasNext }}<a href="{{ .Next.URL }}">Older</a>{{ end }}{{ end }}`;

const HOME = `{{ define "main" }}<h1>Posts</h1>{{ $pages := .Paginate (where .Site.RegularPages "Section" "posts") }}${ROWS}{{ end }}`;

const TERM = `{{ define "main" }}<h1>{{ .Title }}</h1>{{ $pages := .Paginate .Pages }}${ROWS}{{ end }}`;

/** Template of a year: all its posts on one page. */
const YEAR = `{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>
<time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time></li>{{ end }}</ul>{{ end }}`;

const TERMS = `{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Data.Terms.ByCount }}<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> {{ .Count }}</li>{{ end }}</ul>{{ end }}`;

const RSS = `{{ printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}
<rss version="2.0"><channel><title>{{ .Site.Title }}</title><link>{{ .Permalink }}</link><description>Bench</description>
{{ range first ${IN_FEED} (where .Site.RegularPages "Section" "posts") }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link><guid>{{ .Permalink }}</guid>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate><description>{{ .Content | html }}</description></item>
{{ end }}</channel></rss>
`;

/** Shortcodes whose content Hugo parses as part of the post's Markdown. */
const NOTATION: ComponentNotation = {
  aside: (type, text) => `{{% aside type="${type}" %}}\n\n${text}\n\n{{% /aside %}}`,
  quote: (who, where, text) =>
    `{{% pullquote who="${who}" where="${where}" %}}\n\n${text}\n\n{{% /pullquote %}}`,
  note: (count) => `{{% note count="${count}" %}}`,
};

const SHORTCODES = {
  aside: '<aside class="{{ .Get "type" }}">\n\n{{ .Inner }}\n\n</aside>\n',
  pullquote: `<figure><blockquote>

{{ .Inner }}

</blockquote><figcaption>{{ .Get "who" }}, {{ .Get "where" }}</figcaption></figure>
`,
  note: '<p class="note">Note {{ .Get "count" }}</p>\n',
};

/** Hugo from the Debian package. */
export const hugo: Peer = {
  name: "Hugo",
  output: "public",
  caches: ["resources"],
  async prepare(folder, posts) {
    write(folder, "config.toml", CONFIG);
    write(folder, "layouts/_default/baseof.html", BASE);
    write(folder, "layouts/_default/single.html", SINGLE);
    write(folder, "layouts/index.html", HOME);
    write(folder, "layouts/_default/taxonomy.html", TERM);
    write(folder, "layouts/archive/taxonomy.html", YEAR);
    write(folder, "layouts/_default/terms.html", TERMS);
    write(folder, "layouts/_default/rss.xml", RSS);
    for (const [name, text] of Object.entries(SHORTCODES))
      write(folder, `layouts/shortcodes/${name}.html`, text);
    write(folder, "static/site.css", CSS);
    await writePictures(`${folder}/static/pictures`);
    for (const post of posts) {
      const { title, date, author, tags, slug } = post;
      const description = `About ${title.toLowerCase()}`;
      const matter = { title, description, date, author, tags, archive: [date.slice(0, 4)] };
      write(folder, `content/posts/${slug}.md`, frontMatter(matter) + bodyOf(post, NOTATION));
    }
  },
  build: (folder) => ({ command: "hugo", args: ["--quiet"], cwd: folder }),
  postFile: ({ slug }) => `content/posts/${slug}.md`,
  version: () => programVersion("hugo", "version"),
};
