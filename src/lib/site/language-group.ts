/**
 * The group of a language tag (BCP 47). Tags that the same readers can read are one group: `de`, `de-AT` and `de-CH`;
 * `zh-Hans` and `zh-Hant` are two groups. The name of a group is also a segment of addresses: `de`, `zh-hant`.
 */
export function languageGroup(tag: string): string {
  const known = groups.get(tag);
  if (known !== undefined) return known;
  const locale = new Intl.Locale(tag);
  const { script } = locale.maximize();
  const usual = new Intl.Locale(locale.language).maximize().script;
  const isUsual = script === usual && locale.language !== "zh";
  const group = (isUsual ? locale.language : `${locale.language}-${script ?? ""}`).toLowerCase();
  groups.set(tag, group);
  return group;
}

/** Cache of `languageGroup`. */
const groups = new Map<string, string>();

/** The native name of a language, such as `Deutsch`, `日本語` or `Français`; the tag if `Intl` has no name for it. */
export function languageName(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: "language", fallback: "code" }).of(tag) ?? tag;
  return name.replace(/^\p{L}/u, (letter) => letter.toLocaleUpperCase(tag));
}

/**
 * Native names of several languages. A region is named only if two of them are the same language.
 * @param tags BCP 47 tags.
 */
export function languageNames(tags: readonly string[]): readonly string[] {
  const groupsOf = tags.map(languageGroup);
  return tags.map((tag, at) => {
    const group = groupsOf[at] ?? tag;
    const isShared = groupsOf.filter((other) => other === group).length > 1;
    return languageName(isShared ? tag : group);
  });
}
