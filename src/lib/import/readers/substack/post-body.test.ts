import { expect, test } from "vitest";
import { substackBody } from "./post-body.ts";

const attributes = (data: unknown): string =>
  `data-attrs="${JSON.stringify(data).replaceAll('"', "&quot;")}"`;

test("the text after a paywall isn't imported", () => {
  const body = substackBody('<p>For all.</p><div class="paywall-jump"></div><p>For some.</p>');
  expect(body).toMatchObject({ html: "<p>For all.</p>", isCut: true });
});

test("a gallery becomes pictures with their captions", () => {
  const gallery = {
    images: [{ src: "https://cdn.example/a.png", alt: "A" }, { src: "https://cdn.example/b.png" }],
    caption: "Both",
  };
  expect(substackBody(`<div class="image-gallery-embed" ${attributes({ gallery })}></div>`).html).toBe(
    '<figure><img src="https://cdn.example/a.png" alt="A"></figure><figure><img src="https://cdn.example/b.png" alt=""></figure><p><em>Both</em></p>',
  );
});

test("a card for another post becomes a link, a formula its TeX source", () => {
  const card = `<div class="embedded-post-wrap" ${attributes({ url: "https://b.example/p/x", title: "X" })}></div>`;
  expect(substackBody(card).html).toBe('<p><a href="https://b.example/p/x">X</a></p>');
  const formula = `<div class="latex-rendered" ${attributes({ persistentExpression: "a^2" })}></div>`;
  expect(substackBody(formula).html).toBe('<pre><code class="language-math">a^2</code></pre>');
});

test("a picture gets the address of its original, so that its file is found", () => {
  const copy =
    "https://substackcdn.com/image/fetch/w_424,c_limit/https%3A%2F%2Fmedia.example%2Fimages%2Fgate_800x600.png";
  expect(substackBody(`<a href="${copy}"><img src="${copy}" alt="A gate"></a>`).html).toBe(
    '<a href="https://media.example/images/gate_800x600.png"><img src="https://media.example/images/gate_800x600.png" alt="A gate"></a>',
  );
});

test("invalid JSON in an embed's attributes loses only its address, not the text after it", () => {
  expect(substackBody('<div class="twitter-embed" data-attrs="{"></div><p>After.</p>').html).toContain(
    "After.",
  );
});
