import type { AuthorIssue } from "../../author-error.ts";
import { didYouMean } from "../../did-you-mean.ts";
import { slugOf } from "../../site/slug.ts";
import type { UncheckedBlog } from "./unchecked-blog.ts";

/** Issues for references to authors, series and posts that don't exist. */
export function checkReferences(draft: UncheckedBlog): AuthorIssue[] {
  return [...authors(draft), ...series(draft), ...startHere(draft), ...responses(draft)];
}

function authors(draft: UncheckedBlog): AuthorIssue[] {
  const known = new Set(draft.authorIds);
  const { usualAuthor, settingsFile } = draft;
  const [first = "example-author"] = draft.authorIds;
  const unknown = (id: string, file: string, path: readonly PropertyKey[]): AuthorIssue[] => {
    if (known.has(id)) return [];
    const hint =
      guess(id, known) ??
      `Authors are files. Make content/authors/${slugOf(id)}.yaml with\nname: ${slugOf(id) === id ? "The Name" : id}`;
    return [{ message: `There is no author \`${id}\``, file, line: draft.lineOf(file, path), hint }];
  };
  const missing = (file: string): AuthorIssue => ({
    message: "`authors` is missing, and the blog has several authors",
    file,
    line: 1,
    hint: `Say who wrote it, in the front matter between two lines of ---:\nauthors: [${first}]\nFor all posts without \`authors\`, write into ${settingsFile}:\nauthor: ${first}`,
  });
  const inPosts = draft.posts.flatMap(({ file, authors: ids }) => {
    if (ids.length === 0) return draft.filesWithGaps.has(file) ? [] : [missing(file)];
    return ids.flatMap((id, place) => (id === usualAuthor ? [] : unknown(id, file, ["authors", place])));
  });
  return usualAuthor === null ? inPosts : [...unknown(usualAuthor, settingsFile, ["author"]), ...inPosts];
}

function series(draft: UncheckedBlog): AuthorIssue[] {
  const known = new Set(draft.seriesIds);
  return draft.posts.flatMap(({ file, series: id }) => {
    if (id === null || known.has(id)) return [];
    const hint =
      guess(id, known) ??
      `Series are files. Make content/series/${slugOf(id)}.yaml with\ntitle: ${slugOf(id) === id ? "The Title" : id}`;
    return [{ message: `There is no series \`${id}\``, file, line: draft.lineOf(file, ["series"]), hint }];
  });
}

function startHere(draft: UncheckedBlog): AuthorIssue[] {
  const known = postNames(draft);
  return draft.settings.startHere.flatMap((slug, place) => {
    if (known.has(slug)) return [];
    const line = draft.lineOf(draft.settingsFile, ["startHere", place]);
    const hint =
      guess(slug, known) ??
      "`startHere` lists the names of files in content/posts/, without .mdx:\nstartHere: [my-first-post]";
    return [
      {
        message: `\`startHere\` names a post that isn't there: ${slug}`,
        file: draft.settingsFile,
        line,
        hint,
      },
    ];
  });
}

function responses(draft: UncheckedBlog): AuthorIssue[] {
  const known = postNames(draft);
  return draft.responseFiles.flatMap(({ name, file }) => {
    if (known.has(name)) return [];
    const near = didYouMean(name, known);
    const rename = near === null ? "" : ` Did you mean ${file.slice(0, file.lastIndexOf("/"))}/${near}.json?`;
    return [
      {
        message: `These responses don't belong to any post: there is no \`${name}\``,
        file,
        hint: `The file has the name of its post: rename it as the post was renamed.${rename}\nIf you took the post down, keep its file with \`deleted: 2026-05-01\` in the front matter.`,
      },
    ];
  });
}

function postNames(draft: UncheckedBlog): Set<string> {
  return new Set([...draft.posts, ...draft.tombstones].map(({ slug }) => slug));
}

function guess(word: string, known: Iterable<string>): string | null {
  const near = didYouMean(word, known);
  return near === null ? null : `Did you mean \`${near}\`?`;
}
