import type { Translations } from "../../i18n/translations.ts";
import { clientWords } from "../../client/client-translations.ts";
import { overlayStyle } from "../../client/overlay-style.ts";
import { element } from "./element.ts";
import { readQuery, writeQuery } from "./query.ts";
import styleSheet from "./search.css?url";
import { SearchPanel } from "./search-panel.ts";
import { searchScope } from "./search-scope.ts";

interface SearchDialog {
  readonly dialog: HTMLDialogElement;
  readonly field: HTMLInputElement;
}

let made: Promise<SearchDialog> | null = null;

/**
 * Opens the search dialog. Closing it restores the focus, and keeps the results for the next opening on this page.
 * @param searchPage absolute address of the search page, which is one level below the site's base.
 * @throws if a part of the dialog can't be loaded; the next call retries.
 */
export async function openSearch(searchPage: URL): Promise<void> {
  made ??= make(searchPage).catch((error: unknown) => {
    made = null;
    throw error;
  });
  const { dialog, field } = await made;
  if (!dialog.open) dialog.showModal();
  field.focus();
  field.select();
}

async function make(searchPage: URL): Promise<SearchDialog> {
  const [{ finder: words }] = await Promise.all([clientWords(), overlayStyle(), loadStyle()]);
  const { dialog, root, form, field, asPage } = shell(words, searchPage);
  const panel = new SearchPanel({
    root,
    field,
    words,
    ...searchScope(searchPage),
    onAnswer: (query) => {
      asPage.href = new URL(writeQuery(query), searchPage).href;
      asPage.hidden = writeQuery(query) === "";
    },
  });
  root.append(asPage);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void panel.refresh().then(() => panel.firstResult?.click());
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("click", ({ target }) => {
    const isLink = target instanceof Element && target.closest("a") !== null;
    if (target === dialog || isLink) dialog.close();
  });
  document.body.append(dialog);
  await panel.ask(readQuery(""));
  return { dialog, field };
}

function shell(words: Translations["finder"], searchPage: URL) {
  const field = element("input", {
    type: "search",
    name: "q",
    "aria-label": words.search,
    "aria-description": words.hint,
    placeholder: words.placeholder,
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "search",
  });
  const close = element("button", { type: "button", class: "overlay-close", "aria-label": words.close }, "×");
  const form = element("form", { class: "search-bar", action: searchPage.href }, field, close);
  const root = element("search", { class: "search-box" }, form);
  const dialog = element("dialog", { class: "search-dialog", "aria-label": words.search }, root);
  const asPage = element("a", { class: "search-as-page", href: searchPage.href, hidden: "" }, words.asPage);
  close.addEventListener("click", () => dialog.close());
  return { dialog, root, form, field, asPage };
}

/** Waits for the style sheet, so that the dialog never appears unstyled. */
function loadStyle(): Promise<void> {
  return new Promise((resolve) => {
    const link = element("link", { rel: "stylesheet", href: styleSheet });
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => resolve());
    document.head.append(link);
  });
}
