/** Groups texts that are translations of one another. */

/** Links between a text and its translations. */
export interface Translatable {
  readonly slug: string;
  readonly lang: string;
  readonly translationOf: string | null;
  readonly translations: readonly string[];
  readonly tie: string | null;
}

/**
 * Groups texts with their translations, no matter which of them declares the link. Texts without translations are in no
 * group. Groups and their members have the order of `texts`.
 */
export function translationGroups<Text extends Translatable>(texts: readonly Text[]): readonly (readonly Text[])[] {
  if (!texts.some(isTied)) return [];
  const slugs = new Set(texts.map(({ slug }) => slug));
  const links = new Map<string, Set<string>>();
  const link = (a: string, b: string): void => {
    links.set(a, (links.get(a) ?? new Set()).add(b));
    links.set(b, (links.get(b) ?? new Set()).add(a));
  };
  for (const { slug, translationOf, translations, tie } of texts) {
    if (translationOf !== null) link(post(slug), slugs.has(translationOf) ? post(translationOf) : name(translationOf));
    for (const other of translations) if (slugs.has(other)) link(post(slug), post(other));
    if (tie !== null) link(post(slug), file(tie));
  }
  const groupOf = connected(links);
  const groups = Map.groupBy(
    texts.filter(({ slug }) => groupOf.has(post(slug))),
    ({ slug }) => groupOf.get(post(slug)),
  );
  return [...groups.values()].filter((group) => group.length > 1);
}

/** Whether a text has a link to a translation, in its front matter or by its file name. */
export function isTied({ translationOf, translations, tie }: Translatable): boolean {
  return translationOf !== null || translations.length > 0 || tie !== null;
}

const post = (slug: string): string => `post ${slug}`;
const name = (shared: string): string => `name ${shared}`;
const file = (tie: string): string => `file ${tie}`;

/** Number of the connected component of each node. */
function connected(links: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, number> {
  const groups = new Map<string, number>();
  for (const [at, start] of [...links.keys()].entries()) {
    const open = groups.has(start) ? [] : [start];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      if (groups.has(one)) continue;
      groups.set(one, at);
      open.push(...(links.get(one) ?? []));
    }
  }
  return groups;
}
