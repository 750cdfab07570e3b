import { describe, expect, test } from "vitest";
import { record } from "../../../tests/support/records.ts";
import type { PostResponse } from "./model.ts";
import { senderSite } from "./sender-site.ts";
import { spamMarks, spamMemory, SPAM, SUSPECT, weightOf } from "./spam.ts";

let number = 0;

/** A comment from an old blog's form: name, link of the name, text. */
function comment(name: string, url: string | null, text: string, html?: string): PostResponse {
  number++;
  return record(number, {
    "wm-protocol": "comment",
    author: { type: "card", name, ...(url === null ? {} : { url }) },
    content: { text, ...(html === undefined ? {} : { html }) },
  });
}

const PEOPLE: readonly (readonly [string, string | null, string])[] = [
  ["Ada Lovell", "https://ada.example/", "Great post!"],
  ["Ada Lovell", "https://ada.example/", "Lovely piece, Nell. Thank you."],
  ["Ada Lovell", null, "Thanks for sharing!"],
  ["Jo", "https://jo.example/", "This."],
  ["Jo", "https://jo.example/", "Wow. I agree completely."],
  [
    "Ray Boot",
    "https://boot.example/",
    "Well said, and the bit about two-way mirrors made me laugh out loud.",
  ],
  ["Tom Sale", "https://sale.example/", "My aunt kept exactly such a ledger in her shop in Leith."],
  [
    "Dorothy Price",
    "https://price.example/",
    "I disagree about the surveys. We ran one and it told us things nobody said aloud.",
  ],
  ["Björn Käufer", "https://kaeufer.example/", "Danke, das hat mich an unseren Hof in Lüneburg erinnert."],
  [
    "Marta",
    "https://marta.example/",
    "I read this twice. Interesting point about personas; we had one called Busy Brenda and she never bought a thing.",
  ],
  ["Ken Watch", "https://ken.example/", "We offered our neighbours tea, which is a loyalty scheme of sorts."],
  [
    "Priya",
    "https://priya.example/",
    "I enjoyed this. The line about the satisfaction report that nobody read is my whole career.",
  ],
  [
    "Liam",
    "https://liam.example/",
    "Thanks for posting this, Nell: I sent it to our complaints desk and they have pinned it to the wall above the kettle.",
  ],
  [
    "Hana",
    "https://hana.example/",
    "I wrote about the same thing last year at https://hana.example/letters and got it wrong.",
  ],
  [
    "Oskar",
    "https://oskar.example/",
    "See https://en.wikipedia.org/wiki/Persona_(user_experience) for where the word comes from.",
  ],
  ["Eve the plumber's daughter", null, "My father answered every letter by hand."],
  [
    "Gil",
    "https://github.com/gil",
    "We once held a webinar about this and four people came, all of them relatives.",
  ],
  ["李小龙", "https://lee.example/", "说得好。"],
  ["@cleo", "https://cleo.example/", "@Ada you're right, and I'd add that silence is an answer, too."],
];

describe("comments by people aren't held back", () => {
  test.each(PEOPLE)("%s (%s): %s", (name, url, text) => {
    expect(spamMarks(comment(name, url, text)).filter(({ weight }) => weight >= SUSPECT)).toEqual([]);
    expect(weightOf(spamMarks(comment(name, url, text)))).toBeLessThan(SUSPECT);
  });

  test("nor is a webmention that links to many pages, as posts do", () => {
    const html = ["a", "b", "c", "d"]
      .map((host) => `<p><a href="https://${host}.example/">one</a></p>`)
      .join("");
    const reply = record(1, { content: { html, text: "one one one one" } });
    expect(weightOf(spamMarks(reply))).toBeLessThan(SUSPECT);
  });

  test("nor is a like, a repost, or a trackback from a blog about marketing", () => {
    expect(spamMarks(record(1, { "wm-property": "like-of", content: undefined }))).toEqual([]);
    const trackback = record(2, {
      "wm-protocol": "trackback",
      author: { type: "card", name: "The Marketing Consultant", url: "https://consultant.example/" },
      content: { text: "Nell compares a blog with a chat over the fence, and I think she is half right." },
    });
    expect(weightOf(spamMarks(trackback))).toBeLessThan(SUSPECT);
  });
});

describe("spam is detected, with the reason", () => {
  test.each([
    [
      "a trade as a name",
      "PHP Developer Pune",
      "https://pune.example/",
      "Blogs are a good way to talk.",
      /is a trade \(developer\)/,
    ],
    [
      "a trade and a country, as under a post of 2008",
      "PHP Programmer India",
      "https://php.example/",
      "I agree with this and found it useful.",
      /is a trade \(programmer\)/,
    ],
    [
      "a brand and a product, as under a post of 2008",
      "Mulberry Wallet",
      "https://mulberry.example/",
      "Good point on personas.",
      /is a product \(wallet\)/,
    ],
    [
      "a trade with praise",
      "Plumbers Leeds",
      "https://leeds.example/",
      "Very informative post, keep it up.",
      /is a trade/,
    ],
    [
      "a product as a name",
      "Leather Wallets",
      "https://wallets.example/",
      "I am agree with you.",
      /is a product \(wallets\)/,
    ],
    ["a brand and a product", "Gucci Handbags Outlet", "https://g.example/", "ok", /is a product/],
    [
      "praise that fits any page",
      "Jason",
      "https://cheap.example/",
      "Thanks for sharing such a nice and informative blog. I have bookmarked it and will visit again.",
      /fit any page, and there is a link/,
    ],
    [
      "praise in broken English",
      "rahul",
      "https://rahul.example/",
      "This is really a very informative article. I am very impressed with your blog and waiting for your next post.",
      /fit any page/,
    ],
    [
      "German praise",
      "Klaus",
      "https://k.example/",
      "Vielen Dank für den tollen Beitrag, weiter so!",
      /fit any page/,
    ],
    [
      "an invitation",
      "Mike Stone",
      "https://crm.example/",
      "Listening matters. We have a free webinar on this topic, sign up at https://crm.example.net/webinar today!",
      /offers something \(“webinar”/,
    ],
    [
      "a sales pitch",
      "Sue",
      null,
      "Our company offers the best services. Contact us at http://services.example and increase your traffic.",
      /offers something/,
    ],
    ["forum codes", "x", null, "[url=http://pills.example]pills[/url]", /forum codes/],
    ["typed HTML", "x", null, '<a href="http://pills.example">cheap</a>', /HTML typed as text/],
    [
      "many links",
      "Bo",
      null,
      "http://a.example http://b.example http://c.example http://d.example",
      /links to 4 other sites/,
    ],
  ])("%s", (_kind, name, url, text, reason) => {
    const marks = spamMarks(comment(name, url, text));
    expect(weightOf(marks)).toBeGreaterThanOrEqual(SUSPECT);
    expect(marks.map((mark) => mark.reason).join("; ")).toMatch(reason);
  });

  test("text that was also posted on another post, or here under another name", () => {
    const text = "Relationships are the key of every business in this modern world of today.";
    const first = comment("Ann", "https://ann.example/", text);
    const elsewhere = {
      ...comment("Ann", "https://ann.example/", `${text}!!`),
      "wm-target": "https://backfence.example/posts/b/",
    };
    const other = comment("Ben", "https://ben.example/", text);
    const memory = spamMemory([first]);
    expect(spamMarks(elsewhere, memory)[0]?.reason).toBe("the same text was left on another post");
    expect(spamMarks(other, memory)[0]?.reason).toBe("the same text was left here by another person");
    expect(spamMarks(first, memory)).toEqual([]);
  });

  test("links to a site known from spam, or to a subdomain of a blocked domain", () => {
    const spam = {
      ...comment("Cheap Boots", "https://boots.example/", "Nice blog"),
      status: "spam" as const,
    };
    const again = comment(
      "Anna",
      "https://www.boots.example/sale",
      "What a thoughtful idea about the fence and the mirror.",
    );
    expect(spamMarks(again, spamMemory([spam]))[0]).toMatchObject({ rule: "known-host", weight: SPAM });
    const below = comment("Ann", "https://shop.pills.example/", "Hello.");
    expect(weightOf(spamMarks(below, spamMemory([], ["pills.example"])))).toBeGreaterThanOrEqual(SPAM);
  });

  test("but one spammer on a shared host doesn't mark other people there", () => {
    const spam = {
      ...comment("Cheap Boots", "https://github.com/cheapboots", "Nice blog"),
      status: "spam" as const,
    };
    const good = comment("Gil", "https://github.com/gil", "We once kept a visitors' book.");
    expect(spamMarks(good, spamMemory([spam]))).toEqual([]);
    expect(senderSite("https://mastodon.social/@ada/1234")).toBe("mastodon.social/@ada");
    expect(senderSite("https://www.ada.example/x")).toBe("ada.example");
  });
});
