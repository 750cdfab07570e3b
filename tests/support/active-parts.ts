import { elementsOf, parseHtml } from "../../src/lib/protocols/html-tree.ts";

const TAGS = new Set(
  "html head body a abbr b blockquote br cite code del details em i img li ol p pre q s strong summary ul".split(
    " ",
  ),
);

/** Lists elements of a response's HTML that could run code, load remote resources, or change the page. */
export function activeParts(html: string): string[] {
  return [...elementsOf(parseHtml(html))].flatMap((element) => {
    const handlers = [
      "onclick",
      "onerror",
      "onload",
      "onmouseover",
      "onfocus",
      "ontoggle",
      "style",
      "id",
      "srcset",
    ];
    const bad = handlers.filter((name) => element.attribute(name) !== null);
    const href = element.attribute("href");
    const src = element.attribute("src");
    return [
      ...(TAGS.has(element.name) ? [] : [`<${element.name}>`]),
      ...bad,
      ...(href === null || /^https?:\/\//.test(href) ? [] : [`href ${href}`]),
      ...(src === null || /^\/blog\/avatars\/[\da-f]{32}\.webp$/.test(src) ? [] : [`src ${src}`]),
    ];
  });
}
