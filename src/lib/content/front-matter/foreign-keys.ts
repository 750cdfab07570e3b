/**
 * Keys of front matter that other generators and their themes use: Hugo, Jekyll, Hexo, Eleventy, Pelican, Nikola,
 * Zola, Astro's themes, Gatsby, Ghost, Obsidian. Names are compared by `plainKey`, so that `pubDate`, `pub_date` and
 * `PubDate` are one key.
 */

import { didYouMean } from "../../did-you-mean.ts";

/** A key in lower case and without hyphens, underscores and spaces, in which generators differ. */
export function plainKey(key: string): string {
  return key.toLowerCase().replaceAll(/[-_\s]/g, "");
}

/** What a foreign key is read as. */
export type ForeignKey =
  | "date"
  | "updated"
  | "description"
  | "authors"
  | "tags"
  | "category"
  | "lang"
  | "id"
  | "canonical"
  | "aliases"
  | "address"
  | "link"
  | "cover"
  | "cover.alt"
  | "header"
  | "toc"
  | "noToc"
  | "pinned"
  | "comments"
  | "noComments"
  | "draft"
  | "published"
  | "status"
  | "series"
  | "translationOf"
  | "contentNote"
  | "extra"
  | "taxonomies"
  | "metadata"
  | "expires"
  | "password"
  | "ignored";

const NAMES: Readonly<Record<ForeignKey, string>> = {
  date: `pubDate pubDatetime publishDate publishedAt publishedDate publishedOn publishedTime datePublished
    publicationDate created createdAt createdDate creationDate dateCreated posted postDate datePosted firstPublished`,
  updated: `lastmod lastModified lastModifiedAt lastModifiedDate lastModifiedTime modified modifiedAt modifiedDate modDate
    modDatetime updateDate updatedDate updatedAt lastUpdated lastUpdate lastUpdatedAt dateUpdated dateModified edited revised`,
  description: `excerpt summary subtitle desc abstract customExcerpt metaDescription seoDescription snippet teaser blurb deck`,
  authors: `author writer writers byline creator authorName`,
  tags: `tag keywords topics labels`,
  category: `category categories topic`,
  lang: `language locale hreflang`,
  id: `guid uuid`,
  canonical: `canonicalUrl canonicalLink originalUrl`,
  aliases: `alias redirectFrom oldUrl oldUrls previousUrls`,
  address: `permalink url path`,
  link: `externalLink externalUrl linkUrl`,
  cover: `image images heroImage featuredImage featureImage coverImage thumbnail thumb thumbnailImage ogImage socialImage
    banner bannerImg bannerImage hero headerImage img photo photos previewImage cardImage titleImage`,
  "cover.alt": `alt imageAlt coverAlt heroImageAlt heroAlt featuredImageAlt featureImageAlt coverImageAlt thumbnailAlt bannerAlt`,
  header: `header`,
  toc: `showToc tableOfContents enableToc`,
  noToc: `hideToc hideTableOfContents disableToc noToc`,
  pinned: `sticky pin featured top`,
  comments: `comment allowComments enableComments commentsEnabled commentable`,
  noComments: `disableComments noComments hideComments`,
  draft: `isDraft unpublished hidden private unlisted headless`,
  published: `published publish dgPublish isPublished`,
  status: `status visibility`,
  series: `seriesName`,
  translationOf: `translationKey translationId`,
  contentNote: `contentWarning cw`,
  extra: `params`,
  taxonomies: `taxonomies`,
  metadata: `metadata seo`,
  expires: `expiryDate unpublishDate expireDate expiresAt expirationDate`,
  password: `password encrypted encrypt postPassword protected`,
  ignored: `layout type weight menu menus math mathjax katex latex cssclasses cssclass sidebar navOrder parent hasChildren
    order template theme build cascade outputs markup eleventyNavigation eleventyComputed eleventyExcludeFromCollections
    eleventyImport sharing share socialShare readingTime readTime wordCount classes authorProfile related showDate hideMeta
    disableShare showReadingTime showBreadCrumbs showPostNavLinks tocOpen editPost searchHidden robotsNoIndex noIndex robots
    mermaid highlight css js scripts styles excerptSeparator renderWithLiquid dateFormat views prev next license licence
    copyright donate reprint reward commentsId commentId disqusId disqusIdentifier feed rss sitemap priority changefreq
    bodyClass fullWidth wide hideCover coverPosition coverCaption imageCaption featureImageCaption featuredImagePreview
    thumbnailCaption sidebarPosition showSidebar linkTitle shortTitle sidebarTitle navTitle pageTitle metaTitle seoTitle
    ogTitle ogDescription twitterTitle twitterCard twitterDescription jsonld emoji icon background backgroundImage lightgallery
    linkToMarkdown hiddenFromHomePage hiddenFromSearch resources generator format seriesOrder editLink hideSummary
    showFullContent timezone aside toolbar imageAltText renderOptions pageClass htmlTheme inSearchIndex insertAnchorLinks
    useRelativeCover coverSize authorEmail authorUrl authorTitle authorImage authorImageUrl contributors sidebarLabel
    sidebarClassName tocMinHeadingLevel tocMaxHeadingLevel customEditUrl kanbanPlugin imgPath mediaSubpath`,
};

const KEYS: ReadonlyMap<string, ForeignKey> = new Map(
  Object.entries(NAMES).flatMap(([reading, names]) =>
    names.split(/\s+/).map((name): [string, ForeignKey] => [plainKey(name), reading as ForeignKey]),
  ),
);

/** Translations of our keys, since some authors write keys in their own language. */
const WORDS: Readonly<Record<string, string>> = {
  title: "titel titre título titulo titolo tytuł заголовок название 标题 標題 タイトル 제목",
  date: "datum fecha data дата 日期 日付 날짜",
  description: "beschreibung zusammenfassung descripción resumen descrição resumo descrizione описание 描述 摘要 説明 설명",
  tags: "schlagwörter schlagworte stichwörter étiquettes etiquetas etiquetten теги 标签 標籤 タグ 태그",
  authors: "autor autorin auteur autore автор 作者 著者 저자",
  draft: "entwurf brouillon borrador rascunho bozza concept черновик 草稿 下書き",
  updated: "aktualisiert geändert modifié actualizado atualizado aggiornato bijgewerkt обновлено 更新",
  lang: "sprache langue idioma lingua taal язык 语言 言語 언어",
  cover: "titelbild bild couverture portada capa copertina обложка 封面",
  series: "reihe serie série серия 系列",
};

const OWN_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries(WORDS).flatMap(([key, words]) => words.split(" ").map((word): [string, string] => [plainKey(word), key])),
);

/** Names of five or more letters; shorter ones are similar to too many words. */
const LONG_NAMES: readonly string[] = Object.values(NAMES)
  .flatMap((names) => names.split(/\s+/))
  .filter((name) => name.length >= 5);

/**
 * Guesses the intended key for an unknown one: one of ours, a translation of one, or a key of another generator; null
 * if none is similar. @param known our keys.
 */
export function meantKey(key: string, known: readonly string[]): string | null {
  const word = OWN_WORDS.get(plainKey(key.normalize("NFC")));
  if (word !== undefined && known.includes(word)) return word;
  return didYouMean(key, known) ?? (key.length < 5 ? null : didYouMean(key.replaceAll(/[-_\s]/g, ""), LONG_NAMES, 4));
}

/** How a key of another generator is read; null for unknown keys. */
export function foreignKey(key: string): ForeignKey | null {
  return KEYS.get(plainKey(key)) ?? null;
}
