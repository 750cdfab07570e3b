/** Blogs that the author reads: `content/blogroll.yaml` → `/blogroll.opml` (https://opml.org/spec2.opml). */
import path from "node:path";
import * as z from "zod";
import type { AuthorIssue } from "../author-error.ts";
import { escapeXml } from "../escape.ts";
import { checkYaml } from "../yaml/check.ts";
import { readYaml } from "../yaml/source.ts";
import type { FileSpec } from "./outputs.ts";
import { readTextIfThere } from "./read-text.ts";
import { nonEmpty, webAddress } from "./settings-fields/strings.ts";
import type { Settings } from "./settings.ts";
import { textFile } from "./text-file.ts";
import type { SiteUrls } from "./urls.ts";

const blogSchema = z.strictObject({
  title: nonEmpty().meta({ description: "Name of the blog.", examples: ["Over the hedge"] }),
  url: webAddress().meta({ description: "Its address.", examples: ["https://hedge.example/"] }),
  feed: webAddress()
    .nullable()
    .default(null)
    .meta({ description: "Address of its feed.", examples: ["https://hedge.example/feed.xml"] }),
  description: z
    .string()
    .trim()
    .default("")
    .meta({ description: "Why you read it.", examples: ["Gardens and their owners."] }),
  group: nonEmpty()
    .nullable()
    .default(null)
    .meta({ description: "Heading for the entry.", examples: ["Gardens"] }),
});

/** `content/blogroll.yaml`. */
export const blogrollSchema = z.strictObject({
  title: nonEmpty()
    .nullable()
    .default(null)
    .meta({ description: "Heading of the list. Left out, the blog's name.", examples: ["What I read"] }),
  blogs: z
    .array(blogSchema)
    .default([])
    .meta({
      description: "The blogs, in your order.",
      examples: [
        [{ title: "Over the hedge", url: "https://hedge.example/", feed: "https://hedge.example/feed.xml" }],
      ],
    }),
});

export type Blogroll = z.infer<typeof blogrollSchema>;

/**
 * Reads `blogroll.yaml`; `blogroll` is null if the file is missing or has errors.
 * @param contentDir the author's folder, absolute.
 * @param root folder that paths in messages are relative to, absolute.
 */
export function findBlogroll({ contentDir, root }: { contentDir: string; root: string }): {
  readonly blogroll: Blogroll | null;
  readonly issues: readonly AuthorIssue[];
} {
  const absolute = path.join(contentDir, "blogroll.yaml");
  const text = readTextIfThere(absolute);
  if (text === null) return { blogroll: null, issues: [] };
  const file = path.relative(root, absolute).split(path.sep).join("/");
  const source = readYaml(text.replace(/^\uFEFF/, ""), file);
  const { value, issues } = checkYaml(blogrollSchema, source, { owner: "the blogroll" });
  return { blogroll: value, issues };
}

/** Site path of the OPML file, for `rel="blogroll"`. */
export const BLOGROLL_PATH = "/blogroll.opml";

/** The file `/blogroll.opml`; empty without blogs. Groups are in the order of their first blog. */
export function blogrollFiles(
  blogroll: Blogroll | null,
  { title }: Pick<Settings, "title">,
  urls: SiteUrls,
): FileSpec[] {
  if (blogroll === null || blogroll.blogs.length === 0) return [];
  const groups = Map.groupBy(blogroll.blogs, ({ group }) => group ?? "");
  const outlines = [...groups].map(([group, blogs]) => {
    const items = blogs.map(outline).join("\n");
    return group === "" ? items : `<outline text="${escapeXml(group)}">\n${items}\n</outline>`;
  });
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
<head>
<title>${escapeXml(blogroll.title ?? title)}</title>
<ownerName>${escapeXml(title)}</ownerName>
<ownerId>${escapeXml(urls.absolute("/"))}</ownerId>
</head>
<body>
${outlines.join("\n")}
</body>
</opml>
`;
  return [textFile(BLOGROLL_PATH, xml)];
}

function outline({ title, url, feed, description }: Blogroll["blogs"][number]): string {
  const attributes =
    feed === null
      ? { type: "link", text: title, url, description }
      : { type: "rss", text: title, title, xmlUrl: feed, htmlUrl: url, description };
  const written = Object.entries(attributes).filter(([, value]) => value !== "");
  return `<outline ${written.map(([name, value]) => `${name}="${escapeXml(value)}"`).join(" ")}/>`;
}
