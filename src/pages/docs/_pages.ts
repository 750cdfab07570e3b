import type { MarkdownInstance } from "astro";

type Markdown = MarkdownInstance<Record<string, unknown>>;

/** One page of the documentation. */
export interface DocsPage {
  /** Path below `/docs/`, without slashes at its ends, such as `publish/github`. */
  readonly slug: string;
  readonly title: string;
  readonly Content: Markdown["Content"];
}

const REPOSITORY = "https://github.com/backfence/backfence/blob/main/";
/** The alignment of cells, as classes instead of styles. */
const CELLS: Readonly<Record<string, string>> = {
  right: ' class="cell-end"',
  center: ' class="cell-centre"',
};
const FILES = import.meta.glob<Markdown>("../../../docs/**/*.md", { eager: true });

/** The pages of `docs/`, by slug. */
export const docsPages: ReadonlyMap<string, DocsPage> = new Map(
  Object.entries(FILES).map(([file, module]) => {
    const slug = slugOf(file.slice(file.indexOf("docs/")));
    const title = module.getHeadings().find(({ depth }) => depth === 1)?.text ?? slug;
    return [slug, { slug, title, Content: module.Content }];
  }),
);

/** `docs/publish/README.md` → `publish`. */
function slugOf(file: string): string {
  return file
    .replace(/^docs\//, "")
    .replace(/\.md$/, "")
    .replace(/(?:^|\/)README$/, "");
}

/**
 * A page's HTML as it is shown: without its title, links to files as links to pages or to the repository, tables and
 * code that scroll by themselves.
 * @param base address of the documentation, such as `/docs/`.
 */
export function shownHtml(html: string, { slug }: DocsPage, base: string): string {
  let tables = 0;
  return html
    .replace(/<h1[^>]*>[^]*?<\/h1>/, "")
    .replaceAll(/<!--[^]*?-->/g, "")
    .replaceAll(/(<a [^>]*?href=")([^"]*)"/g, (_, start: string, href: string) => {
      return `${start}${shownHref(href, slug, base)}"`;
    })
    .replaceAll(/ style="text-align: ?(\w+);?"/g, (_, side: string) => CELLS[side] ?? "")
    .replaceAll("<table>", () => {
      tables += 1;
      return `<section class="table-region" tabindex="0" aria-label="Table ${tables}"><table>`;
    })
    .replaceAll("</table>", "</table></section>")
    .replaceAll("<pre>", '<pre tabindex="0">');
}

function shownHref(href: string, slug: string, base: string): string {
  if (/^(?:[a-z]+:|#|\/)/i.test(href)) return href;
  const isFolder = FILES[`../../../docs/${slug}/README.md`] !== undefined;
  const from = new URL(`docs/${isFolder ? `${slug}/README` : slug}.md`, "https://repository.example/");
  const { pathname, hash } = new URL(href, from);
  const file = pathname.slice(1);
  const target = slugOf(file.endsWith("/") ? `${file}README.md` : file);
  return file.startsWith("docs/") && docsPages.has(target)
    ? `${base}${target}/${hash}`
    : `${REPOSITORY}${file}${hash}`;
}
