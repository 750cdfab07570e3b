import { isoInZone } from "../content/dates.ts";
import type { Author, Post } from "../content/model.ts";
import type { SocialPicture, ViewInput } from "./context.ts";

const CONTEXT = "https://schema.org";

/**
 * Serializes JSON-LD for a script element, escaping characters that could end the element, open a comment or break an
 * older JavaScript parser.
 */
export function jsonLdText(nodes: readonly object[]): string {
  const value = nodes.length === 1 ? nodes[0] : { "@context": CONTEXT, "@graph": nodes.map(withoutContext) };
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function withoutContext(node: object): object {
  return Object.fromEntries(Object.entries(node).filter(([key]) => key !== "@context"));
}

/** https://schema.org/BlogPosting */
export function blogPosting(
  { blog, context: { urls, languages } }: ViewInput,
  post: Post,
  authors: readonly Author[],
  picture: SocialPicture | null,
): object {
  const url = post.canonical ?? urls.absolute(urls.postPath(post.slug));
  const versions = (languages?.sites.translationsOf(post) ?? []).filter((version) => "date" in version);
  const [original] = [...versions].sort((a, b) => Date.parse(a.date) - Date.parse(b.date));
  const nodeOf = ({ slug, lang }: Post) => ({
    "@type": "BlogPosting",
    "@id": `${urls.absolute(urls.postPath(slug))}#post`,
    inLanguage: lang,
  });
  return defined({
    "@context": CONTEXT,
    "@type": "BlogPosting",
    "@id": `${url}#post`,
    url,
    headline: post.title,
    description: post.description === "" ? undefined : post.description,
    datePublished: isoInZone(post.date, blog.settings.timeZone),
    dateModified: isoInZone(post.updated ?? post.date, blog.settings.timeZone),
    author: authors.map((author) => personNode(author, urls.authorUrl(author.id))),
    image: picture?.url,
    inLanguage: post.lang,
    workTranslation:
      post === original ? versions.filter((version) => version !== post).map(nodeOf) : undefined,
    translationOfWork: original === undefined || post === original ? undefined : nodeOf(original),
    keywords: post.tags.length === 0 ? undefined : post.tags.join(", "),
    wordCount: post.body.words,
    isPartOf: { "@type": "Blog", name: blog.settings.title, url: urls.absolute(urls.homePath()) },
    license: blog.settings.licence?.url,
  });
}

/** https://schema.org/ProfilePage of an author. */
export function profilePage({ context: { urls } }: Pick<ViewInput, "context">, author: Author): object {
  const url = urls.absolute(urls.authorPath(author.id));
  const person = {
    ...personNode(author, urls.authorUrl(author.id)),
    description: author.short,
    sameAs: author.links.map((link) => link.url),
  };
  return { "@context": CONTEXT, "@type": "ProfilePage", url, mainEntity: person };
}

/** https://schema.org/Blog for the home page. */
export function blogNode({ blog, context: { urls } }: ViewInput): object {
  const { settings } = blog;
  return {
    "@context": CONTEXT,
    "@type": "Blog",
    name: settings.title,
    description: settings.description,
    url: urls.absolute(urls.homePath()),
    inLanguage: settings.lang,
  };
}

/** https://schema.org/BreadcrumbList; each crumb is a title and an absolute address. */
export function breadcrumbs(crumbs: readonly { readonly name: string; readonly url: string }[]): object {
  return {
    "@context": CONTEXT,
    "@type": "BreadcrumbList",
    itemListElement: crumbs.map(({ name, url }, index) => ({
      "@type": "ListItem",
      position: index + 1,
      name,
      item: url,
    })),
  };
}

function personNode(author: Author, url: string): object {
  return { "@type": "Person", "@id": `${url}#person`, name: author.name, url };
}

function defined(node: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(node).filter(([, value]) => value !== undefined));
}
