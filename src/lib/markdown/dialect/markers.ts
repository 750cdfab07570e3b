/**
 * Signs that stand for a form of some Markdown dialect between the preparation of a text and the rendering of its
 * tree. All are noncharacters, which `printable` has removed from the author's text before, so none can collide.
 */
export const MARK = {
  /** Begins a code span that holds a formula in a sentence. */
  math: "\uFDD0",
  /** Begins a code span that holds a formula of its own. */
  displayMath: "\uFDD1",
  /** Stands between emphasis and punctuation beside CJK text; removed from the tree. */
  glue: "\uFDD2",
  /** Around highlighted text. */
  highlightStart: "\uFDD3",
  highlightEnd: "\uFDD4",
  /** Around what is set lower, and higher. */
  subStart: "\uFDD6",
  subEnd: "\uFDD7",
  supStart: "\uFDD8",
  supEnd: "\uFDD9",
  /** Begins a code span at the end of a heading that holds its id. */
  headingId: "\uFDD5",
} as const;

/** Every sign, for a test whether a text holds any. */
export const ANY_MARK = /[\uFDD0-\uFDD9]/;

/** Begins the address of a link that names a note instead of an address, as Obsidian's `[[note]]` does. */
export const WIKI_SCHEME = "backfence-wiki:";

/** Begins the name of a footnote that was written inline. */
export const INLINE_NOTE = "inline-note-";
