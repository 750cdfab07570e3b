/**
 * Placeholder characters for dialect syntax, used between preparing a text and rendering its tree. All are Unicode
 * noncharacters, which are removed from the author's text first, so none can collide.
 */
export const MARK = {
  /** Begins a code span that contains an inline formula. */
  math: "\uFDD0",
  /** Begins a code span that contains a display formula. */
  displayMath: "\uFDD1",
  /** Inserted so that the parser reads emphasis beside CJK text, and no emoji after `\:`; removed from the tree. */
  glue: "\uFDD2",
  /** Around highlighted text. */
  highlightStart: "\uFDD3",
  highlightEnd: "\uFDD4",
  /** Around subscripts and superscripts. */
  subStart: "\uFDD6",
  subEnd: "\uFDD7",
  supStart: "\uFDD8",
  supEnd: "\uFDD9",
  /** Begins a code span at the end of a heading that contains the heading's id. */
  headingId: "\uFDD5",
} as const;

/** Matches any marker. */
export const ANY_MARK = /[\uFDD0-\uFDD9]/;

/** URL scheme of links that name a note instead of an address, such as Obsidian's `[[note]]`. */
export const WIKI_SCHEME = "backfence-wiki:";

/** Prefix of the names given to inline footnotes. */
export const INLINE_NOTE = "inline-note-";
