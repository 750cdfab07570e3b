import { pluraliser } from "../../words/plural.ts";
import type { SearchWords } from "../words.ts";

const counted = pluraliser("es");

export const words: SearchWords = {
  search: "Buscar en este blog",
  placeholder: "Una palabra, un nombre, una cifra…",
  close: "Cerrar",
  hint: "Los resultados aparecen mientras escribes; muévete con las flechas.",
  narrow: "Acotar",
  tag: "Etiqueta",
  author: "Autor",
  year: "Año",
  series: "Serie",
  any: "Todo",
  order: "Orden",
  best: "Más relevantes",
  newest: "Más recientes",
  oldest: "Más antiguos",
  found: counted({ one: "# artículo encontrado", other: "# artículos encontrados" }),
  nothing: (query) => `Nada encontrado para «${query}»`,
  nothingHint: "Prueba con menos palabras, o solo con el principio de una.",
  more: counted({ one: "Mostrar # más", other: "Mostrar # más" }),
  asPage: "Abrir como página para compartir",
  loading: "Buscando…",
  failed: "No se pudo cargar la búsqueda. Comprueba la conexión e inténtalo de nuevo.",
};
