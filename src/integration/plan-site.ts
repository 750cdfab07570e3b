import path from "node:path";
import { FileCache, hashOf } from "../lib/cache/file-cache.ts";
import { feedFiles, type FeedContext } from "../lib/feeds/feed-files.ts";
import { withAddresses } from "../lib/markdown/feed-html.ts";
import type { StoredBody } from "../lib/markdown/body-file.ts";
import { leavingPaths, workerFile, type OfflineFacts } from "../lib/offline/worker-file.ts";
import { pictureFiles } from "../lib/images/image-files.ts";
import type { LoadedBlog } from "../lib/content/load-blog.ts";
import type { Blog, Post } from "../lib/content/model.ts";
import { avatarFiles, avatarPath, storedAvatars } from "../lib/responses/avatar-files.ts";
import { responseHtml } from "../lib/responses/response-html.ts";
import { languageSites, type LanguageSites } from "../lib/content/language-sites.ts";
import { picturesOf } from "../lib/content/pictures-of.ts";
import { directionOf } from "../lib/content/scripts.ts";
import { searchFiles } from "../lib/search/search-files.ts";
import { headersFile } from "../lib/site/headers.ts";
import { iconFiles, manifestIcons } from "../lib/site/icons.ts";
import { manifestFile } from "../lib/site/manifest.ts";
import type { FileBytes, FileGroup, FileSpec } from "../lib/site/outputs.ts";
import { movedTagFeeds, movedTags } from "../lib/site/moved-tags.ts";
import { redirectFiles } from "../lib/site/redirects.ts";
import { blogrollFiles, findBlogroll, type Blogroll } from "../lib/site/blogroll.ts";
import { llmsFiles } from "../lib/site/llms-txt.ts";
import { securityFiles } from "../lib/site/security-txt.ts";
import { robotsFile } from "../lib/site/robots.ts";
import { sitemapEntries, sitemapFiles } from "../lib/site/sitemap.ts";
import type { Rendering } from "../lib/site/rendering.ts";
import { pathnameOf, siteUrls, type SiteUrls } from "../lib/site/urls.ts";
import type { DeskFacts } from "../lib/desk/desk-view.ts";
import { editorFiles, type EditorPart } from "../lib/editor/editor-files.ts";
import { inLanguage } from "../lib/views/language-pages.ts";
import { siteView } from "../lib/views/site-view.ts";
import { userPageView } from "../lib/views/user-page-view.ts";
import { lookFiles } from "../receiver/node/blog-look.ts";
import { menuLinks, type UserPage } from "./user-pages.ts";
import type { ViewContext, ViewInput } from "../lib/views/context.ts";
import { indexBlog, type BlogIndex } from "../lib/views/blog-index.ts";
import { placesFiles } from "../lib/views/conversation-pagination.ts";
import { conversationPlaces } from "../lib/views/conversation-pages.ts";
import { ogImageFiles } from "../lib/og-images/og-image-files.ts";
import { pageGroups, type PageGroup } from "../lib/views/site-pages.ts";
import { planDesk, type DeskPlan } from "./plan-desk.ts";
import { fullPicture, viewContext } from "./view-context.ts";

export interface PlanOptions {
  /** Parent of the content folder, absolute. */
  readonly home: string;
  /** Content folder, absolute. */
  readonly contentDir: string;
  /** Returns a stored body by its key. */
  body(key: string): Promise<StoredBody>;
  /** Folder for caches between builds. */
  readonly work: string;
  /** Called with notes for the author. */
  readonly onNote: (note: string) => void;
  /** Pages in the user's `src/pages/`. */
  readonly userPages: readonly UserPage[];
  /** Files of the bundled browser editor, for a blog that has one. */
  readonly editorParts?: readonly EditorPart[];
  /** Whether each social image is drawn when it is requested, instead of all together with the first. */
  readonly drawsOnDemand?: boolean;
}

/** Data about the built pages, for the files that describe them. */
export interface PagesFacts {
  /** Content security policy of the pages. */
  readonly csp: string;
  /** Site paths of the pages that search engines may index. */
  readonly listed: readonly string[];
  /** Data for the service worker; null for a blog without one. */
  readonly offline: OfflineFacts | null;
}

/** Everything a site consists of, except the assets of the bundled routes and the author's extra files. */
export interface SitePlan {
  readonly blog: Blog;
  readonly pages: readonly PageGroup[];
  readonly userPage: Rendering["userPage"];
  /** Files that don't depend on the built pages; the group with redirects comes first. */
  readonly files: readonly FileGroup[];
  /** Files that describe the built pages, such as the sitemap. */
  filesAbout(pages: PagesFacts): readonly FileSpec[];
  /** The desk of `astro dev`. @param facts called for each request. */
  desk(facts: () => DeskFacts): DeskPlan;
  /** The search index of the posts, for `astro dev`; a build writes its own while Vite bundles. */
  searchFiles(): Promise<readonly FileSpec[]>;
}

/** Plans the pages and files of a loaded blog. Generates nothing yet. */
export function planSite(loaded: LoadedBlog, options: PlanOptions): SitePlan {
  const { blog } = loaded;
  const urls = siteUrls(blog.settings, [...blog.posts, ...blog.tombstones]);
  const { contentDir } = options;
  const kept = keptBy(new FileCache(path.join(options.work, "conversations")), loaded.store.version);
  const blogroll = blogrollOf(options);
  const menu = menuLinks(options.userPages, urls.path);
  const context = viewContext(loaded, urls, { kept, avatars: storedAvatars(contentDir), menu, blogroll });
  const index = indexBlog(blog, urls);
  const sites = languageSites(blog, urls);
  const main = inLanguage(context, sites, sites.all[0]);
  const site = siteView(main);
  let feedList: readonly FileSpec<FileBytes>[] | null = null;
  const feeds = () => (feedList ??= feedFiles(blog, feedContext(loaded, { blog, context }, index, options)));
  return {
    blog,
    pages: pageGroups(blog, context, index, sites),
    userPage: ({ pathname, ...own }) =>
      userPageView(main, site, {
        ...own,
        sitePath: pathnameOf(urls.sitePathOf(new URL(pathname, urls.origin).href) ?? "/"),
      }),
    files: [
      { name: "files", list: () => smallFiles(blog, sites, urls, options) },
      { name: "pictures", list: () => blogPictures(loaded, options) },
      {
        name: "social images",
        list: () =>
          ogImageFiles(blog.posts, {
            settings: blog.settings,
            authors: blog.authors,
            cache: new FileCache(path.join(options.work, "social")),
            onNote: options.onNote,
            isOnDemand: options.drawsOnDemand ?? false,
          }),
      },
      {
        name: "feeds",
        list: feeds,
      },
      { name: "conversations", list: () => placesFiles({ blog, context }, index) },
    ],
    filesAbout: ({ csp, listed, offline }) => [
      ...sitemapFiles(sitemapEntries(listed, blog, urls, sites), urls),
      headersFile({ settings: blog.settings, urls, csp }),
      ...(offline === null
        ? []
        : [workerFile({ settings: blog.settings, urls, leave: leavingPaths(blog, urls), ...offline })]),
    ],
    desk: (facts) =>
      planDesk({ blog, context: main.context }, site, {
        facts,
        feeds: feedContext(loaded, { blog, context }, index, { ...options, isLocal: true }),
      }),
    searchFiles: () =>
      searchFiles(blog, {
        urls,
        bodyHtml: async ({ body }) => (await options.body(body.key)).html,
        cacheDir: searchCache(options.work),
        onNote: options.onNote,
      }),
  };
}

/** Cache whose entries are valid for one version of the code. */
function keptBy(cache: FileCache, version: string): ViewContext["kept"] {
  return {
    readText: (key) => cache.readText(hashOf(version, key)),
    write: (key, value) => cache.write(hashOf(version, key), value),
  };
}

/** Cache folder of the search index. */
export function searchCache(work: string): string {
  return path.join(work, "search");
}

/** The author's blogroll, or null if it is missing or empty. */
function blogrollOf({ contentDir, home }: PlanOptions): Blogroll | null {
  const { blogroll } = findBlogroll({ contentDir, root: home });
  return blogroll === null || blogroll.blogs.length === 0 ? null : blogroll;
}

/** Redirects, avatars, and files that browsers and bots expect of every site, such as icons and `robots.txt`. */
function smallFiles(blog: Blog, sites: LanguageSites, urls: SiteUrls, options: PlanOptions): FileSpec[] {
  const { contentDir } = options;
  return [
    ...redirectFiles(blog, urls, { pages: movedTags(sites), feeds: movedTagFeeds(sites) }),
    ...avatarFiles(blog.responses, contentDir),
    robotsFile(urls, blog.settings.ai),
    ...llmsFiles(blog, urls),
    ...securityFiles(blog.settings, urls),
    ...blogrollFiles(blogrollOf(options), blog.settings, urls),
    ...editorFiles({
      ...{ settings: blog.settings, urls, parts: options.editorParts ?? [] },
      ...{
        contentName: path.basename(contentDir),
        files: [...blog.posts, ...blog.pages].map(({ file }) => file),
      },
    }),
    ...iconFiles(blog.settings, contentDir),
    ...lookFiles({ settings: blog.settings, contentDir, cacheDir: options.work, site: urls.absolute("/") }),
    manifestFile({
      settings: blog.settings,
      urls,
      dir: directionOf(blog.settings.lang),
      icons: manifestIcons(blog.settings.appearance),
      themeColor: blog.settings.appearance.colors.paper.light,
      backgroundColor: blog.settings.appearance.colors.paper.light,
    }),
  ];
}

function feedContext(
  loaded: LoadedBlog,
  input: ViewInput,
  index: BlogIndex,
  /** `isLocal`: URLs of pictures and links point to this server instead of the published site. */
  options: PlanOptions & { readonly isLocal?: boolean },
): FeedContext {
  const { urls } = input.context;
  const avatars = storedAvatars(options.contentDir);
  const here = (url: string): string =>
    options.isLocal && url.startsWith(`${urls.origin}/`) ? url.slice(urls.origin.length) : url;
  const absolute = (address: string, post: Post): string =>
    here(new URL(address, urls.absolute(urls.postPath(post.slug))).href);
  return {
    urls,
    bodyHtml: async (post) => {
      const { feed } = await options.body(post.body.key);
      return withAddresses(feed, (address) => absolute(address, post));
    },
    cover: (post) => {
      const { cover } = post;
      const full = cover === null ? null : fullPicture(cover.file, loaded.pictures, urls);
      if (cover === null || full === null) return null;
      return { ...full, url: here(full.url), alt: cover.alt, credit: cover.credit };
    },
    responsesHash: input.context.responsesHash,
    responseHtml: ({ record }) =>
      responseHtml(record, (name) => (avatars.has(name) ? urls.absolute(avatarPath(name)) : null)),
    responsePath: conversationPlaces(input, index),
  };
}

/** All pictures that posts, pages and authors show. */
function blogPictures({ blog, pictures }: LoadedBlog, { home, work }: PlanOptions): FileSpec[] {
  const cache = new FileCache(path.join(work, "pictures"));
  return pictureFiles(picturesOf(blog), {
    root: home,
    cache,
    pictures,
    colors: blog.settings.appearance.colors,
  });
}
