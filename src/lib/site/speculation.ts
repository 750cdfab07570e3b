/**
 * Speculation rules (https://html.spec.whatwg.org/multipage/speculative-loading.html): a page of the blog is fetched
 * when a reader's pointer rests on its link or presses it, and never without that. They are in the page, allowed by
 * their hash, so that they hold on hosts that send no headers of their own. Left out are search, which opens in place,
 * and whatever has an ending: feeds, pictures, films.
 * @param base path of the site, `/` or `/blog/`.
 */
export function speculationRules(base: string): string {
  const left = { href_matches: [`${base}search/*`, `${base}*.*`] };
  const where = { and: [{ href_matches: `${base}*` }, { not: left }] };
  return JSON.stringify({ prefetch: [{ where, eagerness: "moderate" }] });
}
