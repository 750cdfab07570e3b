/** Notes for the author about a load, in full sentences. */
import { hasTranslations, languageKey, type WordsSource } from "../../i18n/translations-for.ts";
import type { AuthorIssue } from "../author-error.ts";
import { copyAt, copyMistake, nameOf } from "../networks/copies.ts";
import type { UncheckedBlog } from "./checks/unchecked-blog.ts";
import type { Page, Post } from "./model.ts";
import type { FileReading } from "./read-content.ts";

/** Notes on keys of other generators, for all files at once: how they were read, and which were ignored. */
export function foreignKeyNotes(readings: readonly FileReading[]): readonly string[] {
  const read = countsOf(readings.filter(({ to }) => to !== null).map(({ from, to }) => `\`${from}\` as \`${to ?? ""}\``));
  const ignored = countsOf(readings.filter(({ to }) => to === null).map(({ from }) => `\`${from}\``));
  return [
    ...(read === "" ? [] : [`Keys of other generators were read as Backfence's: ${read}. npx backfence check --fix writes them so.`]),
    ...(ignored === "" ? [] : [`Keys without a meaning here were ignored: ${ignored}.`]),
  ];
}

/** Notes on files that aren't published because of their format and to which no text links. */
export function leftOutNotes(files: readonly string[], texts: readonly (Post | Page)[]): readonly string[] {
  const linked = new Set(texts.flatMap(({ body }) => body.pictures));
  return files
    .filter((file) => !linked.has(file))
    .map((file) => `${file} isn't published: a post's file ends in .md or .mdx.`);
}

/** `a (3 files), b (1 file)`, sorted by name. */
function countsOf(names: readonly string[]): string {
  const counts = [...Map.groupBy(names, (name) => name)].sort(([a], [b]) => (a < b ? -1 : 1));
  return counts.map(([name, { length }]) => `${name} (${length} ${length === 1 ? "file" : "files"})`).join(", ");
}

/** Note that the interface isn't translated into the blog's language, unless the author provides words for it. */
export function languageNotes({ lang, words }: WordsSource, settingsFile: string): readonly string[] {
  if (hasTranslations(lang) || words[languageKey(lang)] !== undefined) return [];
  const name = new Intl.DisplayNames(["en"], { type: "language" }).of(lang) ?? lang;
  return [
    `${settingsFile}: the interface isn't translated into ${name} (\`lang: ${lang}\`), so its words are English. Write your own in content/words.yaml (see docs/languages.md).`,
  ];
}

const FEED_ADDRESS = /(?:^|\/)(?:feed|rss|atom|index)\.(?:xml|rdf|json)$|\/(?:feed|rss|atom)\/?$/i;

/** Notes on aliases that look like feeds of an old blog, since feed readers would get an HTML page there. */
export function feedAliasNotes(posts: readonly Pick<Post, "file" | "aliases">[]): readonly string[] {
  return posts.flatMap(({ file, aliases }) => {
    const feeds = aliases.filter((alias) => FEED_ADDRESS.test(alias));
    if (feeds.length === 0) return [];
    return [
      `${file} has an alias that looks like the address of a feed. To keep its subscribers, move it to content/site.yaml: oldFeeds: [${feeds.join(", ")}]`,
    ];
  });
}

/** Notes on copies that bring no responses: their address isn't a post's, or another post lists the same copy. */
export function syndicationNotes(
  posts: readonly Pick<Post, "file" | "syndication">[],
  lineOf: UncheckedBlog["lineOf"],
): readonly string[] {
  const first = new Map<string, string>();
  return posts.flatMap(({ file, syndication }) =>
    syndication.flatMap((address, place) => {
      const copy = copyAt(address);
      const name = copy === null ? null : nameOf(copy);
      const other = name === null ? undefined : first.get(name);
      if (name !== null && other === undefined) first.set(name, file);
      const mistake =
        other !== undefined && other !== file
          ? `is a copy of ${other} already, where its responses are shown`
          : copyMistake(address);
      return mistake === null
        ? []
        : [`${file}:${lineOf(file, ["syndication", place])}: ${address} in \`syndication\` ${mistake}.`];
    }),
  );
}

/** Notes on texts, one for each message: its first location, and the number of others. */
export function textNotes(notes: readonly AuthorIssue[]): readonly string[] {
  const byMessage = [...Map.groupBy(notes, ({ message }) => message)];
  return byMessage.map(([message, same]) => {
    const [first] = same;
    const place = first === undefined ? "" : `${first.file}${first.line === undefined ? "" : `:${first.line}`}`;
    const more = same.length > 1 ? ` (and ${same.length - 1} more)` : "";
    return `${place}${more}: ${message}. ${first?.hint ?? ""}`;
  });
}
