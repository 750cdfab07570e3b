import { beforeAll, describe, expect, test } from "vitest";
import { testBlog } from "../../../../tests/support/markdown-blog.ts";
import type { TestBlog } from "../../../../tests/support/markdown-blog.ts";

let blog: TestBlog;
beforeAll(() => {
  blog = testBlog();
});

/** Replaces the hashes in picture addresses, for readable expectations. */
const readable = (html: string): string => html.replace(/\.[0-9a-f]{8}(?=[.-])/g, ".HASH");

describe("Figure", () => {
  test("a picture keeps its alternative text, caption, credit and size, and links to its full size", async () => {
    const html = await blog.html(
      '<Figure src="./fence.svg" alt="A fence" caption="It\'s here" credit="Nell" creditUrl="https://nell.example/" wide />',
    );
    expect(readable(html)).toBe(
      '<figure class="figure wide"><a class="zoom" href="/pictures/fence.HASH.svg" aria-label="Enlarge: A fence" ' +
        'data-zoom="Close|Previous picture|Next picture"><img src="/pictures/fence.HASH.svg" alt="A fence" width="400" ' +
        'height="300" loading="lazy" decoding="async"></a><figcaption>It’s here <span class="credit">' +
        '<a href="https://nell.example/">Nell</a></span></figcaption></figure>',
    );
  });

  test("a caption between the tags keeps its Markdown", async () => {
    const html = await blog.html(
      '<Figure src="./fence.svg" alt="A fence">A *fine* [fence](/posts/x/).</Figure>',
    );
    expect(html).toContain('<figcaption>A <em>fine</em> <a href="/posts/x/">fence</a>.</figcaption>');
  });

  test("a decorative picture has no alternative text and no link", async () => {
    const html = await blog.html('<Figure src="./fence.svg" decorative />');
    expect(html).toContain('alt=""');
    expect(html).not.toContain("<a ");
  });

  test("picture addresses include the base path", async () => {
    const html = await blog.html('<Figure src="./fence.svg" alt="A fence" />', { base: "/blog/" });
    expect(html).toContain('href="/blog/pictures/fence.');
    expect(html).toContain('src="/blog/pictures/fence.');
  });

  test("a picture can be in the margin, and footnotes then stay at the end", async () => {
    const text = 'A fence.[^1]\n\n<Figure src="./fence.svg" alt="A fence" margin />\n\n[^1]: Of wood.';
    const html = await blog.html(text);
    expect(html).toContain('<figure class="figure margin">');
    expect(html).toContain('class="footnotes"');
    expect(await blog.html(text.replace(" margin", ""))).toContain('class="footnotes beside"');
  });

  test("interface text is in the language of the post", async () => {
    const html = await blog.html('<Figure src="./fence.svg" alt="Ein Zaun" />', { lang: "de-AT" });
    expect(html).toContain('aria-label="Vergrößern: Ein Zaun"');
  });
});

describe("Quote", () => {
  test("a quotation shows its author and source, with the link", async () => {
    expect(
      await blog.html(
        '<Quote who="Nell" where="Fences" url="https://n.example/">\n\nHello **you**.\n\n</Quote>',
      ),
    ).toBe(
      '<figure class="quote"><blockquote cite="https://n.example/"><p>Hello <strong>you</strong>.</p></blockquote>' +
        '<figcaption>Nell, <a href="https://n.example/"><cite>Fences</cite></a></figcaption></figure>',
    );
  });

  test("a quotation with an address but no title links its author", async () => {
    const html = await blog.html('<Quote who="Nell" url="/posts/x/">Hi.</Quote>', { base: "/blog/" });
    expect(html).toBe(
      '<figure class="quote"><blockquote cite="/blog/posts/x/"><p>Hi.</p></blockquote>' +
        '<figcaption><a href="/blog/posts/x/">Nell</a></figcaption></figure>',
    );
  });

  test("a quotation without a source has no empty caption", async () => {
    expect(await blog.html("<Quote>Hi.</Quote>")).toBe(
      '<figure class="quote"><blockquote><p>Hi.</p></blockquote></figure>',
    );
  });

  test("a pull quote isn't repeated for screen readers, in the plain text, or in the tab order", async () => {
    const { html, text } = await blog.render("Said.\n\n<Quote pull>Said [so](/x/).</Quote>\n\nMore.");
    expect(html).toContain('<div class="pull" aria-hidden="true"><p>Said so.</p></div>');
    expect(text).toBe("Said.\nMore.");
  });
});

describe("Survey", () => {
  const SURVEY =
    '<Survey question="Where?" sample={60000} date="2011-07" source="Forrester" url="https://f.example/">\n\n' +
    "- On *Facebook*: 96\n- On LinkedIn: 28.5\n\n</Survey>";

  test("results are a table for screen readers, and the bars are hidden from them", async () => {
    expect(await blog.html(SURVEY)).toBe(
      '<figure class="survey"><table><caption>Where?</caption><thead class="engine-word"><tr><th scope="col">Answer</th>' +
        '<th scope="col">Share</th></tr></thead><tbody><tr><th scope="row">On <em>Facebook</em></th><td>' +
        '<span class="survey-value">96%</span><svg class="bar" aria-hidden="true" focusable="false" width="100%" height="100%">' +
        '<rect width="96%" height="100%"></rect></svg></td></tr><tr><th scope="row">On LinkedIn</th><td>' +
        '<span class="survey-value">28.5%</span><svg class="bar" aria-hidden="true" focusable="false" width="100%" height="100%">' +
        '<rect width="28.5%" height="100%"></rect></svg></td></tr></tbody></table><figcaption><span>60,000 people asked</span> ' +
        '<time datetime="2011-07">July 2011</time> <span><a href="https://f.example/">Source: Forrester</a></span>' +
        "</figcaption></figure>",
    );
  });

  test("numbers and dates are formatted for the post's language", async () => {
    const html = await blog.html(SURVEY, { lang: "de" });
    expect(html).toContain("28,5\u00a0%");
    expect(html).toContain("60.000 Befragte");
    expect(html).toContain("Juli 2011");
  });

  test("other units have their own scale", async () => {
    const html = await blog.html(
      '<Survey question="How many?" unit="friends">\n\n- Nell: 1,200\n- Tomas: 300\n\n</Survey>',
    );
    expect(html).toContain("1,200\u00a0friends");
    expect(html).toContain('<rect width="100%"');
    expect(html).toContain('<rect width="25%"');
  });

  test("an author can set the maximum of the bars", async () => {
    expect(await blog.html('<Survey question="Q" max={50}>\n\n- A: 25\n\n</Survey>')).toContain(
      '<rect width="50%"',
    );
  });
});

describe("Video", () => {
  const VIDEO =
    '<Video title="A talk" src="https://www.youtube.com/watch?v=dQw4w9WgXcQ" poster="./fence.svg" duration="4:12">\n\nHello.\n\n</Video>';

  test("a video is a poster and a link with its transcript, and loads nothing from other servers", async () => {
    const html = await blog.html(VIDEO);
    expect(readable(html)).toBe(
      '<figure class="video"><div class="video-screen"><a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ" ' +
        'data-video="youtube:dQw4w9WgXcQ" data-title="A talk"><img src="/pictures/fence.HASH.svg" alt="" width="400" ' +
        'height="300" loading="lazy" decoding="async"><span class="video-play engine-word">Play video: A talk ' +
        '<span class="video-time">4:12</span></span></a></div><details><summary class="engine-word">Transcript</summary><p>Hello.</p></details>' +
        '<figcaption><span class="video-title">A talk</span> ' +
        '<small class="engine-word">Loads from YouTube when you press play.</small></figcaption></figure>',
    );
    expect(html).not.toMatch(/<(?:iframe|script|video)[ >]/);
  });

  test.each([
    ["https://youtu.be/dQw4w9WgXcQ?si=a&t=1h2m3s", "youtube:dQw4w9WgXcQ?start=3723"],
    ["https://music.youtube.com/watch?v=dQw4w9WgXcQ", "youtube:dQw4w9WgXcQ"],
    ["https://vimeo.com/channels/staffpicks/76979871", "vimeo:76979871"],
    ["https://player.vimeo.com/video/76979871?h=abc123", "vimeo:76979871?h=abc123"],
    ["https://youtu.be/dQw4w9WgXcQ?t=4", "youtube:dQw4w9WgXcQ?start=4"],
    ["https://www.youtube.com/shorts/dQw4w9WgXcQ", "youtube:dQw4w9WgXcQ"],
    ["https://m.youtube.com/watch?app=x&v=dQw4w9WgXcQ", "youtube:dQw4w9WgXcQ"],
    ["https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "youtube:dQw4w9WgXcQ"],
    ["https://vimeo.com/123456", "vimeo:123456"],
    ["https://vimeo.com/123456/abcdef01", "vimeo:123456?h=abcdef01"],
    ["https://player.vimeo.com/video/123456", "vimeo:123456"],
  ])("the video at %s is recognized", async (src, player) => {
    const html = await blog.html(`<Video title="A talk" src="${src}" />`);
    expect(html).toContain(`data-video="${player}"`);
  });

  test("a video file beside the post is published with it", async () => {
    const { html, pictures, issues } = await blog.render('<Video title="A talk" src="./talk.mp4" />');
    expect(issues).toEqual([]);
    expect(html).toMatch(/<a href="\/pictures\/talk\.[0-9a-f]{8}\.mp4" data-video="file"/);
    expect(pictures).toEqual(["content/posts/hello/talk.mp4"]);
  });

  test("the captions of a video file are published with it", async () => {
    const text = '<Video title="A talk" src="./talk.mp4" captions="./talk.vtt" />';
    const { html, pictures, issues } = await blog.render(text, { base: "/blog/" });
    expect(issues).toEqual([]);
    expect(html).toMatch(/ data-captions="\/blog\/pictures\/talk\.[0-9a-f]{8}\.vtt"/);
    expect(pictures).toContain("content/posts/hello/talk.vtt");
  });
});

test("a quoted social network post shows its author, date and address without loading anything", async () => {
  const html = await blog.html(
    '<SocialPost author="Nell" handle="@nell@x.example" network="Mastodon" date="2022-11-19T23:14:00-05:00" ' +
      'url="https://x.example/1">\n\nA post.\n\n</SocialPost>',
  );
  expect(html).toBe(
    '<figure class="post-quote"><blockquote cite="https://x.example/1"><p>A post.</p></blockquote><figcaption><b>Nell</b> ' +
      '<bdi class="post-quote-handle">@nell@x.example</bdi> · Mastodon · <a href="https://x.example/1">' +
      '<time datetime="2022-11-19T23:14:00-05:00">November 19, 2022</time></a></figcaption></figure>',
  );
});

describe("Aside", () => {
  test.each([
    ["note", "Note"],
    ["tip", "Tip"],
    ["warning", "Warning"],
    ["final", "Final thought"],
  ])("a %s says what it is", async (type, title) => {
    expect(await blog.html(`<Aside type="${type}">Text</Aside>`)).toBe(
      `<div class="note-box note-box-${type}" role="note"><p class="note-box-title engine-word"><strong>${title}</strong></p>` +
        "<p>Text</p></div>",
    );
  });

  test("a custom title replaces the default one and is part of the plain text", async () => {
    const { html, text } = await blog.render('<Aside title="By the way">Text</Aside>');
    expect(html).toContain('<p class="note-box-title"><strong>By the way</strong></p>');
    expect(text).toBe("By the way\nText");
  });

  test("an aside can contain other components and lists", async () => {
    const html = await blog.html("<Aside>\n\n- one\n\n<Quote>Hi.</Quote>\n\n</Aside>");
    expect(html).toContain("<li>one</li>");
    expect(html).toContain("<blockquote><p>Hi.</p></blockquote>");
  });
});

test("each picture in a gallery has its own caption and can be enlarged", async () => {
  const html = await blog.html(
    '<Gallery caption="Two">\n\n![A fence](./fence.svg "One")\n![A gate](./gate.svg)\n\n</Gallery>',
  );
  expect(html.match(/class="zoom"/g)).toHaveLength(2);
  expect(html).toMatch(
    /^<figure class="gallery"><ul><li><figure>.*<figcaption>One<\/figcaption><\/figure><\/li>/,
  );
  expect(html).toMatch(/<\/ul><figcaption>Two<\/figcaption><\/figure>$/);
});
