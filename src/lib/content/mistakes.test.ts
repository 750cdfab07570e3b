/** Each error that an author can make stops the build, with its location and how to fix it. */
import { describe, expect, test } from "vitest";
import { mistakesIn, post, SVG } from "../../../tests/support/blog-folder.ts";

const POST = "content/posts/hello.mdx";

describe("front matter", () => {
  test("a post without a title is a note, not an error", async () => {
    expect(await mistakesIn({ [POST]: "---\ndate: 2026-03-01\n---\nWords.\n" })).toMatchInlineSnapshot(`"no mistakes"`);
  });

  test("an empty title", async () => {
    expect(await mistakesIn({ [POST]: post('title: " "') })).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:3
        \`title\` is empty
          The title, shown above the post and in lists. A post without a title is a note.
          For example:
          title: Planting garlic

      1 error to fix."
    `);
  });

  test("an empty description counts as left out", async () => {
    expect(await mistakesIn({ [POST]: post("description:") })).toMatchInlineSnapshot(`"no mistakes"`);
    expect(await mistakesIn({ [POST]: post('description: ""') })).toMatchInlineSnapshot(`"no mistakes"`);
  });

  test("no front matter", async () => {
    expect(await mistakesIn({ [POST]: "Just words.\n" })).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:1
        The front matter is missing
          A post begins with it:
          ---
          title: Hello
          date: 2026-03-01
          ---

      1 error to fix."
    `);
  });

  test("front matter that isn't closed", async () => {
    expect(await mistakesIn({ [POST]: "---\ntitle: Hello\n\nWords.\n" })).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:2
        \`date\` is missing
          Say when the post is published:
          date: 2026-03-01T09:30:00+01:00

      content/posts/hello.mdx:3
        The front matter isn't closed: a line --- is missing
          It belongs before the text:
          ---
          title: Hello
          ---

      2 errors to fix."
    `);
  });

  test("an unknown key, mistyped", async () => {
    expect(await mistakesIn({ [POST]: post("descripton: Words") })).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:4
        \`descripton\` isn't a key of a post
          Did you mean \`description\`?

      1 error to fix."
    `);
  });

  test("a key of another generator isn't an error", async () => {
    expect(await mistakesIn({ [POST]: post("pubDate: 2026-03-01\nslug: other") })).toMatchInlineSnapshot(`"no mistakes"`);
  });

  test("an unknown key that isn't similar to any other", async () => {
    expect(await mistakesIn({ "content/pages/about.mdx": "---\ntitle: About\nwibble: 1\n---\n" }))
      .toMatchInlineSnapshot(`
        "content/pages/about.mdx:3
          \`wibble\` isn't a key of a page
            Leave it out, or keep it for components of your own:
            extra:
              wibble: 1

        1 error to fix."
      `);
  });

  test("an unknown key within a group", async () => {
    expect(
      await mistakesIn({
        [POST]: post("cover:\n  src: ./a.svg\n  alt: An a\n  credits: Ann"),
        "content/posts/a.svg": SVG,
      }),
    ).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:7
        \`credits\` isn't a key of \`cover\`
          Did you mean \`credit\`?

      1 error to fix."
    `);
  });

  test("broken YAML: a colon in a title", async () => {
    expect(await mistakesIn({ [POST]: post("title: Fences: a history") })).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:3
        The YAML can't be read: there is a second colon on the line
          A text that contains a colon, quotes or a #, or begins with a special character, needs quotes around it:
          title: "Fences: a history"

      1 error to fix."
    `);
  });

  test("broken YAML: quotes within quotes", async () => {
    expect(await mistakesIn({ [POST]: post('title: "What "friend" means"') })).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:3
        The YAML can't be read: unexpected text follows a value
          A text that contains a colon, quotes or a #, or begins with a special character, needs quotes around it:
          title: 'What "friend" means'

      1 error to fix."
    `);
  });

  test("broken YAML: a tab, a key twice, a bracket left open", async () => {
    expect(await mistakesIn({ [POST]: post("cover:\n\tsrc: ./a.svg") })).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:5
        The YAML can't be read: a line is indented with a tab
          Indent with spaces, two for each level:
            src: ./a.svg

      1 error to fix."
    `);
    expect(await mistakesIn({ [POST]: post("draft: true\ndraft: false") })).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:5
        The YAML can't be read: the key \`draft\` is there twice
          Keep one of the two lines.

      1 error to fix."
    `);
    expect(await mistakesIn({ [POST]: post("tags: [a, b") })).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:4
        The YAML can't be read: a bracket isn't closed
          Close it:
          tags: [a, b]

      1 error to fix."
    `);
  });

  test("the wrong type", async () => {
    expect(
      await mistakesIn({
        [POST]: post("title: 2026\ntags: privacy\ndraft: yes\ncomments: shut\ncover: ./a.svg"),
      }),
    ).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:6
        \`comments\` should be open, closed or off, but is "shut"
          \`open\`: anyone can respond. \`closed\`: existing responses are shown, new ones aren't accepted. \`off\`: no conversation.
          For example:
          comments: closed

      content/posts/hello.mdx:7
        \`cover\` should be keys with values, but is "./a.svg"
          Give its path and a description:
          cover: { src: ./a.svg, alt: What it shows }

      2 errors to fix."
    `);
  });

  test("a bad address, language or alias", async () => {
    expect(
      await mistakesIn({
        [POST]: post(
          "canonical: example.org/a\nlang: german!\ninReplyTo: [ftp://example.org/]\naliases: [old/name.html, /../x]",
        ),
      }),
    ).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:4
        \`canonical\` should be an absolute address that begins with https:// or http://, but is "example.org/a"
          Write it like this:
          canonical: https://example.org/a

      content/posts/hello.mdx:5
        \`lang\` should be a language tag (BCP 47) such as en, de-AT or zh-Hant, but is "german!"
          Language of the post, if it isn't the site's, as a BCP 47 tag.
          For example:
          lang: de

      content/posts/hello.mdx:6
        \`inReplyTo\` should be an absolute address that begins with https:// or http://, but is "ftp://example.org/"
          For example:
          inReplyTo: https://elsewhere.example/a-post

      content/posts/hello.mdx:7
        \`aliases\` should be an old address of this page from the blog's root, such as /2011/11/old-name.html, but is "/../x"
          Write it like this:
          aliases:
            - /x

      4 errors to fix."
    `);
  });
});

describe("dates", () => {
  test("no date", async () => {
    expect(await mistakesIn({ [POST]: "---\ntitle: Hello\n---\nWords.\n" })).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:2
        \`date\` is missing
          Say when the post is published:
          date: 2026-03-01T09:30:00+01:00

      1 error to fix."
    `);
  });

  test("a date in words isn't an error", async () => {
    expect(await mistakesIn({ [POST]: post("date: 1 March 2026") })).toMatchInlineSnapshot(`"no mistakes"`);
  });

  test("a day that doesn't exist", async () => {
    expect(await mistakesIn({ [POST]: post("date: 2026-02-29") })).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:3
        \`date\` isn't a valid date or time: 2026-02-29
          Months have 28 to 31 days, a day ends at 23:59:59. For example:
          date: 2026-02-28

      1 error to fix."
    `);
  });

  test("a date without a zone in a site without one", async () => {
    expect(await mistakesIn({ "content/site.yaml": "title: Test\n", [POST]: post("date: 2026-03-01 09:30") }))
      .toMatchInlineSnapshot(`
      "content/posts/hello.mdx:3
        \`date\` has no time zone, and the site sets none: 2026-03-01 09:30
          Name the site's zone in content/site.yaml:
          timeZone: Europe/Berlin
          or write the zone here:
          date: 2026-03-01T09:30+01:00

      1 error to fix."
    `);
  });

  test("an update before the first publication", async () => {
    expect(await mistakesIn({ [POST]: post("updated: 2025-03-01") })).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:4
        \`updated\` is earlier than \`date\`: 2025-03-01
          A post is changed after it was published. Correct one of the two, or remove \`updated\`.

      1 error to fix."
    `);
  });

  test("a bad day of deletion", async () => {
    expect(await mistakesIn({ [POST]: post("deleted: true") })).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:4
        \`deleted\` should be the day on which it was taken down, such as 2026-05-01, but is "true"
          The day on which the post was taken down. The text is removed from the site, and its address says so.
          For example:
          deleted: 2026-05-01

      1 error to fix."
    `);
  });
});

describe("names", () => {
  test("an unknown author", async () => {
    expect(await mistakesIn({ [POST]: post("authors: [nel, boris]") })).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:4
        There is no author \`boris\`
          Authors are files. Make content/authors/boris.yaml with
          name: The Name

      content/posts/hello.mdx:4
        There is no author \`nel\`
          Did you mean \`nell\`?

      2 errors to fix."
    `);
  });

  test("no author in a blog with several", async () => {
    expect(await mistakesIn({ "content/authors/tomas.yaml": "name: Tomás Veld\n", [POST]: post() }))
      .toMatchInlineSnapshot(`
      "content/posts/hello.mdx:1
        \`authors\` is missing, and the blog has several authors
          Say who wrote it, in the front matter between two lines of ---:
          authors: [nell]
          For all posts without \`authors\`, write into content/site.yaml:
          author: nell

      1 error to fix."
    `);
  });

  test("site.yaml sets the author of posts without one, by id or name", async () => {
    const files = { "content/authors/tomas.yaml": "name: Tomás Veld\n", [POST]: post() };
    const settings = (author: string) => `title: Test\ntimeZone: UTC\nauthor: ${author}\n`;
    expect(await mistakesIn({ ...files, "content/site.yaml": settings("tomas") })).toBe("no mistakes");
    expect(await mistakesIn({ ...files, "content/site.yaml": settings("Tomás Veld") })).toBe("no mistakes");
    expect(await mistakesIn({ ...files, "content/site.yaml": settings("tomos") })).toMatchInlineSnapshot(`
      "content/site.yaml:3
        There is no author \`tomos\`
          Did you mean \`tomas\`?

      1 error to fix."
    `);
  });

  test("an unknown series", async () => {
    expect(
      await mistakesIn({
        [POST]: post("series: coming-hom"),
        "content/series/coming-home.yaml": "title: Coming home\n",
      }),
    ).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:4
        There is no series \`coming-hom\`
          Did you mean \`coming-home\`?

      1 error to fix."
    `);
  });

  test("a tag that differs only in case from another", async () => {
    expect(
      await mistakesIn({
        "content/posts/a.mdx": post("tags: [privacy]"),
        "content/posts/b.mdx": post("tags: [customers, Privacy]"),
        "content/posts/c.mdx": post("tags: [privacy, privacy]"),
      }),
    ).toMatchInlineSnapshot(`
      "content/posts/b.mdx:4
        The tag \`Privacy\` is written \`privacy\` elsewhere
          Both would have the address /tags/privacy/. Write it as in content/posts/a.mdx:
          tags: [customers, privacy]

      content/posts/c.mdx:4
        The tag \`privacy\` is there twice
          Keep one:
          tags: [privacy]

      2 errors to fix."
    `);
  });

  test("two posts with one slug", async () => {
    expect(await mistakesIn({ [POST]: post(), "content/posts/hello/index.mdx": post() }))
      .toMatchInlineSnapshot(`
        "content/posts/hello/index.mdx
          Two posts have one address: \`hello\`
            The other is content/posts/hello.mdx. Give one of the two another name, or write into this one:
            slug: hello-2

        1 error to fix."
      `);
    expect(await mistakesIn({ [POST]: post(), "content/posts/Hello.mdx": post() })).toMatchInlineSnapshot(`
      "content/posts/hello.mdx
        Two posts have one address: \`hello\`
          The other is content/posts/Hello.mdx. Give one of the two another name, or write into this one:
          slug: hello-2

      1 error to fix."
    `);
  });

  test("two posts with one id", async () => {
    expect(await mistakesIn({ [POST]: post(), "content/posts/renamed.mdx": post("id: hello") }))
      .toMatchInlineSnapshot(`
      "content/posts/renamed.mdx:4
        Two posts have the id \`hello\`
          The other is content/posts/hello.mdx. Feed readers tell posts apart by it: remove \`id\` from the younger of the two.

      1 error to fix."
    `);
  });

  test("a file name with spaces and punctuation isn't an error", async () => {
    expect(await mistakesIn({ "content/posts/What now?.mdx": post() })).toMatchInlineSnapshot(`"no mistakes"`);
  });

  test("files in the wrong place or of the wrong kind", async () => {
    expect(
      await mistakesIn({
        "content/posts/old.md": post(),
        "content/posts/2011/party.mdx": post(),
        "content/authors/ines.yml": "name: Ines\n",
      }),
    ).toMatchInlineSnapshot(`
      "content/authors/ines.yml
        The name of this file should end in .yaml
          Write it as YAML and name it content/authors/ines.yaml.

      1 error to fix."
    `);
  });

  test("a response file without a post", async () => {
    expect(
      await mistakesIn({
        [POST]: post(),
        "content/responses/helo.json": '{ "type": "feed", "children": [] }\n',
      }),
    ).toMatchInlineSnapshot(`
      "content/responses/helo.json
        These responses don't belong to any post: there is no \`helo\`
          The file has the name of its post: rename it as the post was renamed. Did you mean content/responses/hello.json?
          If you took the post down, keep its file with \`deleted: 2026-05-01\` in the front matter.

      1 error to fix."
    `);
  });

  test("an invalid response record", async () => {
    const record = {
      type: "entry",
      "wm-id": 7,
      status: "aproved",
      author: { type: "card", name: "Ada Lovell" },
      url: "https://ada.example/notes/12",
      "wm-source": "https://ada.example/notes/12",
      "wm-target": "https://test.example/posts/hello/",
      "wm-protocol": "webmention",
      "wm-property": "in-reply-to",
      "wm-received": "2026-05-11T09:31:10Z",
    };
    const feed = { type: "feed", children: [record] };
    expect(
      await mistakesIn({ [POST]: post(), "content/responses/hello.json": JSON.stringify(feed, null, 2) }),
    ).toMatchInlineSnapshot(`
      "content/responses/hello.json:7
        Response 1 (by Ada Lovell): "status" must be "approved" or "pending" or "spam" or "deleted", not "aproved"
          A record looks like this:
          {
            "type": "entry",
            "wm-id": 1901,
            "status": "approved",
            "author": { "type": "card", "name": "Ada Lovell", "url": "https://ada.example/" },
            "url": "https://ada.example/notes/12",
            "published": "2026-05-11T09:30:00Z",
            "content": { "text": "I had the same with our choir." },
            "wm-source": "https://ada.example/notes/12",
            "wm-target": "https://backfence.example/posts/hello/",
            "wm-protocol": "webmention",
            "wm-property": "in-reply-to",
            "wm-received": "2026-05-11T09:31:10Z"
          }

      1 error to fix."
    `);
  });

  test("startHere lists a missing post", async () => {
    expect(
      await mistakesIn({
        "content/site.yaml": "title: Test\ntimeZone: UTC\nstartHere:\n  - hello\n  - helo\n",
        [POST]: post(),
      }),
    ).toMatchInlineSnapshot(`
      "content/site.yaml:5
        \`startHere\` names a post that isn't there: helo
          Did you mean \`hello\`?

      1 error to fix."
    `);
  });
});

describe("addresses", () => {
  test("an alias that collides with a page, a file, another alias or the blog's own pages", async () => {
    expect(
      await mistakesIn({
        "content/pages/about.mdx": "---\ntitle: About\n---\n",
        "content/posts/a.mdx": post("aliases: [/about/, /old.html, /posts/a]"),
        "content/posts/b.mdx": post(
          "aliases:\n  - /old.html\n  - /files/x.pdf\n  - /tags\n  - /rss.xml/old/",
        ),
        "public/files/x.pdf": "x",
      }),
    ).toMatchInlineSnapshot(`
      "content/posts/a.mdx:4
        The alias /about/ is taken
          The address belongs to content/pages/about.mdx. An alias is an address that nothing else has, such as /2011/11/old-name.html; remove one of the two.

      content/posts/a.mdx:4
        The alias /posts/a is already the address of this file
          Remove it.

      content/posts/b.mdx:5
        The alias /old.html is taken
          The address belongs to content/posts/a.mdx, as an alias. An alias is an address that nothing else has, such as /2011/11/old-name.html; remove one of the two.

      content/posts/b.mdx:6
        The alias /files/x.pdf is taken
          The address belongs to a file in public/. An alias is an address that nothing else has, such as /2011/11/old-name.html; remove one of the two.

      content/posts/b.mdx:7
        The alias /tags is taken
          The address belongs to the blog itself. An alias is an address that nothing else has, such as /2011/11/old-name.html; remove one of the two.

      content/posts/b.mdx:8
        The alias /rss.xml/old/ is taken
          The address belongs to a file. An alias is an address that nothing else has, such as /2011/11/old-name.html; remove one of the two.

      6 errors to fix."
    `);
  });

  test("a page at a reserved address", async () => {
    expect(await mistakesIn({ "content/pages/archive.mdx": "---\ntitle: Archive\n---\n" }))
      .toMatchInlineSnapshot(`
      "content/pages/archive.mdx
        The address of this page is taken: /archive/
          It belongs to the blog itself. Give the file another name, such as archive-page.mdx.

      1 error to fix."
    `);
  });

  test("a broken link", async () => {
    expect(
      await mistakesIn({
        [POST]: post(
          "",
          "One.\n\n[a](/posts/helo/) and [b](/abuot/) and\n[c](https://test.example/tags/none/).\n",
        ),
        "content/pages/about.mdx": "---\ntitle: About\n---\n",
      }),
    ).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:7
        This link leads nowhere: /abuot/
          Did you mean /about/?

      content/posts/hello.mdx:7
        This link leads nowhere: /posts/helo/
          Did you mean /posts/hello/?

      content/posts/hello.mdx:8
        This link leads nowhere: https://test.example/tags/none/
          Links within the blog are written from its root: /posts/my-post/, /tags/privacy/, /about/.

      3 errors to fix."
    `);
  });

  test("a link with the base path in it", async () => {
    expect(
      await mistakesIn({
        "content/site.yaml": "title: Test\nurl: https://test.example/blog/\ntimeZone: UTC\n",
        [POST]: post("", "[a](/blog/posts/hello/)\n"),
      }),
    ).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:5
        This link leads nowhere: /blog/posts/hello/
          Write it without the base path, which is added by itself: /posts/hello/

      1 error to fix."
    `);
  });

  test("a missing anchor", async () => {
    expect(
      await mistakesIn({
        [POST]: post("", "## Fences\n\n[a](#fence) [b](/posts/other/#top-ten)\n"),
        "content/posts/other.mdx": post("", "## The end\n"),
      }),
    ).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:7
        There is no #fence in content/posts/hello.mdx: #fence
          Did you mean #fences?

      content/posts/hello.mdx:7
        There is no #top-ten in content/posts/other.mdx: /posts/other/#top-ten
          Its headings: #the-end

      2 errors to fix."
    `);
  });

  test("a draft linked from a published post", async () => {
    expect(
      await mistakesIn({
        [POST]: post("", "[a](/posts/later/)\n"),
        "content/posts/later.mdx": post("draft: true"),
      }),
    ).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:5
        This link leads to a draft: /posts/later/
          Readers would find nothing there. Publish content/posts/later.mdx (remove \`draft: true\`) or remove the link.

      1 error to fix."
    `);
  });

  test("a scheduled post and one that was taken down, linked from a published post", async () => {
    expect(
      await mistakesIn({
        [POST]: post("", "[a](/posts/later/)\n[b](/posts/gone/)\n"),
        "content/posts/later.mdx": post("date: 2027-01-01"),
        "content/posts/gone.mdx": post("deleted: 2026-05-01"),
      }),
    ).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:5
        This link leads to a post that isn't published yet: /posts/later/
          content/posts/later.mdx waits until 2027-01-01T00:00:00+01:00. Add the link when it's there, or make this post wait as well.

      content/posts/hello.mdx:6
        This link leads to a post that was taken down: /posts/gone/
          Remove the link, or change its target.

      2 errors to fix."
    `);
  });

  test("a broken link in the navigation", async () => {
    expect(
      await mistakesIn({
        "content/site.yaml":
          "title: Test\nnavigation:\n  - { label: Posts, url: /posts/ }\n  - { label: About, url: /about/ }\n",
      }),
    ).toMatchInlineSnapshot(`
      "content/site.yaml:4
        This link leads nowhere: /about/
          Links within the blog are written from its root: /posts/my-post/, /tags/privacy/, /about/.

      1 error to fix."
    `);
  });
});

describe("pictures", () => {
  test("a missing cover", async () => {
    expect(
      await mistakesIn({
        "content/posts/hello/index.mdx": post("cover:\n  src: ./cover.svg\n  alt: A fence"),
        "content/posts/hello/Cover.svg": SVG,
      }),
    ).toMatchInlineSnapshot(`
      "content/posts/hello/index.mdx:5
        The picture ./cover.svg isn't there, or can't be read as a picture
          Did you mean ./Cover.svg? Looked for: content/posts/hello/cover.svg

      1 error to fix."
    `);
  });

  test("a cover without alt text", async () => {
    expect(await mistakesIn({ [POST]: post("cover:\n  src: ./a.svg"), "content/posts/a.svg": SVG }))
      .toMatchInlineSnapshot(`
        "content/posts/hello.mdx:4
          \`cover.alt\` is missing
            Description of the picture for people who can't see it.
            For example:
            cover:
              src: ./a.svg
              alt: A row of garlic in a garden bed

        1 error to fix."
      `);
  });

  test("a cover that is on another server, or isn't a picture", async () => {
    expect(await mistakesIn({ [POST]: post("cover: { src: https://example.org/a.jpg, alt: A fence }") }))
      .toMatchInlineSnapshot(`
      "content/posts/hello.mdx:4
        The picture https://example.org/a.jpg is on another server
          Readers' browsers contact no other server. Save it beside this file:
          src: ./cover.jpg

      1 error to fix."
    `);
    expect(await mistakesIn({ [POST]: post("cover: { src: ./a.pdf, alt: A fence }") }))
      .toMatchInlineSnapshot(`
      "content/posts/hello.mdx:4
        ./a.pdf isn't a picture type that a blog can show
          Use jpg, png, webp, avif, gif or svg.

      1 error to fix."
    `);
  });

  test("an author's missing photo", async () => {
    expect(
      await mistakesIn({
        "content/authors/nell.yaml": "name: Nell\nphoto:\n  src: ./nell.jpg\n  alt: Nell\n",
      }),
    ).toMatchInlineSnapshot(`
      "content/authors/nell.yaml:3
        The picture ./nell.jpg isn't there, or can't be read as a picture
          Put the file there: content/authors/nell.jpg

      1 error to fix."
    `);
  });

  test("a picture in the text that is missing, or has no alt text", async () => {
    expect(
      await mistakesIn({
        [POST]: post("", "![A fence](./fence.svg)\n\n![](./a.svg)\n"),
        "content/posts/a.svg": SVG,
      }),
    ).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:5
        The file ./fence.svg isn't there
          Put the file into content/posts/.
          Looked for: content/posts/fence.svg

      content/posts/hello.mdx:7
        The picture ./a.svg has no alternative text
          Describe it for people who can't see it:
          ![What it shows](./a.svg)
          For a picture that carries no information: <Figure src="./a.svg" decorative />

      2 errors to fix."
    `);
  });
});

describe("the text", () => {
  test("broken MDX", async () => {
    expect(await mistakesIn({ [POST]: post("", "One.\n\nTwo {three.\n") })).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:7
        \`{\` is never closed
          In MDX, braces enclose JavaScript. For literal braces write:
          Two \\{three.

      1 error to fix."
    `);
  });

  test("an unknown component", async () => {
    expect(
      await mistakesIn({ [POST]: post("", '<Figur src="./a.svg" alt="A" />\n'), "content/posts/a.svg": SVG }),
    ).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:5
        There is no component <Figur>
          Did you mean <Figure>? Without an import you can use Aside, Figure, Gallery, Quote, SocialPost, Survey, Video. A component of your own is imported at the top of the post:
          import Figur from "./Figur.astro"

      1 error to fix."
    `);
  });

  test("a wrong and a missing component prop", async () => {
    expect(
      await mistakesIn({
        [POST]: post("", '<Aside type="hint">\n\nWords.\n\n</Aside>\n\n<Figure src="./a.svg" />\n'),
        "content/posts/a.svg": SVG,
      }),
    ).toMatchInlineSnapshot(`
      "content/posts/hello.mdx:5
        The prop type of <Aside> must be one of note, tip, warning, final
          type: note (the default), tip, warning, or final for a closing thought
          <Aside type="tip" title="Before you send it">

          Read it aloud.

          </Aside>

      content/posts/hello.mdx:11
        <Figure> needs the prop alt
          alt: a description of the picture for people who can't see it
          <Figure src="./fence.svg" alt="Two neighbors talk over a fence" />
          For a picture that carries no information: <Figure src="./line.svg" decorative />

      2 errors to fix."
    `);
  });

  test("a page with an expression", async () => {
    expect(await mistakesIn({ "content/pages/about.mdx": "---\ntitle: About\n---\n\n{1 + 1}\n" }))
      .toMatchInlineSnapshot(`
      "content/pages/about.mdx
        A page can't contain imports or expressions
          Posts can. In a page use Markdown and the components of docs/components.md; write { as \\{.

      1 error to fix."
    `);
  });
});

describe("settings, authors and series", () => {
  test("a bad URL", async () => {
    expect(await mistakesIn({ "content/site.yaml": "title: Test\nurl: www.example.org\n" }))
      .toMatchInlineSnapshot(`
        "content/site.yaml:2
          \`url\` should be the absolute address of the blog, without ? and #, such as https://me.example/blog/, but is "www.example.org"
            Write it like this:
            url: https://www.example.org/

        1 error to fix."
      `);
  });

  test("an unknown key", async () => {
    expect(await mistakesIn({ "content/site.yaml": "title: Test\ntimezone: UTC\npostPerPage: 5\n" }))
      .toMatchInlineSnapshot(`
      "content/site.yaml:2
        \`timezone\` isn't a key of the settings
          Did you mean \`timeZone\`?

      content/site.yaml:3
        \`postPerPage\` isn't a key of the settings
          Did you mean \`postsPerPage\`?

      2 errors to fix."
    `);
  });

  test("an unknown time zone and an invalid language", async () => {
    expect(await mistakesIn({ "content/site.yaml": "title: Test\ntimeZone: Europe/Berlyn\nlang: en_GB\n" }))
      .toMatchInlineSnapshot(`
        "content/site.yaml:2
          \`timeZone\` should be the name of a time zone (IANA) such as Europe/Berlin or UTC, but is "Europe/Berlyn"
            Write it like this:
            timeZone: Europe/Berlin

        content/site.yaml:3
          \`lang\` should be a language tag (BCP 47) such as en, de-AT or zh-Hant, but is "en_GB"
            Write it like this:
            lang: en-GB

        2 errors to fix."
      `);
  });

  test("groups with missing or invalid keys", async () => {
    expect(
      await mistakesIn({
        "content/site.yaml":
          "title: Test\ngiscus:\n  repo: blog\n  repoId: R_x\nwebmention:\n  endpoint: https://example.org/webmention\n  trackback: https://example.org/tb/\nnavigation:\n  - { label: About }\nmoderation: some\nfeedItems: 0\n",
      }),
    ).toMatchInlineSnapshot(`
      "content/site.yaml:2
        \`giscus.categoryId\` is missing
          Its id, as giscus.app shows it.
          For example:
          giscus:
            repo: blog
            repoId: R_x
            categoryId: DIC_kwDOExample

      content/site.yaml:2
        \`giscus.category\` is missing
          Category of the discussions.
          For example:
          giscus:
            repo: blog
            repoId: R_x
            category: Comments

      content/site.yaml:3
        \`giscus.repo\` should be owner/name of a public GitHub repository, but is "blog"
          GitHub repository whose Discussions contain the comments.
          For example:
          giscus:
            repo: me/blog

      content/site.yaml:7
        \`webmention.trackback\` should be an absolute address with {slug} in it, but is "https://example.org/tb/"
          Address that receives trackbacks; \`{slug}\` stands for the post.
          For example:
          webmention:
            trackback: https://me.example/trackback/{slug}

      content/site.yaml:9
        \`navigation.url\` is missing
          A path from the blog's root (without the base path), or an absolute address.
          For example:
          navigation:
            - label: About
              url: /about/

      content/site.yaml:10
        \`moderation\` should be all, first-time or none, but is "some"
          Which responses wait for approval: \`all\`, only those from sites that you haven't approved before (\`first-time\`), or \`none\`.
          For example:
          moderation: first-time

      content/site.yaml:11
        \`feedItems\` should be at least 1, but is 0
          Number of posts in a feed; older posts are in linked archives.
          For example:
          feedItems: 50

      7 errors to fix."
    `);
  });

  test("settings that aren't keys with values", async () => {
    expect(await mistakesIn({ "content/site.yaml": "- title: Test\n" })).toMatchInlineSnapshot(`
      "content/site.yaml:1
        The dash turns the keys into a list: - title: Test
          title: Test

      1 error to fix."
    `);
  });

  test("an author without a name and with an invalid link", async () => {
    expect(
      await mistakesIn({
        "content/authors/nell.yaml":
          "bio: Nell writes.\nlinks:\n  - { label: Website, url: nell.example }\navatar: ./a.svg\n",
      }),
    ).toMatchInlineSnapshot(`
      "content/authors/nell.yaml:1
        \`name\` is missing
          Name, as shown in bylines.
          For example:
          name: Example Author

      content/authors/nell.yaml:3
        \`links.url\` should be an absolute address that begins with https:// or http://, but is "nell.example"
          Write it like this:
          links:
            - url: https://nell.example

      content/authors/nell.yaml:4
        \`avatar\` isn't a key of an author
          Here it's called \`photo\`:
          photo: { src: ./example-author.svg, alt: "Example Author, drawn in ink" }

      3 errors to fix."
    `);
  });

  test("a series without a title", async () => {
    expect(await mistakesIn({ "content/series/home.yaml": "titel: Home\n" })).toMatchInlineSnapshot(`
      "content/series/home.yaml:1
        \`titel\` isn't a key of a series
          Did you mean \`title\`?

      content/series/home.yaml:1
        \`title\` is missing
          The title of the series.
          For example:
          title: A year in the garden

      2 errors to fix."
    `);
  });
});

test("all errors are reported at once, in the order of files and lines", async () => {
  expect(
    await mistakesIn({
      "content/site.yaml": "title: Test\nurl: nowhere\n",
      "content/posts/b.mdx": post("date: soon", "<Figur />\n"),
      "content/posts/a.mdx": post("authors: [nobody]\ntgas: [x]", "[x](/none/)\n"),
    }),
  ).toMatchInlineSnapshot(`
    "content/posts/a.mdx:3
      \`date\` has no time zone, and the site sets none: 2026-03-01
        Name the site's zone in content/site.yaml:
        timeZone: Europe/Berlin
        or write the zone here:
        date: 2026-03-01T00:00:00+01:00

    content/posts/a.mdx:4
      There is no author \`nobody\`
        Authors are files. Make content/authors/nobody.yaml with
        name: The Name

    content/posts/a.mdx:5
      \`tgas\` isn't a key of a post
        Did you mean \`tags\`?

    content/posts/a.mdx:7
      This link leads nowhere: /none/
        Links within the blog are written from its root: /posts/my-post/, /tags/privacy/, /about/.

    content/posts/b.mdx:3
      \`date\` can't be read as a date: soon
        Write year, month and day, and the time if you like:
        date: 2026-03-01 09:30

    content/posts/b.mdx:5
      There is no component <Figur>
        Did you mean <Figure>? Without an import you can use Aside, Figure, Gallery, Quote, SocialPost, Survey, Video. A component of your own is imported at the top of the post:
        import Figur from "./Figur.astro"

    content/site.yaml:2
      \`url\` should be the absolute address of the blog, without ? and #, such as https://me.example/blog/, but is "nowhere"
        Address at which the blog is published, including the path if it is in a folder of the host.
        For example:
        url: https://me.example/blog/

    7 errors to fix."
  `);
});
