import type { Direction } from "../lib/content/model.ts";

/** A number with its noun: `3` → `3 responses`. */
export type Counted = (count: number) => string;

/** Counts above a facepile: `12 likes`. */
export interface ReactionWords {
  readonly likes: Counted;
  readonly reposts: Counted;
  readonly bookmarks: Counted;
  readonly mentions: Counted;
  readonly rsvps: Counted;
}

/**
 * All text of the interface in one language, ready for use. Language files contain the same keys as plain data
 * (`messages.ts`). Dates, numbers, plurals and lists come from `Intl` (`formats.ts`).
 */
export interface Translations {
  /** BCP 47 tag. */
  readonly lang: string;
  readonly dir: Direction;
  /** Native name of the language: `Deutsch`. */
  readonly name: string;

  readonly shell: {
    readonly skip: string;
    readonly mainNavigation: string;
    readonly footerNavigation: string;
    readonly posts: string;
    readonly tags: string;
    readonly authors: string;
    readonly series: string;
    readonly archive: string;
    readonly people: string;
    readonly subscribe: string;
    readonly search: string;
    readonly allRightsReserved: string;
    /** Precedes the link to the license. */
    readonly licensed: string;
    readonly toTop: string;
    /** "Made with Backfence", in the footer of each page. */
    readonly madeWith: (name: string) => string;
    /** Name of the switcher between the blog's languages. */
    readonly languages: string;
  };

  /** The display panel, opened with the “Aa” button. */
  readonly display: {
    readonly open: string;
    readonly theme: string;
    readonly system: string;
    readonly light: string;
    readonly dark: string;
    readonly textSize: string;
    readonly smaller: string;
    readonly normal: string;
    readonly larger: string;
    readonly largest: string;
    readonly shortcuts: string;
  };

  /** The list of shortcuts, opened with the `?` key. */
  readonly shortcuts: {
    readonly title: string;
    readonly search: string;
    readonly nextPost: string;
    readonly previousPost: string;
    readonly home: string;
    readonly responses: string;
    readonly theme: string;
    readonly help: string;
    /** Label of the checkbox that turns single-key shortcuts on and off. */
    readonly use: string;
    readonly close: string;
  };

  readonly home: {
    /** Name of the region with the leading posts. */
    readonly latest: string;
    readonly earlier: string;
    readonly allPosts: string;
    readonly beingDiscussed: string;
    readonly whereToStart: string;
    readonly seriesShelf: string;
    readonly nothingYet: string;
    readonly nothingYetHint: string;
    /** Joins a person and the post they responded to: `Ann on “Title”`. */
    readonly on: string;
  };

  readonly post: {
    readonly by: string;
    readonly guest: string;
    readonly readingTime: Counted;
    readonly updated: string;
    readonly responses: Counted;
    readonly seriesPart: (part: number, of: number) => string;
    readonly seriesAll: Counted;
    readonly contents: string;
    readonly contentNote: string;
    readonly picture: string;
    readonly question: string;
    readonly reply: string;
    readonly tags: string;
    readonly aboutAuthors: string;
    readonly moreBy: (name: string) => string;
    readonly share: string;
    readonly shareMail: string;
    readonly shareMastodon: string;
    readonly shareBluesky: string;
    readonly copyLink: string;
    readonly copied: string;
    readonly alsoOn: string;
    /** Precedes the native names of the languages that a post is translated into. */
    readonly alsoIn: string;
    readonly previous: string;
    readonly next: string;
    readonly neighbours: string;
    readonly related: string;
    readonly inReplyTo: string;
    readonly likeOf: string;
    readonly repostOf: string;
    readonly bookmarkOf: string;
    readonly rsvp: string;
    /** Values of an RSVP. */
    readonly rsvps: Readonly<Record<"yes" | "no" | "maybe" | "interested", string>>;
    readonly exit: string;
    readonly exitHint: string;
    readonly draft: string;
    readonly draftHint: string;
    readonly scheduled: string;
    readonly scheduledHint: string;
  };

  readonly conversation: {
    readonly title: string;
    /** Title of a feed: `Responses to “Title”`. */
    readonly titleFor: (title: string) => string;
    readonly count: Counted;
    /** Above the first responses of a long conversation. */
    readonly firstOf: (shown: string, total: string) => string;
    readonly none: string;
    readonly noneHint: string;
    readonly closed: string;
    readonly trackbacks: Counted;
    readonly mentions: Counted;
    readonly reactions: ReactionWords;
    readonly author: string;
    readonly replyingTo: (name: string) => string;
    readonly via: (host: string) => string;
    /** TypePad's word for a link to the rest of a trackback. */
    readonly readMore: string;
    readonly tracked: string;
    /** Between the title of a trackback and its site. */
    readonly from: string;
    /** Expands a long response. */
    readonly fold: string;
    readonly showLess: string;
    /** Link to the next page of the conversation. */
    readonly more: Counted;
    /** Opens the list of pages of a long conversation. */
    readonly pagesByDate: string;
    readonly page: (page: number, of: number) => string;
    readonly pageTitle: (title: string, page: number) => string;
    readonly backToPost: string;
    readonly follow: string;
    /** The form for a comment without an account. */
    readonly comment: {
      readonly title: string;
      readonly hint: string;
      readonly text: string;
      readonly name: string;
      readonly website: string;
      readonly send: string;
    };
    /** Label of the link to the reply form. @param name author of the response. */
    readonly replyTo: (name: string) => string;
    readonly waysTitle: string;
    readonly github: string;
    readonly githubHint: string;
    readonly githubLoading: string;
    readonly githubFailed: string;
    readonly githubLink: string;
    readonly ownSite: string;
    readonly ownSiteHint: string;
    /** Label of the field for the address of a response. */
    readonly ownSiteUrl: string;
    readonly send: string;
    /** Link to a copy of the post on a network: `Reply on Mastodon`. */
    readonly replyOn: (network: string) => string;
    readonly replyOnHint: string;
    readonly email: string;
    readonly trackback: string;
    readonly copy: string;
  };

  /** Pages of the receiver for readers; texts for its operator are in `moderation-words.ts`. */
  readonly receiver: {
    /** Above the preview of a comment. */
    readonly preview: string;
    readonly publish: string;
    /** Explains which parts of a comment are published, and what isn't stored. */
    readonly becomesPublic: string;
    /** Opens the form with the comment. */
    readonly edit: string;
    /** The comment was confirmed too early or too late. */
    readonly reviewAgain: string;
    readonly thanks: string;
    readonly arrived: string;
    readonly whenApproved: string;
    readonly whenUpdated: string;
    /** Precedes the link to edit or withdraw a comment. */
    readonly keepLink: string;
    readonly yourComment: string;
    readonly save: string;
    readonly withdraw: string;
    readonly withdrawHint: string;
    readonly deleted: string;
    readonly changed: string;
    /** Label of the honeypot field. */
    readonly leaveEmpty: string;
    readonly incomplete: string;
    readonly tooLong: (count: string) => string;
    readonly badAddress: string;
    readonly noPost: string;
    readonly noComment: string;
    readonly later: string;
    /** A webmention is waiting for verification. */
    readonly willVerify: string;
    /** Link to the status of a webmention. */
    readonly status: string;
    readonly noLink: string;
    readonly unreadable: string;
    readonly notAccepted: string;
  };

  readonly list: {
    readonly notes: string;
    readonly allPosts: string;
    readonly posts: Counted;
    readonly page: (page: number, of: number) => string;
    readonly pagination: string;
    readonly newer: string;
    readonly older: string;
    readonly followTag: string;
    readonly followAuthor: string;
    readonly followSeries: string;
    readonly tagsTitle: string;
    readonly tagsIntro: string;
    readonly tagged: (tag: string) => string;
    readonly taggedIntro: (tag: string) => string;
    readonly authorsTitle: string;
    readonly authorsIntro: string;
    readonly postsBy: (name: string) => string;
    readonly seriesTitle: string;
    readonly seriesIntro: string;
    readonly seriesParts: Counted;
    readonly archiveTitle: string;
    readonly archiveIntro: (count: string, years: string) => string;
    readonly byYear: (year: string) => string;
    readonly theRest: string;
    /** Precedes the newest post of a tag or author. */
    readonly latest: string;
    /** Precedes the related tags of a tag. */
    readonly relatedTags: string;
    readonly empty: string;
  };

  readonly search: {
    readonly title: string;
    readonly intro: string;
    readonly label: string;
    readonly placeholder: string;
    readonly submit: string;
    readonly withoutScript: string;
    readonly browseInstead: string;
  };

  readonly subscribe: {
    readonly title: string;
    readonly intro: string;
    readonly whatIsAFeed: string;
    readonly everything: string;
    readonly everythingHint: string;
    readonly conversation: string;
    readonly conversationHint: string;
    readonly byTag: string;
    readonly byAuthor: string;
    readonly bySeries: string;
    readonly formatsHint: string;
    readonly copy: string;
  };

  /** Blogs that the author reads; uses the terms of WordPress. */
  readonly blogroll: {
    readonly title: string;
    readonly intro: string;
    readonly feed: string;
    readonly opml: string;
  };

  readonly people: {
    readonly title: string;
    readonly intro: string;
    readonly chart: string;
    readonly responses: Counted;
    readonly onPosts: Counted;
    readonly latest: string;
    readonly others: Counted;
    readonly personIntro: (name: string) => string;
    readonly empty: string;
    readonly year: string;
  };

  readonly missing: {
    readonly title: string;
    readonly text: string;
    readonly searchFor: string;
    readonly newest: string;
    readonly gone: string;
    readonly goneText: (date: string) => string;
  };

  /** The offline page. */
  readonly offline: {
    readonly title: string;
    readonly text: string;
    readonly tryAgain: string;
    /** Heading of the list of cached pages. */
    readonly kept: string;
  };

  /** The search dialog and the search page; see components/search. */
  readonly finder: {
    /** Label of the dialog and of the field. */
    readonly search: string;
    readonly placeholder: string;
    readonly close: string;
    /** Explains the keyboard navigation to screen readers. */
    readonly hint: string;
    readonly narrow: string;
    readonly tag: string;
    readonly author: string;
    readonly year: string;
    readonly series: string;
    readonly language: string;
    /** Option of a filter for all values. */
    readonly any: string;
    readonly order: string;
    readonly best: string;
    readonly newest: string;
    readonly oldest: string;
    readonly found: Counted;
    readonly nothing: (query: string) => string;
    readonly nothingHint: string;
    /** Above results for a shorter word, if no post contains the typed one. */
    readonly inexact: (word: string) => string;
    readonly more: Counted;
    /** Link to the results as a page that can be shared. */
    readonly asPage: string;
    readonly loading: string;
    readonly failed: string;
  };

  /** Texts that the renderer adds to a post's text; see lib/markdown. */
  readonly body: {
    readonly footnotes: string;
    readonly note: (number: number | string) => string;
    readonly backToNote: (reference: string) => string;
    readonly linkTo: (heading: string) => string;
    readonly table: (number: number | string) => string;
    readonly done: string;
    readonly toDo: string;
    readonly openLarge: string;
    readonly close: string;
    readonly previousPicture: string;
    readonly nextPicture: string;
    readonly copy: string;
    readonly copied: string;
    readonly playVideo: (title: string) => string;
    readonly playsFrom: (provider: string) => string;
    readonly transcript: string;
    readonly answer: string;
    readonly share: string;
    readonly sample: (count: string) => string;
    readonly source: (name: string) => string;
    readonly diagram: string;
    readonly diagramSource: string;
    readonly asides: Readonly<Record<"note" | "tip" | "warning" | "final", string>>;
  };
}
