import type { AuthorIssue } from "../../author-error.ts";
import { didYouMean } from "../../did-you-mean.ts";
import { translationGroups, type Translatable } from "../translations.ts";
import type { UncheckedBlog } from "./unchecked-blog.ts";

/** Issues for translations that don't exist, are the text itself, or have the same language as another one. */
export function checkTranslations(draft: UncheckedBlog): AuthorIssue[] {
  return [...checkTexts(draft.posts, "post", draft), ...checkTexts(draft.pages, "page", draft)];
}

/** Notes on texts whose `translationOf` no other text is or has: they have no translation yet. */
export function translationNotes({ posts, pages }: Pick<UncheckedBlog, "posts" | "pages">): readonly string[] {
  return [...lonely(posts), ...lonely(pages)].map(
    ({ file, translationOf }) =>
      `${file} is a translation of \`${translationOf ?? ""}\`, which no other text is or names; it's shown as a text of its own.`,
  );
}

type Text = Translatable & { readonly file: string };
type Kind = "post" | "page";
type Files = Pick<UncheckedBlog, "lineOf" | "settings">;

function checkTexts(texts: readonly Text[], kind: Kind, files: Files): AuthorIssue[] {
  const sorted = [...texts].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  const bySlug = new Map(sorted.map((text) => [text.slug, text]));
  return [
    ...sorted.flatMap((text) => [...unknown(text, kind, bySlug, files), ...itself(text, kind, files)]),
    ...misnamed(sorted, kind, bySlug, files),
    ...translationGroups(sorted).flatMap((group) => sameLanguage(group, kind, files)),
  ];
}

function unknown(
  { file, translations }: Text,
  kind: Kind,
  bySlug: ReadonlyMap<string, Text>,
  { lineOf }: Files,
): AuthorIssue[] {
  return translations.flatMap((slug, place) => {
    if (bySlug.has(slug)) return [];
    const near = didYouMean(slug, bySlug.keys());
    const hint =
      near === null
        ? `\`translations\` lists ${kind}s by the last part of their address, which is the name of the file or folder. Remove it until the ${kind} is there.`
        : `Did you mean \`${near}\`?\n${listLine(translations.map((one) => (one === slug ? near : one)))}`;
    const message = `There is no ${kind} \`${slug}\` to be a translation of this one`;
    return [{ message, file, line: lineOf(file, ["translations", place]), hint }];
  });
}

function itself({ file, slug, translationOf, translations }: Text, kind: Kind, { lineOf }: Files): AuthorIssue[] {
  const message = `This ${kind} can't be a translation of itself`;
  const others = translations.filter((one) => one !== slug);
  return [
    ...(others.length === translations.length
      ? []
      : [
          {
            message,
            file,
            line: lineOf(file, ["translations", translations.indexOf(slug)]),
            hint: others.length === 0 ? "Remove `translations`." : `Name the others only:\n${listLine(others)}`,
          },
        ]),
    ...(translationOf === slug
      ? [{ message, file, line: lineOf(file, ["translationOf"]), hint: "Remove `translationOf` from the original." }]
      : []),
  ];
}

/** Issues for a `translationOf` that no other text has and that is similar to a slug: probably a typo. */
function misnamed(
  texts: readonly Text[],
  kind: Kind,
  bySlug: ReadonlyMap<string, Text>,
  { lineOf }: Files,
): AuthorIssue[] {
  return lonely(texts).flatMap(({ file, slug, translationOf }) => {
    const others = [...bySlug.keys()].filter((one) => one !== slug);
    const near = didYouMean(translationOf ?? "", others);
    if (near === null) return [];
    const message = `There is no ${kind} \`${translationOf ?? ""}\` that this one could be a translation of`;
    const hint = `Did you mean \`${near}\`?\ntranslationOf: ${near}`;
    return [{ message, file, line: lineOf(file, ["translationOf"]), hint }];
  });
}

function lonely<One extends Text>(texts: readonly One[]): readonly One[] {
  const slugs = new Set(texts.map(({ slug }) => slug));
  const named = Map.groupBy(texts, ({ translationOf }) => translationOf);
  return texts.filter(
    ({ translationOf }) =>
      translationOf !== null && !slugs.has(translationOf) && (named.get(translationOf)?.length ?? 0) < 2,
  );
}

function sameLanguage(group: readonly Text[], kind: Kind, { lineOf, settings }: Files): AuthorIssue[] {
  const first = new Map<string, Text>();
  return originalsFirst(group).flatMap((text) => {
    const lang = new Intl.Locale(text.lang).baseName;
    const twin = first.get(lang);
    if (twin === undefined) {
      first.set(lang, text);
      return [];
    }
    const isUnsaid = text.lang === settings.lang;
    const line = isUnsaid ? translationLine(text, lineOf) : lineOf(text.file, ["lang"]);
    const hint = isUnsaid
      ? `The other is ${twin.file}. Say which language this ${kind} is in, such as\nlang: ${settings.lang.startsWith("de") ? "en" : "de"}`
      : `The other is ${twin.file}. Correct the \`lang\` of one of the two, or untie them: remove \`translations\` or \`translationOf\`.`;
    const message = `Two translations of one ${kind} are in ${ENGLISH.of(lang) ?? lang} (${lang})`;
    return [{ message, file: text.file, line, hint }];
  });
}

const ENGLISH = new Intl.DisplayNames(["en"], { type: "language" });

/** Sorts originals first, then texts listed in `translations`, then texts with `translationOf`. */
function originalsFirst(group: readonly Text[]): readonly Text[] {
  const named = new Set(group.flatMap(({ translations }) => translations));
  const rank = ({ slug, translationOf }: Text): number => (translationOf !== null ? 2 : named.has(slug) ? 1 : 0);
  return [...group].sort((a, b) => rank(a) - rank(b));
}

function translationLine({ file, translationOf, translations }: Text, lineOf: Files["lineOf"]): number {
  if (translationOf !== null) return lineOf(file, ["translationOf"]);
  return translations.length > 0 ? lineOf(file, ["translations"]) : 1;
}

function listLine(slugs: readonly string[]): string {
  return `translations: [${slugs.join(", ")}]`;
}
