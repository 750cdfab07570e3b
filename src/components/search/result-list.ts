import { formatsOf } from "../../i18n/formats.ts";
import type { Direction } from "../../lib/content/model.ts";
import { dirWithin } from "../../lib/content/text-direction.ts";
import { element } from "./element.ts";
import type { ExcerptPart } from "./excerpt.ts";
import type { Hit } from "./pagefind-client.ts";

/** Maximum number of sections listed below a post. */
const MOST_SECTIONS = 3;

/** Language and direction of the page that shows the results. */
export interface PageLanguage {
  readonly lang: string;
  readonly dir: Direction;
}

/** Creates the list item of a search result. */
export function hitElement(hit: Hit, page: PageLanguage): HTMLLIElement {
  const own = (text: string) => languageOf(hit, text, page);
  const link = element("a", { href: hit.url, class: "hit-title", ...own(hit.title) }, hit.title);
  const day = dayText(hit.day, page.lang);
  const byline = [day, ...(hit.author === "" ? [] : [element("bdi", {}, hit.author)])];
  if (day !== "" && byline.length > 1) byline.splice(1, 0, " · ");
  const words = hit.excerpt.map(({ text }) => text).join("");
  const excerpt = element("p", { class: "hit-excerpt", ...own(words) }, ...hit.excerpt.map(partNode));
  const item = element(
    "li",
    { class: "hit" },
    link,
    element("p", { class: "hit-byline" }, ...byline),
    excerpt,
  );
  const sections = hit.sections
    .slice(0, MOST_SECTIONS)
    .map(({ url, title }) => element("li", {}, element("a", { href: url, ...own(title) }, title)));
  if (sections.length > 0) item.append(element("ul", { class: "hit-sections" }, ...sections));
  return item;
}

/** The attributes `lang` and `dir` of a text, where they differ from the page's. */
function languageOf({ lang, dir }: Hit, text: string, page: PageLanguage): Record<string, string> {
  const direction = dirWithin(page.dir, text, dir);
  return {
    ...(lang === "" || lang === page.lang ? {} : { lang }),
    ...(direction === null ? {} : { dir: direction }),
  };
}

function partNode({ text, isMarked }: ExcerptPart): Node | string {
  return isMarked ? element("mark", {}, text) : text;
}

/** Formats `2011-11-10` in a language; empty if the date is invalid. */
function dayText(day: string, lang: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return "";
  return formatsOf(lang, "UTC").date(date.toISOString());
}
