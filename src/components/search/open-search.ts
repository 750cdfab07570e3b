/**
 * The part of search that every page loads: the search link, `/`, and Ctrl or Cmd with K open the dialog, whose code is
 * loaded then. On the search page, they focus its field instead.
 */
const link = document.querySelector<HTMLAnchorElement>("a[data-search]");
const page = document.querySelector<HTMLElement>("[data-search-page]");

if (link !== null) {
  const address = new URL(link.href);
  const open = (): void => {
    if (page === null)
      void import("./search-dialog.ts").then((search) => search.openSearch(address)).catch(follow);
    else page.querySelector<HTMLInputElement>("input[type=search]")?.focus();
  };
  const follow = (): void => location.assign(address);
  if (page !== null) void import("./search-page.ts").then((search) => search.startSearchPage(page, address));
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open();
  });
  addEventListener("keydown", (event) => {
    if (!isSearchKey(event)) return;
    event.preventDefault();
    open();
  });
}

function isSearchKey({ key, ctrlKey, metaKey, altKey, target, isComposing }: KeyboardEvent): boolean {
  if (altKey || isComposing) return false;
  if (ctrlKey || metaKey) return key.toLowerCase() === "k";
  const isTyping =
    target instanceof Element && target.closest("input,textarea,select,[contenteditable]") !== null;
  return key === "/" && !isTyping && areSingleKeysOn();
}

/** Readers can turn off single-key shortcuts in the list of shortcuts; without storage, they're on. */
function areSingleKeysOn(): boolean {
  try {
    return localStorage.getItem("backfence-keys") === null;
  } catch {
    return true;
  }
}
