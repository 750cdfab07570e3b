import { pluraliser } from "../../words/plural.ts";
import type { SearchWords } from "../words.ts";

const counted = pluraliser("de");

export const words: SearchWords = {
  search: "Dieses Blog durchsuchen",
  placeholder: "Ein Wort, ein Name, eine Zahl …",
  close: "Schließen",
  hint: "Treffer erscheinen beim Tippen; die Pfeiltasten führen hindurch.",
  narrow: "Eingrenzen",
  tag: "Schlagwort",
  author: "Autor",
  year: "Jahr",
  series: "Reihe",
  any: "Alle",
  order: "Reihenfolge",
  best: "Beste Treffer",
  newest: "Neueste zuerst",
  oldest: "Älteste zuerst",
  found: counted({ one: "# Beitrag gefunden", other: "# Beiträge gefunden" }),
  nothing: (query) => `Nichts gefunden zu „${query}“`,
  nothingHint: "Vielleicht mit weniger Wörtern, oder nur mit dem Anfang eines Worts.",
  more: counted({ one: "# weiteren zeigen", other: "# weitere zeigen" }),
  asPage: "Als Seite öffnen, die man teilen kann",
  loading: "Suche läuft …",
  failed: "Die Suche ließ sich nicht laden. Besteht eine Verbindung? Dann bitte noch einmal.",
};
