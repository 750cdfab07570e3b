import { symlinkSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { SVG_ADVICE } from "../images/clean-svg.ts";
import { DRAWING } from "../../../tests/fixtures/drawing.ts";
import { testBlog } from "../../../tests/support/markdown-blog.ts";
import type { TestBlog } from "../../../tests/support/markdown-blog.ts";

let blog: TestBlog;
beforeAll(() => {
  blog = testBlog();
  blog.write(
    "content/posts/hello/evil.svg",
    '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script>1</script></svg>',
  );
  blog.write("content/posts/hello/broken.jpg", "hello");
  blog.write("public/shared.svg", DRAWING);
  blog.write("content/posts/hello/talk.mkv", "not really a film");
  symlinkSync("gone.svg", path.join(blog.root, "content/posts/hello/dead.svg"));
});

/** Text of an author, and the expected errors with line, message and hint. */
const MISTAKES: readonly (readonly [name: string, text: string, ...told: string[]])[] = [
  [
    "an HTML comment",
    "one\n\n<!-- not yet -->",
    "3: An HTML comment isn't allowed in MDX\n" +
      "Write it as MDX does, or name the file .md:\n" +
      "{/* not yet */}",
  ],
  [
    "a brace that stays open",
    "a {b",
    "1: `{` is never closed\n" + "In MDX, braces enclose JavaScript. For literal braces write:\n" + "a \\{b",
  ],
  [
    "JavaScript that is none",
    "a {1 +} and {2 +}",
    "1: {1 +} and {2 +} can't be read as JavaScript\n" +
      "In MDX, braces enclose JavaScript. For literal braces write:\n" +
      "a \\{1 +\\} and \\{2 +\\}",
  ],
  [
    "a name that nothing has",
    "one\n\nUse {username} in `{code}`.",
    "3: {username} uses something that isn't defined here: username\n" +
      "In MDX, braces enclose JavaScript. For literal braces write:\n" +
      "Use \\{username\\} in `{code}`.",
  ],
  [
    "code by tabs, in a list as well",
    "\tnpm install\n\n- item\n\n\t\tnpm test",
    "1: In MDX, four spaces don't make code: these lines would become a paragraph\n" +
      "Put them between two lines of three backticks, or name the file .md:\n```\nnpm install\n```",
    "5: In MDX, four spaces don't make code: these lines would become a paragraph\n" +
      "Put them between two lines of three backticks, or name the file .md:\n  ```\n  npm test\n  ```",
  ],
  [
    "a private remark that stays open within a line",
    "Seen by all %% not meant for them",
    "1: %% starts a comment that is never closed\n" +
      "Write %% again where it ends, or \\%\\% for the characters themselves.",
  ],
  [
    "a label in a formula",
    "$\\label{eq:one} a = b$",
    "1: The formula \\label{eq:one} a = b isn't valid TeX\n" +
      "Formulas have no numbers to refer to, unless \\tag{1} gives one. Leave it out:\na = b",
  ],
  [
    "a picture in two places",
    '<Figure src="./fence.svg" alt="A fence" wide margin />',
    "1: <Figure> is wide and in the margin\n" +
      'It can be one of the two: <Figure src="./fence.svg" alt="Two neighbors talk over a fence" margin />',
  ],
  [
    "a component that stays open",
    "<Aside>\n\ntext",
    "1: <Aside> is never closed\n" +
      "Close it; tags around paragraphs are on lines of their own, with blank lines between:\n" +
      "<Aside>\n" +
      "\n" +
      "Text\n" +
      "\n" +
      "</Aside>",
  ],
  [
    "a component that ends in another paragraph",
    "text <Aside> x\n\n</Aside>",
    "1: <Aside> is never closed\n" +
      "Close it, at the latest where its paragraph ends; tags around paragraphs are on lines of their own, with blank lines between:\n" +
      "<Aside>\n" +
      "\n" +
      "Text\n" +
      "\n" +
      "</Aside>",
  ],
  [
    "components closed in the wrong order",
    "<Aside>\n\ntext\n\n</Quote>",
    "5: </Quote> is where <Aside> should be closed\n" +
      "Close first what was opened last:\n" +
      "<Aside>…</Aside>",
  ],
  [
    "a component closed without being opened",
    "text\n\n</Aside>",
    "3: </Aside> closes a tag that was never opened\n" + "Remove it, or open it further up: <Aside>",
  ],
  [
    "a prop without quotes",
    "<Aside type=note>\n\nx\n\n</Aside>",
    "1: The tag <Aside> is broken\n" +
      "Write the values of props in quotes, numbers in braces, and end the tag with > or />:\n" +
      '<Aside title="A text" count={3} />',
  ],
  [
    "an import with a slip",
    "import Chart fro './Chart.astro'\n\n<Chart />",
    "1: This import or export isn't valid JavaScript: Expected `from` but found `Identifier`\n" +
      "Import a component of your own like this:\n" +
      'import Chart from "./Chart.astro"',
  ],
  [
    "a component that doesn't exist",
    "text\n\n<Figrue src='./fence.svg' />",
    "3: There is no component <Figrue>\n" +
      "Did you mean <Figure>? Without an import you can use Aside, Figure, Gallery, Quote, SocialPost, Survey, Video. A component of your own is imported at the top of the post:\n" +
      'import Figrue from "./Figrue.astro"',
  ],
  [
    "a component without its import",
    "<Chart />",
    "1: There is no component <Chart>\n" +
      "Without an import you can use Aside, Figure, Gallery, Quote, SocialPost, Survey, Video. A component of your own is imported at the top of the post:\n" +
      'import Chart from "./Chart.astro"',
  ],
  [
    "a prop left out",
    "<Figure alt='x' />",
    "1: <Figure> needs the prop src\n" +
      "src: the picture's file beside the post, such as ./fence.svg\n" +
      '<Figure src="./fence.svg" alt="Two neighbors talk over a fence" caption="Where it began" />',
  ],
  [
    "a picture without alternative text",
    "<Figure\n  src='./fence.svg'\n/>",
    "1: <Figure> needs the prop alt\n" +
      "alt: a description of the picture for people who can't see it\n" +
      '<Figure src="./fence.svg" alt="Two neighbors talk over a fence" />\n' +
      'For a picture that carries no information: <Figure src="./line.svg" decorative />',
  ],
  [
    "a prop misspelt, on its own line",
    "<Figure\n  src='./fence.svg'\n  alt='x'\n  captoin='x'\n/>",
    "4: <Figure> has no prop captoin\n" +
      "Did you mean caption? Its props are: src, alt, caption, credit, creditUrl, wide, margin, decorative.\n" +
      '<Figure src="./fence.svg" alt="Two neighbors talk over a fence" caption="Where it began" />',
  ],
  [
    "a computed prop",
    "<Figure\n  src={photo}\n  alt='x' />",
    "2: The prop src of <Figure> is computed\n" +
      "Write the value itself, texts in quotes, numbers and true or false in braces:\n" +
      '<Figure src="./fence.svg" alt="Two neighbors talk over a fence" caption="Where it began" />',
  ],
  [
    "props spread",
    "<Figure {...photo} />",
    "1: <Figure> doesn't accept {...props}\n" +
      "Write each prop out:\n" +
      '<Figure src="./fence.svg" alt="Two neighbors talk over a fence" caption="Where it began" />',
  ],
  [
    "a prop without a value",
    "<Figure src alt='x' />",
    '1: The prop src of <Figure> must be a text in quotes, such as "…"\n' +
      "src: the picture's file beside the post, such as ./fence.svg\n" +
      '<Figure src="./fence.svg" alt="Two neighbors talk over a fence" caption="Where it began" />',
  ],
  [
    "an empty prop",
    "<Figure src='' alt='x' />",
    "1: The prop src of <Figure> must not be empty\n" +
      "src: the picture's file beside the post, such as ./fence.svg\n" +
      '<Figure src="./fence.svg" alt="Two neighbors talk over a fence" caption="Where it began" />',
  ],
  [
    "a picture with a misspelt name",
    "<Figure src='./fense.svg' alt='x' />",
    "1: The file ./fense.svg isn't there\n" +
      "Did you mean ./fence.svg?\n" +
      "Looked for: content/posts/hello/fense.svg",
  ],
  [
    "a picture that isn't there",
    "![x](./holiday.jpg)",
    "1: The file ./holiday.jpg isn't there\n" +
      "Put the file into content/posts/hello/.\n" +
      "Looked for: content/posts/hello/holiday.jpg",
  ],
  [
    "a picture that was to be in public",
    "![x](/fence.svg)",
    "1: The file /fence.svg isn't there\n" + "Put the file into public/.\n" + "Looked for: public/fence.svg",
  ],
  [
    "a picture of an unknown kind",
    "<Figure src='./fence.tiff' alt='x' />",
    "1: ./fence.tiff isn't a picture type that a blog can show\n" + "Use jpg, png, webp, avif, gif or svg.",
  ],
  [
    "a picture that is damaged",
    "<Figure src='./broken.jpg' alt='x' />",
    "1: The file ./broken.jpg can't be read as a picture\n" +
      "Save it again as jpg, png, webp, avif, gif or svg.",
  ],
  [
    "a picture on another server",
    "![x](https://x.example/a.jpg)",
    "1: The picture https://x.example/a.jpg is on another server\n" +
      "Readers' browsers contact no other server before a click. Save it with `npx backfence fetch-images`, or save the picture beside the post:\n" +
      "![x](./a.jpg)",
  ],
  [
    "a drawing with a script",
    "<Figure src='./evil.svg' alt='x' />",
    "1: The picture ./evil.svg contains a <script>\n" + SVG_ADVICE,
  ],
  [
    "a Markdown picture without alternative text",
    "![](./fence.svg)",
    "1: The picture ./fence.svg has no alternative text\n" +
      "Describe it for people who can't see it:\n" +
      "![What it shows](./fence.svg)\n" +
      'For a picture that carries no information: <Figure src="./fence.svg" decorative />',
  ],
  [
    "two captions",
    "<Figure src='./fence.svg' alt='x' caption='a'>b</Figure>",
    "1: <Figure> has two captions\n" +
      "Give it once: as the prop caption, or between the tags when it needs Markdown.",
  ],
  [
    "a link to a file",
    "[x](../other/index.mdx)",
    "1: The text ../other/index.mdx isn't there\n" +
      "Link to the file of a post, or to its page:\n" +
      "[x](/posts/other/)",
  ],
  [
    "a link without an address",
    "[x]()",
    "1: A link has no address\n" + "Give it one: [x](https://example.org/)",
  ],
  [
    "a link that runs a script",
    "[x](javascript:alert)",
    '1: A link can\'t begin with "javascript:"\n' + "Link to a page: [x](https://example.org/)",
  ],
  [
    "a link that is half an address",
    "[x](http://)",
    '1: "http://" isn\'t a complete address\n' + "Write it with its host: https://example.org/page",
  ],
  [
    "a note that isn't written",
    "text[^1]",
    "1: The note [^1] isn't defined\n" +
      "Define it on a line of its own, further down:\n" +
      "[^1]: What the note says.",
  ],
  [
    "a note that isn't named",
    "text\n\n[^1]: note",
    "3: The note [^1] is never referenced in the text\n" +
      "Refer to it where it belongs:\n" +
      "A claim that needs a source.[^1]",
  ],
  [
    "an answer without a number",
    "<Survey question='q'>\n\n- A: 1\n- B\n\n</Survey>",
    "4: An answer of <Survey> has no number after a colon\n" +
      "Write the answer, a colon and the number, decimals with a point:\n" +
      "- Garlic: 72.5",
  ],
  [
    "a number in quotes",
    "<Survey question='q' sample='60000'>\n\n- A: 1\n\n</Survey>",
    "1: The prop sample of <Survey> must be a number in braces, such as {60000}\n" +
      "sample: how many were asked\n" +
      '<Survey question="Which of these do you grow?" sample={1200} date="2026-03" source="Example survey">\n' +
      "\n" +
      "- Garlic: 72\n" +
      "- Leeks: 28\n" +
      "\n" +
      "</Survey>",
  ],
  [
    "a date in words",
    "<Survey question='q' date='last year'>\n\n- A: 1\n\n</Survey>",
    '1: The prop date of <Survey> must be a date such as "2011", "2011-07" or "2011-07-04"\n' +
      "date: when, such as 2011 or 2011-07\n" +
      '<Survey question="Which of these do you grow?" sample={1200} date="2026-03" source="Example survey">\n' +
      "\n" +
      "- Garlic: 72\n" +
      "- Leeks: 28\n" +
      "\n" +
      "</Survey>",
  ],
  [
    "a survey without a list",
    "<Survey question='q'>\n\nMost said yes.\n\n</Survey>",
    "3: <Survey> contains something other than a list\n" +
      "Its answers are a list:\n" +
      '<Survey question="Which of these do you grow?" sample={1200} date="2026-03" source="Example survey">\n' +
      "\n" +
      "- Garlic: 72\n" +
      "- Leeks: 28\n" +
      "\n" +
      "</Survey>",
  ],
  [
    "a kind of aside that doesn't exist",
    "<Aside type='hint'>x</Aside>",
    "1: The prop type of <Aside> must be one of note, tip, warning, final\n" +
      "type: note (the default), tip, warning, or final for a closing thought\n" +
      '<Aside type="tip" title="Before you send it">\n' +
      "\n" +
      "Read it aloud.\n" +
      "\n" +
      "</Aside>",
  ],
  [
    "an empty component",
    "<Aside />",
    "1: <Aside> is empty\n" +
      "Write its content between its tags:\n" +
      '<Aside type="tip" title="Before you send it">\n' +
      "\n" +
      "Read it aloud.\n" +
      "\n" +
      "</Aside>",
  ],
  [
    "text in a gallery",
    "<Gallery>\n\nText\n\n</Gallery>",
    "3: <Gallery> contains something other than pictures\n" +
      "Only pictures belong in it:\n" +
      '<Gallery caption="Three gardens">\n' +
      "\n" +
      '![A gate](./gate.svg "The gate")\n' +
      '![A hedge](./hedge.svg "The hedge")\n' +
      "\n" +
      "</Gallery>",
  ],
  [
    "a film from an unknown site",
    "<Video title='x' src='https://film.example/1' />",
    "1: <Video> has no player for https://film.example/1\n" +
      "Videos come from YouTube, Vimeo, or a file beside the post (mp4, webm):\n" +
      '<Video title="A chat over the fence" src="https://www.youtube.com/watch?v=dQw4w9WgXcQ" poster="./poster.svg" duration="4:12" />',
  ],
  [
    "a film of an unknown kind",
    "<Video title='x' src='./talk.avi' />",
    "1: ./talk.avi isn't a video type that a blog can show\n" +
      "Use mp4 or webm (video), mp3, m4a or ogg (audio), vtt (captions).",
  ],
  [
    "captions that aren't there",
    "<Video title='x' src='./talk.mp4' captions='./tolk.vtt' />",
    "1: The file ./tolk.vtt isn't there\n" +
      "Did you mean ./talk.vtt?\n" +
      "Looked for: content/posts/hello/tolk.vtt",
  ],
  [
    "captions of another kind",
    "<Video title='x' src='./talk.mp4' captions='./talk.srt' />",
    '1: The prop captions of <Video> must be a WebVTT file beside the post, such as "./talk.vtt"\n' +
      "captions: captions of a video file beside the post, as a WebVTT file\n" +
      '<Video title="A chat over the fence" src="https://www.youtube.com/watch?v=dQw4w9WgXcQ" poster="./poster.svg" duration="4:12" />',
  ],
  [
    "captions for a film on a site that has its own",
    "<Video title='x' src='https://vimeo.com/123456' captions='./talk.vtt' />",
    "1: <Video> can't add captions to a video on Vimeo\n" +
      "Add them there. Captions beside the post work only for a video beside the post:\n" +
      '<Video title="A talk" src="./talk.mp4" captions="./talk.vtt" />',
  ],
  [
    "a length in words",
    "<Video title='x' src='./talk.mp4' duration='4 minutes' />",
    '1: The prop duration of <Video> must be minutes and seconds, such as "4:12"\n' +
      "duration: how long it is, such as 4:12\n" +
      '<Video title="A chat over the fence" src="https://www.youtube.com/watch?v=dQw4w9WgXcQ" poster="./poster.svg" duration="4:12" />',
  ],
  [
    "a day that doesn't exist, and half an address",
    "<SocialPost author='x' date='2022-02-31' url='x.example'>y</SocialPost>",
    '1: The prop date of <SocialPost> must be a date such as "2011", "2011-07" or "2011-07-04"\n' +
      "date: when it was written, such as 2022-11-19T08:14:00Z\n" +
      '<SocialPost author="Ann Example" handle="@ann@example.social" network="Mastodon" date="2022-11-19T08:14:00Z" url="https://example.social/@ann/1">\n' +
      "\n" +
      "What she wrote.\n" +
      "\n" +
      "</SocialPost>",
    '1: The prop url of <SocialPost> must be a whole address ("https://…") or one from the site\'s root ("/posts/…/")\n' +
      "url: the address of the post\n" +
      '<SocialPost author="Ann Example" handle="@ann@example.social" network="Mastodon" date="2022-11-19T08:14:00Z" url="https://example.social/@ann/1">\n' +
      "\n" +
      "What she wrote.\n" +
      "\n" +
      "</SocialPost>",
  ],
  [
    "a pulled quotation with a source",
    "<Quote pull who='x'>y</Quote>",
    "1: A <Quote pull> can't have a source\n" +
      "It repeats a sentence of this text. Leave out who, where and url, or leave out pull.",
  ],
  [
    "a pulled quotation with a note",
    "x[^1]\n\n<Quote pull>y[^1]</Quote>\n\n[^1]: n",
    "3: A <Quote pull> can't contain a note\n" +
      "It repeats a sentence of the text, which already has the note. Leave it out here.",
  ],
  [
    "a component inside a sentence",
    "Text <Quote>y</Quote> text.",
    "1: <Quote> is inside a sentence\n" +
      "Put it on lines of its own, with a blank line before and after:\n" +
      "\n" +
      '<Quote who="Ann Example" where="A Garden Book" url="https://example.org/">\n' +
      "\n" +
      "What she said.\n" +
      "\n" +
      "</Quote>",
  ],
  [
    "a frame",
    "<iframe src='https://maps.example/a/'></iframe>",
    "1: <iframe> isn't allowed in a post\n" +
      "Readers' browsers load nothing from elsewhere before a click. Link to it:\n" +
      "[maps.example/a](https://maps.example/a/)",
  ],
  [
    "a tag that doesn't exist",
    "<dvi>x</dvi>",
    "1: <dvi> isn't allowed in a post\n" + "Did you mean <div>? For the characters themselves write \\<dvi>.",
  ],
  [
    "a style and a handler",
    "<p style='color: red' onclick='x'>x</p>",
    "1: <p> has the attribute style, which the Content Security Policy blocks\n" +
      "Give it a class and write the style in a stylesheet, or import a component of your own.",
    "1: <p> has the attribute onclick, which the Content Security Policy blocks\n" +
      "Give it a class and write the style in a stylesheet, or import a component of your own.",
  ],
  [
    "attributes called like parts of every object",
    '<p constructor="x" __proto__="y">x</p>',
    "1: <p> has the attribute constructor, which isn't an HTML attribute\nLeave it out, or write data-constructor.",
    "1: <p> has the attribute __proto__, which isn't an HTML attribute\nLeave it out, or write data-proto.",
  ],
  [
    "a block inside a sentence",
    "text <div>x</div>",
    "1: <div> is inside a sentence, where only text is allowed\n" +
      "Put it on lines of its own, with a blank line before and after:\n" +
      "\n" +
      "<div>\n" +
      "\n" +
      "Text\n" +
      "\n" +
      "</div>",
  ],
  [
    "several paragraphs in one",
    "<p>\na\n\nb\n</p>",
    "1: <p> contains several paragraphs, and browsers would close it after the first\n" +
      "Keep one sentence or paragraph in each <p>.",
  ],
  [
    "a row outside a table",
    "text\n\n<tr>x</tr>",
    "3: Tags in this text are nested in a way that browsers would rearrange\n" +
      "Look at the tags written by hand: rows belong in <table>, items in <ul> or <ol>, and no <p>, <a> or <button> in another.",
  ],
  [
    "a link inside a link",
    "<a href='/x/'>[b](/y/)</a>",
    "1: A link is inside another link\n" + "End the first link before the second begins.",
  ],
  [
    "an id of a heading used twice",
    "## One {#a}\n\n## Two {#a}",
    "3: The id a is used twice\n" +
      "An id can be used only once in a page, and some ids are reserved. Choose another one:\n" +
      "## Two {#a-2}",
  ],
  [
    "a picture without an address",
    "![A fence]() ![B](#)",
    "1: A picture has no address: ![A fence]()\n" +
      "Name its file beside the post:\n" +
      "![A fence](./picture.jpg)",
    "1: A picture has no address: ![B](#)\n" + "Name its file beside the post:\n" + "![B](./picture.jpg)",
  ],
  [
    "a picture in public/ under an address of elsewhere",
    "![x](public/shared.svg) ![x](shared.svg)",
    "1: The file public/shared.svg isn't there\n" +
      "Did you mean /shared.svg? Addresses of files in public/ begin with / and leave out public.\n" +
      "Looked for: content/posts/hello/public/shared.svg",
    "1: The file shared.svg isn't there\n" +
      "Did you mean /shared.svg? Addresses of files in public/ begin with / and leave out public.\n" +
      "Looked for: content/posts/hello/shared.svg",
  ],
  [
    "a link of the file system to nothing",
    "![x](./dead.svg)",
    "1: ./dead.svg is a symbolic link to a file that doesn't exist\n" +
      "Copy the file here, or link to a file in the project.",
  ],
  [
    "a film that browsers don't play",
    "![x](./talk.mkv)",
    "1: ./talk.mkv isn't a video type that a blog can show\n" +
      "Use mp4 or webm (video), mp3, m4a or ogg (audio), vtt (captions).",
  ],
  [
    "a picture on another server whose name has no ending",
    "![x](https://x.example/picture?id=3)",
    "1: The picture https://x.example/picture?id=3 is on another server\n" +
      "Readers' browsers contact no other server before a click. Save it with `npx backfence fetch-images`, or save the picture beside the post:\n" +
      "![x](./picture.jpg)",
  ],
  [
    "an export that Astro makes itself",
    "Text\n\nexport const a = 1;\nexport const frontmatter = {};",
    "4: A text can't export frontmatter, which Astro exports from it already\n" +
      "Give it another name, here and where the text uses it.",
  ],
  [
    "text right below an export",
    "export const a = 1\nText {a}",
    "2: This line isn't valid JavaScript, and there is no empty line between it and the import or export above it: Text {a}\n" +
      "Leave an empty line between them:\n\nText {a}",
  ],
  [
    "a component whose name begins with a small letter",
    "export const myBox = () => 1;\n\n<myBox />",
    "3: <myBox> begins with a lowercase letter, so it is an HTML tag and not the component myBox\n" +
      "Call the component MyBox, where it is imported or exported as well:\n<MyBox />",
  ],
  [
    "HTML as React has it",
    '<div dangerouslySetInnerHTML={{ __html: "<b>x</b>" }} />',
    "1: <div> has dangerouslySetInnerHTML, which is React's, so its content wouldn't be shown\n" +
      "Write the HTML itself between the tags:\n<div>…</div>",
  ],
  [
    "a name that only components of Astro have",
    "{Astro.url.pathname}",
    "1: {Astro.url.pathname} uses something that isn't defined here: Astro\n" +
      "In MDX, braces enclose JavaScript. For literal braces write:\n" +
      "\\{Astro.url.pathname\\}",
  ],
  [
    "a link of another program",
    "<Link href='/x/'>y</Link>",
    "1: There is no component <Link>\n" +
      "Without an import you can use Aside, Figure, Gallery, Quote, SocialPost, Survey, Video. A component of your own is imported at the top of the post:\n" +
      'import Link from "./Link.astro"',
  ],
  [
    "an id used twice",
    "<p id='a'>x</p>\n\n<p id='a'>y</p>",
    "3: The id a is used twice\n" +
      "An id can be used only once in a page, and some ids are reserved. Choose another one.",
  ],
];

describe("an error has its line and how to fix it:", () => {
  test.each(MISTAKES)("%s", async (_name, text, ...told) => {
    expect(await blog.mistakes(text)).toEqual(told);
  });
});

test("all errors are reported at once, with line numbers in the file, not in the body", async () => {
  const text =
    "one\n\n<!-- c -->\n\n<!-- over\n\nlines -->\n\n2 < 3 <4 and {1, 2}\n\n<Figrue src='x'/>\n\n[x](y)";
  const { issues } = await blog.render(text, { lineOffset: 10 });
  expect(issues.map((issue) => `${issue.file}:${issue.line} ${issue.message}`)).toEqual([
    "content/posts/hello/index.mdx:13 An HTML comment isn't allowed in MDX",
    "content/posts/hello/index.mdx:15 An HTML comment isn't allowed in MDX",
    "content/posts/hello/index.mdx:19 {1, 2} is a bare value, which readers would see in another form or not at all",
    "content/posts/hello/index.mdx:21 There is no component <Figrue>",
    'content/posts/hello/index.mdx:23 The link "y" doesn\'t work from the front page or a feed',
  ]);
});

test("MDX comments and escaped characters are no errors", async () => {
  expect(await blog.html("a \\{b\\} \\<3 {/* c */} `<!-- d -->` \\[^1]")).toBe(
    "<p>a {b} &lt;3  <code>&lt;!-- d --></code> [^1]</p>",
  );
});

test("the note for a first-level heading shows the author's own text", async () => {
  const of = async (text: string) => (await blog.render(text)).notes.map(({ hint }) => hint);
  expect(await of("# One *more* {#one}")).toEqual(["Begin sections with ##:\n## One *more* {#one}"]);
  expect(await of("One `more`\n===")).toEqual([
    "Begin sections with ##, without the line of = below:\n## One `more`",
  ]);
});

test.each(["md", "mdx"] as const)("nesting beyond the maximum depth is an error, in .%s", async (format) => {
  for (const text of [`${"> ".repeat(5000)}x`, `${"<div>".repeat(3000)}x${"</div>".repeat(3000)}`])
    expect(await blog.mistakes(text, { format })).toEqual([
      "1: Quotations, lists or tags are nested more than 300 levels deep\nClose some of them before others begin.",
    ]);
  expect(await blog.mistakes(`${"> ".repeat(200)}x`, { format })).toEqual([]);
});

test("bare words beside obsolete tags stay in one paragraph", async () => {
  const { html } = await blog.render(
    '<div></div>\n<span>a</span> <font color="red">b</font> <big>c</big> d',
    { format: "md" },
  );
  expect(html).toContain("<p><span>a</span> b c d</p>");
});

test("file names may contain ?, # and %, and accents in either Unicode form", async () => {
  for (const name of ["c#.svg", "why?.svg", "100%.svg", "caf\u0065\u0301.svg"])
    blog.write(`content/posts/hello/${name}`, DRAWING);
  for (const format of ["md", "mdx"] as const)
    expect(
      await blog.mistakes(
        "![a](./c#.svg) ![b](./why?.svg) ![c](./100%.svg) ![d](./caf\u00e9.svg) ![e](./fence.svg?v=2#x)",
        {
          format,
        },
      ),
    ).toEqual([]);
});

test("an import inside a paragraph is noted, but not one in a comment", async () => {
  const of = async (text: string) =>
    (await blog.render(text)).notes.map(({ line, message }) => `${line}: ${message}`);
  expect(await of('Words\nimport Box from "./Box.astro"')).toEqual([
    '2: This import is part of the paragraph above it, so it imports nothing: import Box from "./Box.astro"',
  ]);
  expect(await of('{/*\nimport Box from "./Box.astro"\n*/}')).toEqual([]);
});

test("fragments, build-time values and Astro's directives are rendered by Astro", async () => {
  for (const text of [
    '<Fragment set:html="<i>a</i>" />',
    "{import.meta.env.MODE}",
    '<div set:html={"<i>a</i>"} />',
  ]) {
    const { kind, issues } = await blog.render(text);
    expect([kind, issues], text).toEqual(["module", []]);
  }
  expect(await blog.html("<Fragment>\n\n**a**\n\n</Fragment>")).toBe("<p><strong>a</strong></p>");
});
