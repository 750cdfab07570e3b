import type { ViewInput } from "./context.ts";
import { metaView, type MetaView } from "./meta-view.ts";
import type { SiteView } from "./site-view.ts";

/** Exports of a user's own page. */
export interface UserPageInput {
  readonly title: string;
  /** Empty for the blog's own description. */
  readonly description: string;
  /** Address without the base path. */
  readonly sitePath: string;
  /** Whether search engines can list it. */
  readonly isListed: boolean;
}

/** Head and shell of a user's own page, for `backfence/layouts/Page.astro`. */
export interface UserPageView {
  readonly site: SiteView;
  readonly meta: MetaView;
}

/** The view of a user's own page. */
export function userPageView(input: ViewInput, site: SiteView, own: UserPageInput): UserPageView {
  const { title, description, sitePath, isListed } = own;
  const about = description === "" ? {} : { description };
  return { site, meta: metaView(input, sitePath, { title, isListed, ...about }) };
}
