import { stringify } from "yaml";
import type { AuthorIssue } from "../../author-error.ts";
import { tagSlug } from "../../site/slug.ts";
import type { ContentFile } from "../content-files.ts";
import type { Post } from "../model.ts";
import type { UncheckedBlog } from "./unchecked-blog.ts";

/** Files that would have one address: on some hosts and disks names that differ only in case are the same. */
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

/** Most bytes of a name on a disk are 255; files that belong to a post have its name and some more. */
const MOST_BYTES = 200;

/** Addresses that no disk can hold: a build would end at them. */
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

/** Posts that feed readers and giscus would take for one. */
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

/** Tags that differ only in case, spaces or signs, and tags that a post has twice. */
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

/** The spelling of each tag that most posts have, by slug. */
type Spellings = ReadonlyMap<string, string>;

/** Every use but those of the usual spelling. */
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

/** The commonest spelling of a tag. */
function usualSpelling(group: readonly Use[]): string {
  const counts = [...Map.groupBy(group, ({ label }) => label)].map(([label, list]) => ({
    label,
    count: list.length,
  }));
  return counts.reduce((best, entry) => (entry.count > best.count ? entry : best)).label;
}

/** All tags of a post, each once and in its usual spelling. */
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
