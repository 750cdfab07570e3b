/**
 * Speculation rules (https://html.spec.whatwg.org/multipage/speculative-loading.html): a page of the blog is prefetched
 * when the pointer hovers over its link or presses it. The rules are inline, allowed by their hash in the policy, so
 * they also work on hosts without custom headers. They exclude search, which opens in place, and addresses with a file
 * extension: feeds, pictures, videos.
 * @param base path of the site, `/` or `/blog/`.
 */
export function speculationRules(base: string): string {
  const left = { href_matches: [`${base}search/*`, `${base}*.*`] };
  const where = { and: [{ href_matches: `${base}*` }, { not: left }] };
  return JSON.stringify({ prefetch: [{ where, eagerness: "moderate" }] });
}
