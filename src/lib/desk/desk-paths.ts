/** Site path of the desk. */
export const DESK_PATH = "/_desk/";

/** Whether a site path belongs to the desk. */
export function isDeskPath(sitePath: string): boolean {
  return sitePath.startsWith(DESK_PATH) || `${sitePath}/` === DESK_PATH;
}

/** Site path of the document that shows a post's feed entry. */
export function feedEntryPath(slug: string): string {
  return `${DESK_PATH}entries/${encodeURIComponent(slug.normalize("NFC").toWellFormed())}.html`;
}
