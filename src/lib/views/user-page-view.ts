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
  /** Whether search engines may list it. */
  readonly isListed: boolean;
}

/** Head and surroundings of a page of the user's own, for `backfence/layouts/Page.astro`. */
export interface UserPageView {
  readonly site: SiteView;
  readonly meta: MetaView;
}

/** Makes the view of a page of the user's own. */
export function userPageView(input: ViewInput, site: SiteView, own: UserPageInput): UserPageView {
  const { title, description, sitePath, isListed } = own;
  const about = description === "" ? {} : { description };
  return { site, meta: metaView(input, sitePath, { title, isListed, ...about }) };
}
