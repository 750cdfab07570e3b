import { expect, test } from "vitest";
import {
  sampleBlog,
  samplePost,
  sampleResponse,
  sampleSettings,
} from "../../../tests/fixtures/sample-blog.ts";
import { sampleContext, sitePages } from "../../../tests/fixtures/sample-views.ts";
import { siteUrls } from "../site/urls.ts";
import type { PostView } from "./post-view.ts";
import { siteView } from "./site-view.ts";

const settings = sampleSettings({ navigation: [{ label: "About", url: "/about/", items: [] }] });
const blog = sampleBlog({
  settings,
  posts: [samplePost("zaun", { lang: "de" }), samplePost("fence"), samplePost("barilo", { lang: "eo" })],
  responses: { zaun: [sampleResponse("Ann")] },
});
const context = sampleContext(siteUrls(settings));

test("the interface around a post in another language is in that language, and the author's own texts are marked", () => {
  const german = siteView({ blog, context }, "de");
  expect([german.lang, german.dir, german.ownLang]).toEqual(["de", "ltr", "en"]);
  expect(german.rooms[0]).toEqual({ label: "Beiträge", href: "/posts/" });
  expect(german.navigation).toEqual([{ label: "About", href: "/about/", lang: "en" }]);
  expect(siteView({ blog, context }, "he").dir).toBe("rtl");
});

test("a post in a language without translations has the interface in the blog's language", () => {
  const langs = sitePages(blog, context)
    .filter(({ route }) => route === "posts/[slug]")
    .map(({ view }) => (view as PostView).site.lang);
  expect(langs).toEqual(["de", "en", "en"]);
});
