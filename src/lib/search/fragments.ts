import { type IndexedText, SIGNATURE } from "./read-pagefind.ts";

/** What a result shows beside its text. */
export interface Shown {
  readonly url: string;
  readonly meta: Readonly<Record<string, string>>;
}

/** How Pagefind's files are compressed. Level 6 takes twice as long for the word index, to be 0.5 % smaller. */
export const PACKING = { level: 5 } as const;

/** What is fetched for a result: its text, address, headings, and what is shown with it. */
export function fragmentBytes({ url, meta }: Shown, text: IndexedText): Buffer {
  const { content, word_count, anchors } = text;
  return Buffer.from(JSON.stringify({ url, content, word_count, filters: {}, meta, anchors }));
}

/** One of Pagefind's files before it's compressed. */
export function packed(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(SIGNATURE, "latin1"), bytes]);
}
