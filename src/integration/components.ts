import { fileURLToPath } from "node:url";

/**
 * Components that `backfence({ components })` can replace: their names and files below `src/`. A replacement gets the
 * same props, which are typed at the top of each file.
 */
export const COMPONENTS = {
  Head: "components/shell/Head.astro",
  Header: "components/shell/Masthead.astro",
  Footer: "components/shell/SiteFooter.astro",
  Logo: "components/shell/Logo.astro",
  NotFoundIllustration: "components/shell/NotFoundIllustration.astro",
  HomePage: "components/home/HomePage.astro",
  HomeLead: "components/home/Lead.astro",
  PostPage: "components/post/PostPage.astro",
  PostHead: "components/post/PostHead.astro",
  PostBody: "components/post/PostBody.astro",
  PostLinks: "components/post/PostLinks.astro",
  Question: "components/post/Question.astro",
  AboutAuthors: "components/post/AboutAuthors.astro",
  PostNavigation: "components/post/PostNavigation.astro",
  PostCover: "components/post/Cover.astro",
  TableOfContents: "components/post/Contents.astro",
  SeriesBox: "components/post/SeriesBox.astro",
  ReplyContext: "components/post/ReplyContext.astro",
  RelatedPosts: "components/post/RelatedPosts.astro",
  Conversation: "components/responses/Conversation.astro",
  Comment: "components/responses/Comment.astro",
  Mention: "components/responses/Mention.astro",
  Trackback: "components/responses/Trackback.astro",
  Facepile: "components/responses/Facepile.astro",
  ReplyOptions: "components/responses/ReplyOptions.astro",
  ListPage: "components/lists/ListPage.astro",
  ListEntry: "components/lists/Entry.astro",
  ListRow: "components/lists/Row.astro",
  Pager: "components/lists/Pager.astro",
  TagsPage: "components/lists/TagsPage.astro",
  AuthorPage: "components/lists/AuthorPage.astro",
  SearchForm: "components/search/SearchForm.astro",
  SubscribePage: "components/pages/SubscribePage.astro",
  NotFoundPage: "components/pages/NotFoundPage.astro",
} as const;

export type ComponentName = keyof typeof COMPONENTS;

export function isComponentName(name: string): name is ComponentName {
  return Object.hasOwn(COMPONENTS, name);
}

/** Absolute path of a component's file. */
export function componentFile(name: ComponentName): string {
  return fileURLToPath(new URL(`../${COMPONENTS[name]}`, import.meta.url));
}
