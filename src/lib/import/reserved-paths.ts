/** Paths that the blog generates itself, which imported texts can't have. */
const LISTS = new Set(
  "posts notes tags authors series archive people search subscribe offline feed.json rss.xml atom.xml responses.xml sitemap.xml robots.txt".split(
    " ",
  ),
);
const FOLDERS = new Set("archive people pictures social pagefind _astro tags authors series".split(" "));

/** Whether an old path is the path of one of the blog's lists or in one of its generated folders. */
export function isReservedPath(path: string): boolean {
  const [, first = "", ...rest] = path
    .toLowerCase()
    .replace(/\/(?:index\.html?)?$/, "")
    .split("/");
  return rest.length === 0
    ? LISTS.has(first)
    : FOLDERS.has(first) || (first === "posts" && rest[0] === "page");
}
