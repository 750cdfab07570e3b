/**
 * Groups language tags (BCP 47) by what a reader can read: `de`, `de-AT` and `de-CH` are one language, `zh-Hans` and
 * `zh-Hant` are two. The name of a group is also a segment of addresses: `de`, `zh-hant`.
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

/** Memo of a pure function. */
const groups = new Map<string, string>();

/** The name of a language in itself, such as `Deutsch`, `日本語` or `Français`; the tag if it has no name. */
export function languageName(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: "language", fallback: "code" }).of(tag) ?? tag;
  return name.replace(/^\p{L}/u, (letter) => letter.toLocaleUpperCase(tag));
}

/**
 * Names of several languages side by side: a region is named only where two of them are the same language.
 * @param tags BCP 47.
 */
export function languageNames(tags: readonly string[]): readonly string[] {
  const groupsOf = tags.map(languageGroup);
  return tags.map((tag, at) => {
    const group = groupsOf[at] ?? tag;
    const isShared = groupsOf.filter((other) => other === group).length > 1;
    return languageName(isShared ? tag : group);
  });
}
