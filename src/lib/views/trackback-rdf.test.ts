import { expect, test } from "vitest";
import { SaxesParser } from "saxes";
import { trackbackRdf } from "./trackback-rdf.ts";

const post = {
  title: 'Tea & "talk" --> <b>',
  url: "https://me.example/posts/a--b/",
  address: "https://me.example/trackback/a--b?x=1&y=2",
};

test("a TrackBack client finds the ping address, and no title can end the comment", () => {
  const html = trackbackRdf(post);
  const inside = /^<!--([^]*)-->$/.exec(html)?.[1] ?? "";
  expect(inside).not.toContain("--");
  const found: Record<string, string> = {};
  const parser = new SaxesParser({ xmlns: false });
  parser.on("opentag", ({ attributes }) => Object.assign(found, attributes));
  parser.write(inside.trim()).close();
  expect(found["trackback:ping"]).toBe(post.address);
  expect(found["dc:identifier"]).toBe(post.url);
  expect(found["dc:title"]).toBe(post.title);
});
