import { pluraliser } from "../../words/plural.ts";
import type { SearchWords } from "../words.ts";

const counted = pluraliser("en");

export const words: SearchWords = {
  search: "Search this blog",
  placeholder: "A word, a name, a figure …",
  close: "Close",
  hint: "Results appear as you type; move with the arrow keys.",
  narrow: "Narrow down",
  tag: "Tag",
  author: "Author",
  year: "Year",
  series: "Series",
  any: "Any",
  order: "Order",
  best: "Best match",
  newest: "Newest first",
  oldest: "Oldest first",
  found: counted({ one: "# post found", other: "# posts found" }),
  nothing: (query) => `Nothing found for “${query}”`,
  nothingHint: "Try fewer words, or only the beginning of one.",
  more: counted({ one: "Show # more", other: "Show # more" }),
  asPage: "Open as a page you can share",
  loading: "Searching …",
  failed: "Search couldn’t be loaded. Check your connection and try again.",
};
