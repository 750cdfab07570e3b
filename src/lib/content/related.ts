/**
 * Finds related posts: those that share distinctive words and tags.
 *
 * The score of two posts is the sum, over their shared terms, of the smaller of the two weights times the term's rank.
 * The rank expresses how rare a term is in the blog: 3 for a term in up to 1 % of the posts, 2 up to 3 %, 1 up to 10 %,
 * and 0 above that. These coarse steps replace the usual inverse document frequency, which shifts slightly for all
 * posts whenever one post changes. Here, an edit changes only the scores of the post itself, unless it moves a term
 * across a step; then the scores of all posts with that term change. All numbers are integers, so the order of addition
 * doesn't matter.
 *
 * Lists of an earlier run can therefore be reused if none of their inputs has changed. The result is the same as from
 * a full computation (related.test.ts compares the two).
 */
import { hash32, TERM_SPACE, termOf, weightOf } from "./terms.ts";

/** Number of candidates kept for each post: enough that three remain if both neighbors are among them. */
export const CANDIDATES = 6;

/** Minimum score of related posts. */
const LOWEST_SCORE = 8;

export interface RelatedPost {
  readonly slug: string;
  readonly score: number;
}

export interface PostTerms {
  readonly slug: string;
  /** From `termsOf`. */
  readonly terms: Uint32Array;
}

export interface RelatedState {
  readonly posts: readonly PostTerms[];
  /** By slug, best first. */
  readonly lists: ReadonlyMap<string, readonly RelatedPost[]>;
}

/** Candidates for each post, best first. Ties are broken pseudo-randomly, but always the same way. */
export function relatedPosts(posts: readonly PostTerms[], before: RelatedState | null = null): RelatedState {
  // An index has an entry for each of a million terms, whatever the number of posts.
  if (posts.length < 2) return { posts, lists: new Map(posts.map(({ slug }) => [slug, []])) };
  const corpus = indexTerms(posts);
  const unchanged = before === null ? new Set<string>() : unchangedSince(before, corpus);
  const changed = posts.flatMap((post, index) => (unchanged.has(post.slug) ? [] : [index]));
  const isCheap = before !== null && changed.length * 8 < posts.length;
  return { posts, lists: isCheap ? amended(corpus, before, unchanged, changed) : computed(corpus) };
}

interface Corpus {
  readonly posts: readonly PostTerms[];
  readonly slugHashes: Uint32Array;
  /** By term. */
  readonly ranks: Uint8Array;
  /** Index in `places` and `weights` at which the posts of each term begin. */
  readonly starts: Uint32Array;
  readonly places: Uint32Array;
  readonly weights: Uint8Array;
}

function computed(corpus: Corpus): Map<string, readonly RelatedPost[]> {
  const row = new Uint32Array(corpus.posts.length);
  return new Map(corpus.posts.map((post, index) => [post.slug, bestOf(corpus, index, row)]));
}

/**
 * Updates the lists after a few posts have changed. A list with only unchanged posts still contains the best of them;
 * changed posts are inserted by score. All other lists are computed again.
 */
function amended(
  corpus: Corpus,
  before: RelatedState,
  unchanged: ReadonlySet<string>,
  changed: readonly number[],
): Map<string, readonly RelatedPost[]> {
  const lists = new Map<string, RelatedPost[]>();
  for (const slug of unchanged) {
    const list = before.lists.get(slug) ?? [];
    if (list.every((related) => unchanged.has(related.slug))) lists.set(slug, [...list]);
  }
  const row = new Uint32Array(corpus.posts.length);
  for (const place of changed) {
    const slug = corpus.posts[place]?.slug ?? "";
    scoreRow(corpus, place, row);
    corpus.posts.forEach((other, index) => {
      const score = row[index] ?? 0;
      const list = score < LOWEST_SCORE ? undefined : lists.get(other.slug);
      if (list !== undefined) insert(list, { slug, score }, corpus, index);
    });
  }
  return new Map(
    corpus.posts.map(({ slug }, index) => [slug, lists.get(slug) ?? bestOf(corpus, index, row)]),
  );
}

/** Slugs of posts whose terms and whose terms' ranks are unchanged. */
function unchangedSince(before: RelatedState, { posts, ranks }: Corpus): Set<string> {
  const earlier = new Map(before.posts.map((post) => [post.slug, post.terms]));
  const ranksBefore = ranksOf(countPosts(before.posts), before.posts.length);
  const isUnchanged = ({ slug, terms }: PostTerms): boolean => {
    const old = earlier.get(slug);
    const isSame = old !== undefined && isEqual(old, terms);
    return isSame && terms.every((packed) => ranks[termOf(packed)] === ranksBefore[termOf(packed)]);
  };
  return new Set(posts.filter(isUnchanged).map(({ slug }) => slug));
}

function isEqual(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

function indexTerms(posts: readonly PostTerms[]): Corpus {
  const counts = countPosts(posts);
  const ranks = ranksOf(counts, posts.length);
  const starts = new Uint32Array(TERM_SPACE + 1);
  for (let term = 0; term < TERM_SPACE; term++) starts[term + 1] = (starts[term] ?? 0) + (counts[term] ?? 0);
  const next = starts.slice();
  const places = new Uint32Array(starts[TERM_SPACE] ?? 0);
  const weights = new Uint8Array(places.length);
  posts.forEach(({ terms }, index) => {
    for (const packed of terms) {
      const at = next[termOf(packed)] ?? 0;
      next[termOf(packed)] = at + 1;
      places[at] = index;
      weights[at] = weightOf(packed);
    }
  });
  const slugHashes = Uint32Array.from(posts, ({ slug }) => hash32(slug));
  return { posts, slugHashes, ranks, starts, places, weights };
}

function countPosts(posts: readonly PostTerms[]): Uint32Array {
  const counts = new Uint32Array(TERM_SPACE);
  for (const { terms } of posts) {
    for (const packed of terms) counts[termOf(packed)] = (counts[termOf(packed)] ?? 0) + 1;
  }
  return counts;
}

/** The minimums 2, 4 and 8 make related posts possible in a small blog. */
function ranksOf(counts: Uint32Array, total: number): Uint8Array {
  const [rare, medium, common] = [
    Math.max(2, Math.floor(total / 100)),
    Math.max(4, Math.floor((total * 3) / 100)),
    Math.max(8, Math.floor(total / 10)),
  ];
  const ranks = new Uint8Array(counts.length);
  for (let term = 0; term < counts.length; term++) {
    const count = counts[term] ?? 0;
    ranks[term] = count === 0 ? 0 : count <= rare ? 3 : count <= medium ? 2 : count <= common ? 1 : 0;
  }
  return ranks;
}

function bestOf(corpus: Corpus, place: number, row: Uint32Array): RelatedPost[] {
  scoreRow(corpus, place, row);
  return best(corpus, place, row);
}

/** Fills `row` with the scores of the post at `place` against all posts. */
function scoreRow(corpus: Corpus, place: number, row: Uint32Array): void {
  const { ranks, starts, places, weights } = corpus;
  row.fill(0);
  for (const packed of corpus.posts[place]?.terms ?? []) {
    const term = termOf(packed);
    const weight = weightOf(packed);
    const rank = ranks[term] ?? 0;
    const end = rank === 0 ? 0 : (starts[term + 1] ?? 0);
    for (let at = starts[term] ?? 0; at < end; at++) {
      const other = places[at] ?? 0;
      row[other] = (row[other] ?? 0) + rank * Math.min(weight, weights[at] ?? 0);
    }
  }
  row[place] = 0;
}

function best(corpus: Corpus, place: number, row: Uint32Array): RelatedPost[] {
  const list: RelatedPost[] = [];
  let lowest = LOWEST_SCORE;
  for (let index = 0; index < row.length; index++) {
    const score = row[index] ?? 0;
    if (score < lowest) continue;
    insert(list, { slug: corpus.posts[index]?.slug ?? "", score }, corpus, place);
    if (list.length === CANDIDATES) lowest = list.at(-1)?.score ?? lowest;
  }
  return list;
}

/** Inserts a post into the sorted list of the post at `place`, and cuts the list to `CANDIDATES`. */
function insert(list: RelatedPost[], related: RelatedPost, corpus: Corpus, place: number): void {
  const own = corpus.slugHashes[place] ?? 0;
  const isBetter = (a: RelatedPost, b: RelatedPost): boolean => {
    if (a.score !== b.score) return a.score > b.score;
    const [lotA, lotB] = [lot(own, a.slug), lot(own, b.slug)];
    return lotA !== lotB ? lotA < lotB : a.slug < b.slug;
  };
  let at = list.length;
  for (let above = list[at - 1]; above !== undefined && isBetter(related, above); above = list[at - 1]) at--;
  if (at >= CANDIDATES) return;
  list.splice(at, 0, related);
  list.length = Math.min(list.length, CANDIDATES);
}

/** Tie-breaker between posts with equal scores, which depends on both posts so that no post always comes first. */
function lot(own: number, slug: string): number {
  return Math.imul(own ^ hash32(slug), 0x9e3779b1) >>> 0;
}
