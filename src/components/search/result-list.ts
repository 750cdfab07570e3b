import { formatsOf } from "../../i18n/formats.ts";
import { element } from "./element.ts";
import type { ExcerptPart } from "./excerpt.ts";
import type { Hit } from "./pagefind-client.ts";

/** How many parts of a post are named below it. */
const MOST_SECTIONS = 3;

/** A post that was found, as an item of the list. */
export function hitElement(hit: Hit, pageLang: string): HTMLLIElement {
  const link = element("a", { href: hit.url, class: "hit-title", ...languageOf(hit, pageLang) }, hit.title);
  const byline = [dayText(hit.day, pageLang), hit.author].filter((part) => part !== "").join(" · ");
  const excerpt = element(
    "p",
    { class: "hit-excerpt", ...languageOf(hit, pageLang) },
    ...hit.excerpt.map(partNode),
  );
  const item = element("li", { class: "hit" }, link, element("p", { class: "hit-byline" }, byline), excerpt);
  const sections = hit.sections
    .slice(0, MOST_SECTIONS)
    .map(({ url, title }) =>
      element("li", {}, element("a", { href: url, ...languageOf(hit, pageLang) }, title)),
    );
  if (sections.length > 0) item.append(element("ul", { class: "hit-sections" }, ...sections));
  return item;
}

/** Nothing where the post is in the page's language. */
function languageOf({ lang, dir }: Hit, pageLang: string): Record<string, string> {
  return lang === "" || lang === pageLang ? {} : { lang, dir };
}

function partNode({ text, isMarked }: ExcerptPart): Node | string {
  return isMarked ? element("mark", {}, text) : text;
}

/** `2011-11-10` in the way of a language. */
function dayText(day: string, lang: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return "";
  return formatsOf(lang, "UTC").date(date.toISOString());
}
