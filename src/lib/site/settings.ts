import type { Appearance } from "../themes/appearance.ts";
import type { AnalyticsProvider } from "./analytics.ts";
import type { HeadTag } from "./head-tag.ts";
import type { NEWSLETTER_PROVIDERS } from "./newsletter.ts";
import type { OwnWords } from "../../i18n/messages.ts";

/** Settings from `content/site.yaml` and `content/words.yaml`, with all defaults. */
export interface Settings extends SiteYaml {
  /** Own texts of the interface, by language (`content/words.yaml`). */
  readonly words: OwnWords;
  /** Colors, mark, logo and artwork that `theme` and `look` choose. */
  readonly appearance: Appearance;
}

export interface MenuItem {
  readonly label: string;
  /** Site path or absolute address; null for a group that is no page itself. */
  readonly url: string | null;
  readonly items: readonly { readonly label: string; readonly url: string }[];
}

/** An editor in the browser and the repository that it writes to. */
export interface EditorSettings {
  readonly name: "sveltia";
  readonly host: "github" | "gitlab" | "gitea" | "test";
  /** Null only for `test`. */
  readonly repo: string | null;
  readonly branch: string | null;
  /** Folder of the blog in the repository. */
  readonly folder: string | null;
  /** Site path of its page. */
  readonly address: string;
  /** Origin of a server of one's own. */
  readonly server: string | null;
  /** Address of the OAuth service for GitHub. */
  readonly signIn: string | null;
  readonly appId: string | null;
}

/** What the author adds to the foot of pages. */
export interface Footer {
  readonly text: string;
  readonly links: readonly { readonly label: string; readonly url: string }[];
}

/** A newsletter's list and words; null for what isn't said. */
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
  /** Tells this blog from others in the ids of feeds and entries; null when the author has chosen none. */
  readonly id: string | null;
  /** Id or name of the author of posts without `authors`; null leaves them to the only author. */
  readonly author: string | null;
  /** BCP 47. */
  readonly lang: string;
  /** Languages with a home and lists of their own; empty leaves it to the posts. */
  readonly languages: readonly {
    readonly lang: string;
    readonly title: string | null;
    readonly description: string | null;
    /** Empty: the blog's, with its lists translated. */
    readonly menu: readonly MenuItem[];
    /** Null: the blog's. */
    readonly footer: Footer | null;
    /** What differs from the blog's form; null for nothing. */
    readonly newsletter: NewsletterWords | null;
  }[];
  /** IANA zone in which dates are read and shown; null when site.yaml names none (then UTC is shown). */
  readonly timeZone: string | null;
  /** Year in which the blog began, for the copyright line. */
  readonly since: number | null;
  readonly licence: { readonly name: string; readonly url: string } | null;
  readonly postsPerPage: number;
  /** Patterns of addresses: `/:year/:month/:slug/`. */
  readonly permalinks: { readonly posts: string; readonly notes: string; readonly pages: string };
  /** Links in the header, nested one level. Empty: the lists that there are, in the site's language. */
  readonly navigation: readonly MenuItem[];
  /** The same under its newer name; it wins over `navigation`. */
  readonly menu: readonly MenuItem[];
  /** Name of the theme. */
  readonly theme: string;
  /** The author's choices; null for the theme's default. */
  readonly look: {
    readonly accent: string | null;
    readonly paper: { readonly light: string | null; readonly dark: string | null } | null;
    /** `literata`, the name of a system stack, or a file below `content/`. */
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
  /** Whether pages say what the blog is made with. */
  readonly colophon: boolean;
  /** Slugs of posts for "where to start". */
  readonly startHere: readonly string[];
  /** Profiles of the blog itself, marked up as rel=me. */
  readonly profiles: readonly { readonly label: string; readonly url: string }[];
  /** Elements for the head of every page. */
  readonly head: readonly HeadTag[];
  /** Service that counts readers. */
  readonly analytics: {
    readonly provider: AnalyticsProvider;
    readonly id: string | null;
    /** Origin. */
    readonly host: string | null;
  } | null;
  /** Form for subscribing by email. */
  readonly newsletter:
    (NewsletterWords & { readonly provider: (typeof NEWSLETTER_PROVIDERS)[number] }) | null;
  /** Whether posts have a conversation; false switches all conversations off. */
  readonly comments: boolean;
  /** Address for replies by email, null when the author gives none. */
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
  /** Address of the receiver that takes posts from Micropub apps, without a slash at its end. */
  readonly micropub: string | null;
  readonly moderation: "all" | "first-time" | "none";
  readonly people: { readonly isOn: boolean; readonly hide: readonly string[] };
  /** Networks whose threads are read. */
  readonly networks: {
    readonly mastodon: boolean;
    readonly bluesky: boolean;
    /** Origin of Bluesky's AppView. */
    readonly appView: string;
    /** Whether posts are looked for that link to an article without being under one of its copies. */
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
  /** Where "leave this page quickly" leads on posts marked as sensitive. */
  readonly quickExit: string;
  /** Whether visited pages open without a connection. */
  readonly offline: boolean;
  /** Whether posts may show pictures from other sites. */
  readonly remoteImages: "error" | "allow";
  /** Pictures that readers see when a link to the blog is shared, made at build. */
  readonly socialPictures: boolean;
  /** Whether compressed copies are written beside text files, even if no host asks for them. */
  readonly precompress: boolean;
  /** A page on which the author writes in the browser. */
  readonly editor: EditorSettings | null;
  /** Old site paths, and where each leads: a site path or an absolute address. */
  readonly redirects: readonly { readonly from: string; readonly to: string }[];
  /** Site paths of former feeds, and of the feeds that take their place. */
  readonly oldFeeds: readonly { readonly path: string; readonly feed: string }[];
  /** Request to AI services about the texts; null for none. */
  readonly ai: "allow" | "no-training" | "disallow" | null;
  /** Whether there is `/llms.txt`. */
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
