import type { Blog } from "../content/model.ts";
import type { FileSpec } from "./outputs.ts";
import { textFile } from "./text-file.ts";
import type { SiteUrls } from "./urls.ts";

/**
 * `/llms.txt` (https://llmstxt.org), if enabled: the blog's title and description, its posts and its pages. Links to
 * posts lead to their Markdown copies if these are enabled. Sensitive posts aren't listed.
 */
export function llmsFiles(blog: Blog, urls: SiteUrls): FileSpec[] {
  const { llmsTxt, title, description, markdownCopies } = blog.settings;
  if (!llmsTxt) return [];
  const posts = blog.posts
    .filter(({ visibility, isSensitive }) => visibility === "published" && !isSensitive)
    .map((post) => {
      const path = urls.postPath(post.slug);
      const about = post.description || post.body.excerpt;
      return entry(post.title || about, urls.absolute(markdownCopies ? `${path}index.md` : path), about);
    });
  const pages = blog.pages.map((page) =>
    entry(page.title, urls.absolute(urls.pagePath(page.slug)), page.description),
  );
  const sections = [
    `# ${line(title)}\n`,
    ...(description === "" ? [] : [`> ${line(description)}\n`]),
    ...(posts.length === 0 ? [] : [`## Posts\n\n${posts.join("")}`]),
    ...(pages.length === 0 ? [] : [`## Pages\n\n${pages.join("")}`]),
  ];
  return [textFile("/llms.txt", sections.join("\n"))];
}

function entry(title: string, url: string, about: string): string {
  const name = line(title).replaceAll(/[[\]\\]/g, "\\$&");
  return `- [${name}](${url.replaceAll(/[()]/g, encodeParenthesis)})${about === "" ? "" : `: ${line(about)}`}\n`;
}

function encodeParenthesis(character: string): string {
  return character === "(" ? "%28" : "%29";
}

function line(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
