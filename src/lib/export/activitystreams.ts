/** The published posts as an ActivityStreams 2.0 collection, in the form of an outbox: https://www.w3.org/TR/activitystreams-core/ */
import { isPublic } from "../responses/shown-response.ts";
import type { ExportedBlog } from "./read-blog.ts";

export function exportActivityStreams({ blog, urls, htmlOf }: ExportedBlog): string {
  const items = blog.posts.map((post) => ({
    type: "Create",
    id: `${urls.absolute(post.path)}#create`,
    actor: post.authors.map((id) => urls.absolute(urls.authorPath(id))),
    published: post.date,
    to: ["https://www.w3.org/ns/activitystreams#Public"],
    object: {
      type: post.title === "" ? "Note" : "Article",
      id: urls.absolute(post.path),
      url: urls.absolute(post.path),
      name: post.title || undefined,
      summary: post.description || undefined,
      content: htmlOf(post),
      published: post.date,
      updated: post.updated ?? undefined,
      attributedTo: post.authors.map((id) => urls.absolute(urls.authorPath(id))),
      tag: post.tags.map((tag) => ({
        type: "Hashtag",
        name: `#${tag}`,
        href: urls.absolute(urls.tagPath(tag)),
      })),
      replies: repliesOf(blog.responses[post.slug] ?? [], urls.absolute(post.path)),
    },
  }));
  const collection = {
    "@context": ["https://www.w3.org/ns/activitystreams", { Hashtag: "as:Hashtag" }],
    id: blog.settings.url,
    type: "OrderedCollection",
    name: blog.settings.title,
    totalItems: items.length,
    orderedItems: items,
  };
  return `${JSON.stringify(collection, null, 2)}\n`;
}

function repliesOf(responses: ExportedBlog["blog"]["responses"][string], target: string) {
  const replies = responses.filter((record) => isPublic(record) && record["wm-property"] === "in-reply-to");
  if (replies.length === 0) return undefined;
  const addresses = new Map(
    replies.flatMap(({ url, "wm-id": id }) => [
      [url, url],
      [String(id), url],
    ]),
  );
  return {
    type: "Collection",
    totalItems: replies.length,
    items: replies.map((record) => ({
      type: "Note",
      id: record.url,
      url: record.url,
      inReplyTo: addresses.get(String(record["in-reply-to"] ?? "")) ?? target,
      attributedTo: { type: "Person", name: record.author.name, url: record.author.url },
      content: record.content?.html ?? record.content?.text,
      published: record.published,
    })),
  };
}
