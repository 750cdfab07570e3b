import { stringify } from "yaml";
import type { AuthorIssue } from "../../author-error.ts";
import { tagSlug } from "../../site/slug.ts";
import type { ContentFile } from "../content-files.ts";
import type { Post } from "../model.ts";
import type { UncheckedBlog } from "./unchecked-blog.ts";

/** Issues for files with the same address. Case is ignored, as on some hosts and disks. */
export function checkSameName(files: readonly ContentFile[], what: string): AuthorIssue[] {
  const first = new Map<string, ContentFile>();
  return files.flatMap((content) => {
    const key = content.name.toLowerCase();
    const twin = first.get(key);
    if (twin === undefined) {
      first.set(key, content);
      return [];
    }
    return [
      {
        message: `Two ${what} have one address: \`${content.name}\``,
        file: content.file,
        hint:
          what === "posts"
            ? `The other is ${twin.file}. Give one of the two another name, or write into this one:\nslug: ${freeName(content.name, files)}`
            : `The other is ${twin.file}. Give one of the two files another name, or remove it.`,
      },
    ];
  });
}

/** Maximum bytes of a name. Disks allow 255, but the names of a post's files are longer than its own. */
const MOST_BYTES = 200;

/** Issues for names that are too long for a disk and would make a build fail. */
export function checkLongNames(files: readonly ContentFile[], what: "posts" | "pages"): AuthorIssue[] {
  return files.flatMap(({ name, file }): AuthorIssue[] => {
    const long = name.split("/").find((part) => Buffer.byteLength(part) > MOST_BYTES);
    if (long === undefined) return [];
    const short = `${[...long].slice(0, 50).join("").replace(/[^\p{L}\p{M}\p{N}]+$/u, "")}`;
    return [
      {
        message: `The address of this text is too long: ${Buffer.byteLength(long)} bytes, and a file's name has ${MOST_BYTES} at most here`,
        file,
        line: 1,
        hint: what === "posts" ? `Give it a shorter one in its front matter:\nslug: ${short}` : `Give the file a shorter name: ${short}`,
      },
    ];
  });
}

function freeName(name: string, files: readonly ContentFile[]): string {
  const taken = new Set(files.map((file) => file.name.toLowerCase()));
  for (let number = 2; ; number++) if (!taken.has(`${name}-${number}`.toLowerCase())) return `${name}-${number}`;
}

/** Issues for posts with the same id, which feed readers and giscus can't tell apart. */
export function checkSameId(draft: UncheckedBlog): AuthorIssue[] {
  const first = new Map<string, Post>();
  return [...draft.posts].sort(byFile).flatMap((post) => {
    const twin = first.get(post.id);
    first.set(post.id, twin ?? post);
    const haveOneName = twin?.slug.toLowerCase() === post.slug.toLowerCase();
    if (twin === undefined || haveOneName) return [];
    return [
      {
        message: `Two posts have the id \`${post.id}\``,
        file: post.file,
        line: draft.lineOf(post.file, ["id"]),
        hint: `The other is ${twin.file}. Feed readers tell posts apart by it: remove \`id\` from the younger of the two.`,
      },
    ];
  });
}

interface Use {
  readonly post: Post;
  readonly label: string;
  readonly place: number;
}

/** Issues for tags that differ only in case, spaces or punctuation, and for tags that a post has twice. */
export function checkTags(draft: UncheckedBlog): AuthorIssue[] {
  const uses = [...draft.posts]
    .sort(byFile)
    .flatMap((post) => post.tags.map((label, place): Use => ({ post, label, place })));
  const groups = Map.groupBy(uses, ({ label }) => tagSlug(label));
  const usual = new Map([...groups].map(([slug, group]) => [slug, usualSpelling(group)]));
  return [...groups.values()].flatMap((group) => [
    ...otherSpellings(group, usual, draft),
    ...twice(group, usual, draft),
  ]);
}

/** The most common spelling of each tag, by slug. */
type Spellings = ReadonlyMap<string, string>;

/** Issues for all uses of a tag in other spellings than the most common. */
function otherSpellings(group: readonly Use[], usual: Spellings, draft: UncheckedBlog): AuthorIssue[] {
  const right = usual.get(tagSlug(group[0]?.label ?? "")) ?? "";
  const example = group.find(({ label }) => label === right)?.post.file ?? "";
  return group
    .filter(({ label }) => label !== right)
    .map(({ post, label, place }) => ({
      message: `The tag \`${label}\` is written \`${right}\` elsewhere`,
      file: post.file,
      line: draft.lineOf(post.file, ["tags", place]),
      hint: `Both would have the address /tags/${tagSlug(label)}/. Write it as in ${example}:\n${tagLine(post, usual)}`,
    }));
}

/** The most common spelling of a tag. */
function usualSpelling(group: readonly Use[]): string {
  const counts = [...Map.groupBy(group, ({ label }) => label)].map(([label, list]) => ({
    label,
    count: list.length,
  }));
  return counts.reduce((best, entry) => (entry.count > best.count ? entry : best)).label;
}

/** YAML line with all tags of a post, without duplicates and in their most common spelling. */
function tagLine({ tags }: Post, usual: Spellings): string {
  const labels = tags.map((label) => usual.get(tagSlug(label)) ?? label);
  return `tags: ${stringify([...new Set(labels)], { collectionStyle: "flow", lineWidth: 0, flowCollectionPadding: false }).trim()}`;
}

function twice(group: readonly Use[], usual: Spellings, draft: UncheckedBlog): AuthorIssue[] {
  const seen = new Set<Post>();
  return group.flatMap(({ post, label, place }) => {
    if (!seen.has(post)) {
      seen.add(post);
      return [];
    }
    const message = `The tag \`${label}\` is there twice`;
    const hint = `Keep one:\n${tagLine(post, usual)}`;
    return [{ message, file: post.file, line: draft.lineOf(post.file, ["tags", place]), hint }];
  });
}

function byFile(a: Post, b: Post): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : 0;
}
