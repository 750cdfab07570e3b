/** Helpers for tests of feeds. */
import { SaxesParser } from "saxes";
import type { Blog } from "../../src/lib/content/model.ts";
import { wholeFile } from "../../src/lib/site/outputs.ts";
import { siteUrls } from "../../src/lib/site/urls.ts";
import { type FeedContext, feedFiles } from "../../src/lib/feeds/feed-files.ts";

/** Returns a context with short bodies and no covers. */
export function contextOf(blog: Blog, own: Partial<FeedContext> = {}): FeedContext {
  return {
    urls: siteUrls(blog.settings),
    bodyHtml: (post) => `<p>Body of ${post.slug}</p>`,
    cover: () => null,
    responsesHash: () => null,
    responseHtml: ({ record }) => `<p>${record.content?.text ?? ""}</p>`,
    responsePath: (post, { record }) => `/posts/${post.slug}/#response-${record["wm-id"]}`,
    ...own,
  };
}

/** Returns the text of the feed file at a path. @throws Error when the blog has no such file. */
export async function made(blog: Blog, path: string, own: Partial<FeedContext> = {}): Promise<string> {
  const file = feedFiles(blog, contextOf(blog, own)).find((spec) => spec.path === path);
  if (file === undefined) throw new Error(`No file ${path}`);
  return String(wholeFile(await file.make()));
}

/** Returns the keys of the feed files by path. */
export function keysOf(blog: Blog, own: Partial<FeedContext> = {}): Map<string, string> {
  return new Map(feedFiles(blog, contextOf(blog, own)).map(({ path, key }) => [path, key]));
}

/** Returns the text of each element with a name, in document order. @throws Error when the XML isn't well-formed. */
export function textsOf(xml: string, name: string): string[] {
  const texts: string[] = [];
  let depth = 0;
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", (tag) => {
    if (tag.name === name) texts.push("");
    if (tag.name === name) depth += 1;
  });
  parser.on("text", (text) => {
    if (depth > 0) texts.push((texts.pop() ?? "") + text);
  });
  parser.on("closetag", (tag) => {
    if (tag.name === name) depth -= 1;
  });
  parser.write(xml).close();
  return texts;
}
