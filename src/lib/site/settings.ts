import type { OwnWords } from "../../i18n/messages.ts";

/** What `content/site.yaml` and `content/words.yaml` set, with all defaults filled in. */
export interface Settings extends SiteYaml {
  /** Own texts of the interface, by language (`content/words.yaml`). */
  readonly words: OwnWords;
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
  /** BCP 47. */
  readonly lang: string;
  /** IANA zone in which dates are read and shown; null when site.yaml names none (then UTC is shown). */
  readonly timeZone: string | null;
  /** Year in which the blog began, for the copyright line. */
  readonly since: number | null;
  readonly licence: { readonly name: string; readonly url: string } | null;
  readonly postsPerPage: number;
  /** Patterns of addresses: `/:year/:month/:slug/`. */
  readonly permalinks: { readonly posts: string; readonly notes: string };
  /** Empty: the engine's own, in the site's language. */
  readonly navigation: readonly { readonly label: string; readonly url: string }[];
  /** Slugs of posts for "where to start". */
  readonly startHere: readonly string[];
  /** Profiles of the blog itself, marked up as rel=me. */
  readonly profiles: readonly { readonly label: string; readonly url: string }[];
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
  } | null;
  readonly moderation: "all" | "first-time" | "none";
  readonly people: { readonly isOn: boolean; readonly hide: readonly string[] };
  /** Networks whose threads are read. */
  readonly networks: {
    readonly mastodon: boolean;
    readonly bluesky: boolean;
    /** Origin of Bluesky's AppView. */
    readonly appView: string;
  };
  readonly privacy: {
    /** What becomes of people who ask not to be indexed or archived. */
    readonly optedOut: "hide" | "count" | "show";
    /** What counts as asking. */
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
  /** Old site paths, and where each leads: a site path or an absolute address. */
  readonly redirects: readonly { readonly from: string; readonly to: string }[];
  /** Site paths of former feeds, and of the feeds that take their place. */
  readonly oldFeeds: readonly { readonly path: string; readonly feed: string }[];
  /** What AI services are asked to do with the texts; null states nothing. */
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
