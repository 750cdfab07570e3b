/** The files that describe a book: container, package document, table of contents, cover page. */
import { formatsOf } from "../../../i18n/formats.ts";
import { translationsFor } from "../../../i18n/translations-for.ts";
import type { Series } from "../../content/model.ts";
import { directionOf } from "../../content/scripts.ts";
import { escapeXml } from "../../escape.ts";
import type { ExportedBlog } from "../read-blog.ts";
import type { BookPicture } from "./book-pictures.ts";
import { isPost, type Chapter } from "./chapters.ts";

export const CONTAINER = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`;

/** Metadata of the whole book. */
export interface BookFacts {
  readonly title: string;
  readonly description: string;
  readonly lang: string;
  readonly dir: "ltr" | "rtl";
  /** Unique names, in the order of their first posts. */
  readonly authors: readonly string[];
  /** Languages of the chapters, the book's own first. */
  readonly languages: readonly string[];
  /** Day of the newest post (`YYYY-MM-DD`). */
  readonly date: string | null;
  /** Time of the last change to a post or response, to the second. */
  readonly modified: string;
  /** URN. */
  readonly id: string;
  readonly rights: string | null;
  /** URL of the blog or series on the web. */
  readonly source: string;
  /** Title of the blog that a series belongs to; null for a whole blog. */
  readonly collection: string | null;
}

export interface WrittenChapter extends Chapter {
  readonly hasMath: boolean;
}

export function bookFacts(
  exported: ExportedBlog,
  chapters: readonly Chapter[],
  series: Series | null,
): BookFacts {
  const { blog, urls } = exported;
  const { settings } = blog;
  const texts = chapters.map(({ text }) => text);
  const posts = texts.filter(isPost);
  const names = new Map(blog.authors.map(({ id, name }) => [id, name]));
  const lang = series === null ? settings.lang : (posts[0]?.lang ?? settings.lang);
  const source = urls.absolute(series === null ? "/" : urls.seriesPath(series.id));
  const responses = posts
    .flatMap(({ slug }) => blog.responses[slug] ?? [])
    .filter(({ status }) => status === "approved");
  const instants = [
    ...posts.flatMap(({ date, updated }) => [date, updated ?? date]),
    ...responses.flatMap((record) => [record["wm-received"], record.updated ?? record["wm-received"]]),
  ].map((instant) => Date.parse(instant));
  const latest = instants
    .filter((instant) => instant > 0)
    .reduce((last, instant) => Math.max(last, instant), 0);
  const { licence } = settings;
  return {
    title: series === null ? settings.title : series.title,
    description: series === null ? settings.description : series.description,
    lang,
    dir: directionOf(lang),
    authors: [...new Set(posts.flatMap(({ authors }) => authors.map((id) => names.get(id) ?? id)))],
    languages: [...new Set([lang, ...texts.map((text) => text.lang)])],
    date:
      posts
        .map(({ date }) => date)
        .sort()
        .at(-1)
        ?.slice(0, 10) ?? null,
    modified: new Date(latest).toISOString().replace(/\.\d+Z$/, "Z"),
    id: `${source}#book`,
    rights: licence === null ? null : `${licence.name} (${licence.url})`,
    source,
    collection: series === null ? null : settings.title,
  };
}

export function packageDocument(
  facts: BookFacts,
  chapters: readonly WrittenChapter[],
  pictures: readonly BookPicture[],
  cover: BookPicture,
): string {
  const { authors, languages, collection, rights, date, dir } = facts;
  const items = chapters.map(
    ({ file, hasMath }, index) =>
      `<item id="t${index + 1}" href="${file}" media-type="application/xhtml+xml"${hasMath ? ' properties="mathml"' : ""}/>`,
  );
  const drawn = pictures.map(
    ({ name, mediaType }, index) =>
      `<item id="p${index + 1}" href="${name}" media-type="${mediaType}"${name === cover.name ? ' properties="cover-image"' : ""}/>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="${escapeXml(facts.lang)}" dir="${dir}">`,
    '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">',
    `<dc:identifier id="id">${escapeXml(facts.id)}</dc:identifier>`,
    element("dc:title", facts.title),
    ...languages.map((lang) => element("dc:language", lang)),
    ...authors.flatMap((name, index) => [
      `<dc:creator id="a${index + 1}">${escapeXml(name)}</dc:creator>`,
      `<meta refines="#a${index + 1}" property="role" scheme="marc:relators">aut</meta>`,
    ]),
    facts.description === "" ? "" : element("dc:description", facts.description),
    date === null ? "" : element("dc:date", date),
    rights === null ? "" : element("dc:rights", rights),
    element("dc:source", facts.source),
    collection === null
      ? ""
      : `<meta property="belongs-to-collection" id="c1">${escapeXml(collection)}</meta>\n<meta refines="#c1" property="collection-type">series</meta>`,
    `<meta property="dcterms:modified">${facts.modified}</meta>`,
    "</metadata>",
    "<manifest>",
    '<item id="nav" href="contents.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
    '<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>',
    '<item id="style" href="book.css" media-type="text/css"/>',
    ...items,
    ...drawn,
    "</manifest>",
    `<spine page-progression-direction="${dir}">`,
    '<itemref idref="cover"/>',
    '<itemref idref="nav"/>',
    ...chapters.map((_, index) => `<itemref idref="t${index + 1}"/>`),
    "</spine>",
    "</package>",
    "",
  ]
    .filter((line, index, lines) => line !== "" || index === lines.length - 1)
    .join("\n");
}

/** Table of contents: articles by year, then notes and pages, in the order of the book. */
export function contentsDocument(
  facts: BookFacts,
  chapters: readonly Chapter[],
  exported: ExportedBlog,
): string {
  const words = translationsFor({ lang: facts.lang, words: exported.blog.settings.words });
  const formats = formatsOf(words.lang, exported.blog.settings.timeZone);
  const entry = ({ file, text }: Chapter): string => {
    const date = isPost(text) && !text.isTitled ? `${formats.date(text.date)}: ` : "";
    const language =
      text.lang === facts.lang ? "" : ` lang="${escapeXml(text.lang)}" xml:lang="${escapeXml(text.lang)}"`;
    return `<li><a href="${file}"${language}>${escapeXml(date + text.title)}</a></li>`;
  };
  const groups = Map.groupBy(chapters, ({ text }) => {
    if (!isPost(text)) return "";
    return text.kind === "note" ? words.list.notes : formats.year(new Date(text.date).getUTCFullYear());
  });
  const isFlat = facts.collection !== null || chapters.length <= FEW;
  const lines = isFlat
    ? chapters.map(entry)
    : [...groups].flatMap(([name, group]) =>
        name === ""
          ? group.map(entry)
          : [`<li><span>${escapeXml(name)}</span><ol>`, ...group.map(entry), "</ol></li>"],
      );
  return page(
    facts,
    facts.title,
    [
      '<nav epub:type="toc" role="doc-toc">',
      `<h1>${escapeXml(facts.title)}</h1>`,
      `<ol>`,
      ...lines,
      "</ol>",
      "</nav>",
    ].join("\n"),
  );
}

/** Above this number of chapters, the contents are grouped by year. */
const FEW = 12;

export function coverDocument(facts: BookFacts, cover: BookPicture): string {
  return page(
    facts,
    facts.title,
    `<section epub:type="cover" class="front"><img src="${cover.name}" alt="${escapeXml(facts.title)}"/></section>`,
  );
}

function page({ lang, dir }: BookFacts, title: string, body: string): string {
  const tag = escapeXml(lang);
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="${tag}" xml:lang="${tag}" dir="${dir}">
<head><title>${escapeXml(title)}</title><link rel="stylesheet" type="text/css" href="book.css"/></head>
<body>
${body}
</body>
</html>
`;
}

function element(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}
