import { expect, test } from "vitest";
import { HOSTILE_HTML } from "../../../tests/fixtures/hostile-html.ts";
import { activeParts } from "../../../tests/support/active-parts.ts";
import { record } from "../../../tests/support/records.ts";
import { responseHtml } from "./response-html.ts";

const PICTURE = "0123456789abcdef0123456789abcdef.webp";
const address = (name: string) => `/blog/avatars/${name}`;
const native = { "wm-protocol": "mastodon" } as const;

test("a content warning folds the content, including media", () => {
  const html = responseHtml(
    record(1, {
      ...native,
      summary: "Spiders & <webs>",
      content: { text: "Look" },
      attachments: [{ type: "image", url: "https://a.example/1.jpg", alt: "A spider", picture: PICTURE }],
    }),
    address,
  );
  expect(html).toBe(
    `<details><summary>Spiders &#x26; &#x3C;webs></summary><p>Look</p><p><a href="https://a.example/1.jpg" rel="nofollow ugc noopener"><img src="/blog/avatars/${PICTURE}" alt="A spider" width="240" loading="lazy" decoding="async"></a></p></details>`,
  );
});

test("custom emoji become pictures on the blog, but only if they are stored, and not in code", () => {
  const content = { html: "<p>Hi :cat: :dog: <code>:cat:</code></p>", text: "Hi" };
  const html = responseHtml(record(1, { ...native, content, emoji: { cat: PICTURE } }), address);
  expect(html).toContain(`<img src="/blog/avatars/${PICTURE}" alt=":cat:"`);
  expect(html).toContain(":dog: <code>:cat:</code>");
  expect(responseHtml(record(1, { ...native, content, emoji: { cat: PICTURE } }), () => null)).not.toContain(
    "<img",
  );
});

test("media without a thumbnail are links with their description or host", () => {
  const attachments = [
    { type: "audio", url: "https://a.example/song.mp3", alt: "A song" },
    { type: "video", url: "https://b.example/film", alt: "" },
    { type: "image", url: "javascript:alert(1)", alt: "x" },
  ] as const;
  const html = responseHtml(record(1, { ...native, content: undefined, attachments }), address);
  expect(html.match(/>[^<>]+<\/a>/g)).toEqual([">A song</a>", ">b.example</a>"]);
  expect(html).not.toContain("javascript");
});

test("no field of a record can run scripts or load anything from other servers", () => {
  for (const attack of HOSTILE_HTML.flatMap(({ fragments }) => fragments)) {
    const html = responseHtml(
      record(1, {
        ...native,
        summary: attack,
        content: { html: `${attack} :x:`, text: attack },
        emoji: { [attack]: PICTURE, x: PICTURE },
        attachments: [{ type: "image", url: "https://a.example/", alt: attack, picture: PICTURE }],
      }),
      address,
    );
    expect(activeParts(html), attack).toEqual([]);
  }
});
