import type { Element, Properties } from "hast";
import type { BookPlace } from "./content-model.ts";

/** Keeps id, language, direction and the attributes specific to the element; drops all others. */
export function attributesOf(node: Element, place: BookPlace): Properties {
  const { tagName, properties } = node;
  const id = place.id(String(properties["id"] ?? ""));
  return {
    ...(id === null ? {} : { id }),
    ...languageOf(properties),
    ...(isDirection(properties["dir"]) ? { dir: properties["dir"] } : {}),
    ...ownOf(tagName, properties),
  };
}

function ownOf(tagName: string, properties: Properties): Properties {
  switch (tagName) {
    // EPUB style sheets can't set the direction.
    case "code":
    case "pre":
      return { dir: "ltr" };
    case "abbr":
      return typeof properties["title"] === "string" ? { title: properties["title"] } : {};
    case "ol": {
      const start = wholeNumber(properties["start"]);
      const type = String(properties["type"] ?? "");
      return {
        ...(start === null ? {} : { start: String(start) }),
        ...(properties["reversed"] === true ? { reversed: "reversed" } : {}),
        ...(/^[1aAiI]$/.test(type) ? { type } : {}),
      };
    }
    case "td":
    case "th": {
      const scope = String(properties["scope"] ?? "");
      return {
        ...spanOf("colSpan", properties),
        ...spanOf("rowSpan", properties),
        ...(tagName === "th" && /^(?:row|col)(?:group)?$/.test(scope) ? { scope } : {}),
      };
    }
    default:
      return {};
  }
}

function spanOf(name: "colSpan" | "rowSpan", properties: Properties): Properties {
  const span = wholeNumber(properties[name]);
  return span === null || span < 2 || span > 1000 ? {} : { [name]: String(span) };
}

function wholeNumber(value: Properties[string]): number | null {
  return /^-?\d{1,6}$/.test(String(value ?? "")) ? Number(value) : null;
}

function isDirection(value: Properties[string]): value is string {
  return value === "ltr" || value === "rtl" || value === "auto";
}

/** Sets the language twice: XHTML readers use `xml:lang`, HTML readers `lang`. */
function languageOf({ lang }: Properties): Properties {
  if (typeof lang !== "string") return {};
  try {
    const [tag] = Intl.getCanonicalLocales(lang);
    return tag === undefined ? {} : { lang: tag, xmlLang: tag };
  } catch (error) {
    if (error instanceof RangeError) return {};
    throw error;
  }
}
