/** Seeded random generator: the same seed gives the same words and numbers. */
export interface Random {
  /** An integer from `least` to `most`, both included. */
  int(least: number, most: number): number;
  chance(share: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** An integer from 0 to `count - 1`, small numbers far more often. */
  skewed(count: number): number;
  word(): string;
  /** A sentence of `least` to `most` words, with a period. */
  sentence(least: number, most: number): string;
  /** Sentences of `least` to `most` words in total. */
  paragraph(least: number, most: number): string;
}

/** Mulberry32, a small generator whose whole state is one 32-bit number. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  const skewed = (count: number): number => Math.floor(next() ** 2.5 * count);
  const word = (): string => VOCABULARY[skewed(VOCABULARY.length)] ?? "fence";
  const sentence = (least: number, most: number): string => {
    const words = Array.from({ length: int(least, most) }, word).join(" ");
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  };
  const paragraph = (least: number, most: number): string => {
    const wanted = int(least, most);
    const sentences: string[] = [];
    for (let words = 0; words < wanted;) {
      const fresh = sentence(7, 18);
      sentences.push(fresh);
      words += fresh.split(" ").length;
    }
    return sentences.join(" ");
  };
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[int(0, items.length - 1)];
    if (item === undefined) throw new RangeError("Nothing to pick from");
    return item;
  };
  return { int, chance: (share) => next() < share, pick, skewed, word, sentence, paragraph };
}

/** About 4,000 pronounceable words, so that a search index has a vocabulary of realistic size. */
const VOCABULARY: readonly string[] = makeWords();

function makeWords(): string[] {
  const starts = [
    "b",
    "br",
    "c",
    "d",
    "f",
    "fl",
    "g",
    "h",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "w",
  ];
  const vowels = ["a", "e", "i", "o", "u", "ea", "ou"];
  const ends = ["n", "r", "st", "l", "m", "nd", "ck", "t", "sh", "p"];
  const short = vowels.flatMap((vowel) => starts.flatMap((start) => ends.map((end) => start + vowel + end)));
  const long = short.flatMap((first, index) =>
    index % 2 === 0 ? [`${first}${vowels[index % 7]}${ends[index % 10]}`] : [],
  );
  return [...short, ...long, ...short.map((word) => `${word}ing`)];
}
