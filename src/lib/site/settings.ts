import type { Appearance } from "../themes/appearance.ts";
import type { AnalyticsProvider } from "./analytics.ts";
import type { HeadTag } from "./head-tag.ts";
import type { NEWSLETTER_PROVIDERS } from "./newsletter.ts";
import type { OwnWords } from "../../i18n/messages.ts";

/** Settings from `content/site.yaml` and `content/words.yaml`, with all defaults. */
export interface Settings extends SiteYaml {
  /** The author's interface texts by language (`content/words.yaml`). */
  readonly words: OwnWords;
  /** Colors, mark, logo and artwork, resolved from `theme` and `look`. */
  readonly appearance: Appearance;
}

export interface MenuItem {
  readonly label: string;
  /** Site path or absolute address; null for a group without a page. */
  readonly url: string | null;
  readonly items: readonly { readonly label: string; readonly url: string }[];
}

/** The editor in the browser and the repository that it saves to. */
export interface EditorSettings {
  readonly name: "sveltia";
  readonly host: "github" | "gitlab" | "gitea" | "test";
  /** Null only for `test`. */
  readonly repo: string | null;
  readonly branch: string | null;
  /** Folder of the blog in the repository. */
  readonly folder: string | null;
  /** Site path of the editor's page. */
  readonly address: string;
  /** Origin of a self-hosted server. */
  readonly server: string | null;
  /** Address of the OAuth service for GitHub. */
  readonly signIn: string | null;
  readonly appId: string | null;
}

/** The author's text and links in the footer. */
export interface Footer {
  readonly text: string;
  readonly links: readonly { readonly label: string; readonly url: string }[];
}

/** A newsletter's list and texts; null for values that aren't set. */
export interface NewsletterWords {
  readonly id: string | null;
  readonly action: string | null;
  readonly title: string | null;
  readonly text: string;
}

/** Settings of `content/site.yaml` with all defaults filled in. */
export interface SiteYaml {
  readonly title: string;
  /** One line under the title. */
  readonly description: string;
  /** Absolute address of the blog with its base path, ending in `/`: `https://example.org/blog/`. */
  readonly url: string;
  /** Distinguishes this blog from others in the ids of feeds and entries; null if not set. */
  readonly id: string | null;
  /** Id or name of the author of posts without `authors`; null = the only author. */
  readonly author: string | null;
  /** BCP 47 tag. */
  readonly lang: string;
  /** Languages with their own home page and lists; empty = determined from the posts. */
  readonly languages: readonly {
    readonly lang: string;
    readonly title: string | null;
    readonly description: string | null;
    /** Empty = the blog's menu, with its lists translated. */
    readonly menu: readonly MenuItem[];
    /** null = the blog's footer. */
    readonly footer: Footer | null;
    /** Differences from the blog's newsletter; null = none. */
    readonly newsletter: NewsletterWords | null;
  }[];
  /** IANA time zone for parsing and showing dates; null if not set (dates are shown in UTC). */
  readonly timeZone: string | null;
  /** Year in which the blog began, for the copyright line. */
  readonly since: number | null;
  readonly licence: { readonly name: string; readonly url: string } | null;
  readonly postsPerPage: number;
  /** Patterns of addresses: `/:year/:month/:slug/`. */
  readonly permalinks: { readonly posts: string; readonly notes: string; readonly pages: string };
  /** Links in the header, nested one level. Empty = the blog's existing lists. */
  readonly navigation: readonly MenuItem[];
  /** Newer name of `navigation`, with precedence over it. */
  readonly menu: readonly MenuItem[];
  /** Name of the theme. */
  readonly theme: string;
  /** Options of the theme; null = the theme's default. */
  readonly look: {
    readonly accent: string | null;
    readonly paper: { readonly light: string | null; readonly dark: string | null } | null;
    /** `literata`, the name of a system font stack, or a file below `content/`. */
    readonly font: string | null;
    readonly logo: { readonly light: string; readonly dark: string | null; readonly alt: string } | null;
    readonly icon: string | null;
    /** Style sheets below `content/`. */
    readonly css: readonly string[];
    readonly density: "airy" | "normal" | "compact";
    readonly opening: "plain" | "small-caps" | null;
    readonly home: "front" | "sections" | "list" | "text" | null;
    readonly footer: Footer;
    readonly share: readonly ("email" | "mastodon" | "bluesky" | "copy")[];
    readonly dates: boolean;
    readonly readingTime: boolean;
    readonly socialImage: "card" | "cover";
  };
  /** Whether the footer names the blog's software. */
  readonly colophon: boolean;
  /** Slugs of the posts recommended to new readers. */
  readonly startHere: readonly string[];
  /** Profiles of the blog itself, marked up as rel=me. */
  readonly profiles: readonly { readonly label: string; readonly url: string }[];
  /** Elements for the head of every page. */
  readonly head: readonly HeadTag[];
  /** Web analytics. */
  readonly analytics: {
    readonly provider: AnalyticsProvider;
    readonly id: string | null;
    /** Origin of a self-hosted service. */
    readonly host: string | null;
  } | null;
  /** Form to subscribe by email. */
  readonly newsletter:
    (NewsletterWords & { readonly provider: (typeof NEWSLETTER_PROVIDERS)[number] }) | null;
  /** Whether posts have a conversation; false turns off all conversations. */
  readonly comments: boolean;
  /** Address for replies by email; null = not offered. */
  readonly replyEmail: string | null;
  readonly giscus: {
    readonly repo: string;
    readonly repoId: string;
    readonly category: string;
    readonly categoryId: string;
    /** Origin that serves the widget. */
    readonly host: string;
  } | null;
  readonly webmention: {
    readonly endpoint: string;
    /** Base of a JF2 API such as webmention.io's. */
    readonly api: string | null;
    readonly pingback: string | null;
    /** Address with `{slug}` in it. */
    readonly trackback: string | null;
    /** Address of the receiver's comment form. */
    readonly comments: string | null;
  } | null;
  /** Address of the receiver that accepts posts from Micropub apps, without a trailing slash. */
  readonly micropub: string | null;
  readonly moderation: "all" | "first-time" | "none";
  readonly people: { readonly isOn: boolean; readonly hide: readonly string[] };
  /** Networks whose threads are fetched. */
  readonly networks: {
    readonly mastodon: boolean;
    readonly bluesky: boolean;
    /** Origin of Bluesky's AppView. */
    readonly appView: string;
    /** Whether to search for posts that link to an article but aren't replies to its copies. */
    readonly search: boolean;
  };
  readonly privacy: {
    /** How to treat people who ask not to be indexed or archived. */
    readonly optedOut: "hide" | "count" | "show";
    /** Signals that count as asking. */
    readonly signals: readonly ("noindex" | "indexable" | "nobots" | "loggedOut")[];
    /** Accounts that are never shown: handles, profiles or DIDs. */
    readonly block: readonly string[];
  };
  /** WebSub hub. */
  readonly hub: string | null;
  /** Entries in the newest feed document. */
  readonly feedItems: number;
  /** Target of "leave this page quickly" on sensitive posts. */
  readonly quickExit: string;
  /** Whether visited pages can be read offline. */
  readonly offline: boolean;
  /** Whether pictures from other sites are errors or allowed. */
  readonly remoteImages: "error" | "allow";
  /** Whether the build generates social images. */
  readonly socialPictures: boolean;
  /** Whether compressed copies are written beside text files, even if no host needs them. */
  readonly precompress: boolean;
  /** The editor in the browser. */
  readonly editor: EditorSettings | null;
  /** Old site paths and their targets: site paths or absolute addresses. */
  readonly redirects: readonly { readonly from: string; readonly to: string }[];
  /** Site paths of former feeds, and of the feeds that replace them. */
  readonly oldFeeds: readonly { readonly path: string; readonly feed: string }[];
  /** Policy for AI services; null = not stated. */
  readonly ai: "allow" | "no-training" | "disallow" | null;
  /** Whether to publish `/llms.txt`. */
  readonly llmsTxt: boolean;
  /** Whether each post is also published as Markdown. */
  readonly markdownCopies: boolean;
  /** Contents of `/.well-known/security.txt`; `expires` is a day such as `2027-06-30`. */
  readonly security: {
    readonly contact: readonly string[];
    readonly expires: string;
    readonly policy: string | null;
    readonly languages: readonly string[];
  } | null;
}
