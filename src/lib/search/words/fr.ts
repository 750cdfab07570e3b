import { pluraliser } from "../../words/plural.ts";
import type { SearchWords } from "../words.ts";

const counted = pluraliser("fr");

export const words: SearchWords = {
  search: "Chercher dans ce blog",
  placeholder: "Un mot, un nom, un chiffre…",
  close: "Fermer",
  hint: "Les résultats apparaissent pendant la saisie ; les flèches y mènent.",
  narrow: "Affiner",
  tag: "Étiquette",
  author: "Auteur",
  year: "Année",
  series: "Série",
  any: "Tout",
  order: "Ordre",
  best: "Les plus pertinents",
  newest: "Les plus récents",
  oldest: "Les plus anciens",
  found: counted({ one: "# article trouvé", other: "# articles trouvés" }),
  nothing: (query) => `Rien trouvé pour « ${query} »`,
  nothingHint: "Essayez avec moins de mots, ou seulement le début d’un mot.",
  more: counted({ one: "En montrer # de plus", other: "En montrer # de plus" }),
  asPage: "Ouvrir comme page à partager",
  loading: "Recherche…",
  failed: "La recherche n’a pas pu être chargée. Vérifiez la connexion, puis réessayez.",
};
