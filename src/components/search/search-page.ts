import { clientWords } from "../../client/client-translations.ts";
import { readQuery, writeQuery } from "./query.ts";
import { SearchPanel } from "./search-panel.ts";
import { searchScope } from "./search-scope.ts";

/**
 * Starts search-as-you-type on the search page. The page's address always contains the current query, so that it can be
 * shared.
 * @param root element that contains the form.
 * @param searchPage absolute address of the page without a query.
 */
export async function startSearchPage(root: HTMLElement, searchPage: URL): Promise<void> {
  const form = root.querySelector("form");
  const field = root.querySelector<HTMLInputElement>("input[type=search]");
  if (form === null || field === null) return;
  const { finder: words } = await clientWords();
  const panel = new SearchPanel({
    root,
    field,
    words,
    ...searchScope(searchPage),
    onAnswer: (query) => history.replaceState(history.state, "", new URL(writeQuery(query), searchPage)),
  });
  field.setAttribute("aria-description", words.hint);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void panel.refresh();
  });
  const typed = field.value;
  const asked = readQuery(location.search);
  await panel.ask(typed === "" ? asked : { ...asked, text: typed });
}
