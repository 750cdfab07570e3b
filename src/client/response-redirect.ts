/** Redirects old addresses of responses, such as `/posts/x/#c123`, to the page that contains the response now. */

/**
 * Redirects if no element on this page has the id of the address's fragment.
 * @param index address of the file with the anchors of all pages: the post first, then the pages beside the file.
 */
export async function follow(index: string): Promise<void> {
  const id = decoded(location.hash.slice(1));
  if (document.getElementById(id) !== null) return;
  const base = new URL(index, location.href);
  const response = await fetch(base);
  if (!response.ok) return;
  const pages: readonly (readonly string[])[] = await response.json();
  const at = pages.findIndex((ids) => ids.includes(id));
  if (at >= 0) location.replace(new URL(`${at === 0 ? "../" : `${at + 1}/`}#${id}`, base));
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch (error) {
    if (error instanceof URIError) return fragment;
    throw error;
  }
}
