/** Generates exports of blogs of any size for tests and benchmarks; the same numbers give the same text. */

export interface ExportSize {
  readonly posts: number;
  readonly comments: number;
  /** Words in each post; 120 by default. */
  readonly words?: number;
}

const WORDS =
  "the gate stood open all winter and nobody on either side could say who had left it so but the snow came in and with it the neighbors".split(
    " ",
  );

function words(from: number, count: number): string {
  return Array.from(
    { length: count },
    (_, at) => WORDS[(from * 7 + at * 5 + ((from + at) % 3)) % WORDS.length] ?? "",
  ).join(" ");
}

const two = (value: number): string => String(value).padStart(2, "0");

/** Returns the range of a post's comments: index of the first, and index after the last. */
function commentsOf(post: number, { posts, comments }: ExportSize): readonly [number, number] {
  return [Math.floor((post * comments) / posts), Math.floor(((post + 1) * comments) / posts)];
}

function bodyOf(post: number, count: number): string {
  return `<p>${words(post, count)}, see <a href="https://old.example/2008/03/post-${(post + 1) % 97}.html">the other</a>.</p>\n<ul><li><b>${words(post + 3, 6)}</b></li><li>${words(post + 5, 9)}</li></ul>\n<blockquote>${words(post + 9, 30)}</blockquote>\n<p>${words(post + 2, Math.round(count / 3))}</p>`;
}

/** TypePad's text format, one post per chunk. */
export function* movableTypeExport(size: ExportSize): Generator<string> {
  for (let post = 0; post < size.posts; post++) {
    const date = `${two(1 + (post % 12))}/${two(1 + (post % 28))}/${2004 + (post % 16)}`;
    const lines = [
      `AUTHOR: Nell H.`,
      `TITLE: Post ${post} about ${words(post, 4)}`,
      `STATUS: Publish`,
      `ALLOW COMMENTS: 1`,
      `CONVERT BREAKS: 1`,
      `CATEGORY: ${words(post, 1)}`,
      "",
      `UNIQUE URL: https://old.example/${2004 + (post % 16)}/${two(1 + (post % 12))}/post-${post}.html`,
      `DATE: ${date} 10:22:00 PM`,
      "-----",
      `BODY:\n${bodyOf(post, size.words ?? 120)}`,
      "-----",
    ];
    const [first, end] = commentsOf(post, size);
    for (let at = first; at < end; at++)
      lines.push(
        `COMMENT:\nAUTHOR: Reader ${at % 900}\nEMAIL: reader${at % 900}@mail.example\nIP: 93.184.${at % 250}.${(at * 7) % 250}\nURL: https://reader-${at % 900}.example/\nDATE: ${date} 11:${two(at % 60)}:00 PM\n${words(at, 35)}\n\n${words(at + 4, 12)} https://example.org/${at}`,
        "-----",
      );
    lines.push("--------", "");
    yield lines.join("\n");
  }
}

/** WordPress's WXR 1.2, one post per chunk. */
export function* wordpressExport(size: ExportSize): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">\n<channel>\n<title>Old blog</title>\n<link>https://old.example</link>\n<wp:wxr_version>1.2</wp:wxr_version>\n<wp:base_site_url>https://old.example</wp:base_site_url>\n<wp:author><wp:author_id>1</wp:author_id><wp:author_login>nell</wp:author_login><wp:author_email>nell@mail.example</wp:author_email><wp:author_display_name>Nell H.</wp:author_display_name></wp:author>\n`;
  for (let post = 0; post < size.posts; post++) {
    const day = `${2004 + (post % 16)}-${two(1 + (post % 12))}-${two(1 + (post % 28))}`;
    const [first, end] = commentsOf(post, size);
    const comments = Array.from({ length: end - first }, (_, index) => {
      const at = first + index;
      const parent = index % 3 === 2 ? at : 0;
      return `<wp:comment><wp:comment_id>${at + 1}</wp:comment_id><wp:comment_author><![CDATA[Reader ${at % 900}]]></wp:comment_author><wp:comment_author_email>reader${at % 900}@mail.example</wp:comment_author_email><wp:comment_author_url>https://reader-${at % 900}.example/</wp:comment_author_url><wp:comment_author_IP>93.184.${at % 250}.${(at * 7) % 250}</wp:comment_author_IP><wp:comment_date>${day} 23:${two(at % 60)}:00</wp:comment_date><wp:comment_date_gmt>${day} 22:${two(at % 60)}:00</wp:comment_date_gmt><wp:comment_content><![CDATA[${words(at, 35)} <b>${words(at + 2, 3)}</b>\n\n${words(at + 4, 12)}]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_type></wp:comment_type><wp:comment_parent>${parent}</wp:comment_parent><wp:comment_user_id>0</wp:comment_user_id></wp:comment>`;
    });
    yield `<item><title>Post ${post} about ${words(post, 4)}</title><link>https://old.example/${day.slice(0, 4)}/${day.slice(5, 7)}/post-${post}/</link><dc:creator><![CDATA[nell]]></dc:creator><content:encoded><![CDATA[${bodyOf(post, size.words ?? 120)}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>${post + 1}</wp:post_id><wp:post_date>${day} 10:22:00</wp:post_date><wp:post_date_gmt>${day} 09:22:00</wp:post_date_gmt><wp:comment_status>open</wp:comment_status><wp:post_name>post-${post}</wp:post_name><wp:status>publish</wp:status><wp:post_parent>0</wp:post_parent><wp:post_type>post</wp:post_type><category domain="category" nicename="wood"><![CDATA[Wood]]></category>${comments.join("\n")}</item>\n`;
  }
  yield "</channel>\n</rss>\n";
}

/** Disqus's XML: all comments on one post. */
export function* disqusExport(address: string, comments: number): Generator<string> {
  yield `<?xml version="1.0" encoding="utf-8"?>\n<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">\n<thread dsq:id="1"><id /><forum>old</forum><link>${address}</link><title>One</title><createdAt>2015-05-01T08:00:00Z</createdAt><isDeleted>false</isDeleted></thread>\n`;
  for (let at = 0; at < comments; at++) {
    const time = new Date(Date.UTC(2015, 4, 1) + at * 60_000).toISOString().replace(/\.\d+/, "");
    const parent = at % 3 === 2 ? `<parent dsq:id="${at}" />` : "";
    yield `<post dsq:id="${at + 1}"><id /><message><![CDATA[<p>${words(at, 35)} <a href="https://example.org/${at}">${words(at + 2, 3)}</a></p>]]></message><createdAt>${time}</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Reader ${at % 900}</name><isAnonymous>true</isAnonymous></author><thread dsq:id="1" />${parent}</post>\n`;
  }
  yield "</disqus>\n";
}

/** Blogger's Atom format from Google Takeout: each post followed by its comments. */
export function* bloggerExport(size: ExportSize): Generator<string> {
  const escaped = (html: string): string => html.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  yield `<?xml version='1.0' encoding='utf-8'?>\n<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'><id>tag:blogger.com,1999:blog-1</id><title>Old blog</title>\n`;
  for (let post = 0; post < size.posts; post++) {
    const month = `${2004 + (post % 16)}-${two(1 + (post % 12))}`;
    const time = `${month}-${two(1 + (post % 28))}T10:22:00Z`;
    const id = `tag:blogger.com,1999:blog-1.post-${post}`;
    yield `<entry><id>${id}</id><blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status><author><name>Nell</name></author><title>Post ${post} about ${words(post, 4)}</title><content type='html'>${escaped(bodyOf(post, size.words ?? 120))}</content><published>${time}</published><category scheme='tag:blogger.com,1999:blog-1' term='Wood'/><blogger:filename>/${month.replace("-", "/")}/post-${post}.html</blogger:filename></entry>\n`;
    const [first, end] = commentsOf(post, size);
    for (let at = first; at < end; at++)
      yield `<entry><id>tag:blogger.com,1999:blog-1.post-${1_000_000 + at}</id><blogger:parent>${id}</blogger:parent><blogger:type>COMMENT</blogger:type><blogger:status>LIVE</blogger:status><author><name>Reader ${at % 900}</name></author><content type='html'>${words(at, 35)}&lt;BR/>${words(at + 4, 12)}</content><published>${time}</published></entry>\n`;
  }
  yield "</feed>\n";
}
