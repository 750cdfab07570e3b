/**
 * Search-as-you-type for the dialog and the search page: filters, the number of results, and a list of results for the
 * arrow keys. The focus never moves by itself; screen readers announce a status line instead.
 */
import type { Translations } from "../../i18n/translations.ts";
import { element } from "./element.ts";
import { FilterPanel } from "./filter-panel.ts";
import { moveFocus } from "./move-focus.ts";
import { type Found, type Hit, type SearchClient, searchClient } from "./pagefind-client.ts";
import { type Query, writeQuery } from "./query.ts";
import { hitElement } from "./result-list.ts";
import { shorterWord } from "./shorter-word.ts";

export interface PanelOptions {
  /** Ancestor of `field`; the panel is appended to it. */
  readonly root: HTMLElement;
  readonly field: HTMLInputElement;
  readonly words: Translations["finder"];
  /** Absolute address of the site with its base path. */
  readonly base: URL;
  /** Native name of the page's language; null for a blog in one language. */
  readonly language: string | null;
  /** Called with each query when its results are shown or have failed. */
  readonly onAnswer: (query: Query) => void;
}

/** Debounce delay between typing and searching. */
const PAUSE_MS = 160;

/** Delay before the panel shows that the search is still loading. */
const PATIENCE_MS = 500;

/** Results fetched at a time: each is a request of about two kilobytes. */
const AT_A_TIME = 5;

/** Fetches nothing until the first query or until the filters are opened. */
export class SearchPanel {
  readonly #options: PanelOptions;
  readonly #filters: FilterPanel;
  readonly #status = element("p", { class: "search-status", role: "status" });
  readonly #list = element("ol", { class: "hits" });
  readonly #more = element("button", { type: "button", class: "search-more" });
  #client: Promise<SearchClient> | null = null;
  #found: Found | null = null;
  /** Number of the latest query; results of older queries are discarded. */
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PanelOptions) {
    const { root, field, words } = options;
    this.#options = options;
    this.#filters = new FilterPanel({
      words,
      language: options.language,
      load: async () => (await this.#load()).facets(),
      onChange: () => void this.refresh(),
    });
    this.#more.hidden = true;
    field.addEventListener("input", (event) => this.#onInput(event));
    field.addEventListener("compositionend", () => void this.refresh());
    this.#more.addEventListener("click", () => void this.#showMore());
    root.addEventListener("keydown", (event) => moveFocus(event, root, field));
    root.append(this.#filters.element, this.#status, this.#list, this.#more);
  }

  get firstResult(): HTMLAnchorElement | null {
    return this.#list.querySelector("a");
  }

  /** Sets the field and the filters to a query, and runs it. */
  async ask(query: Query): Promise<void> {
    this.#options.field.value = query.text;
    await this.#filters.choose(query);
    if (writeQuery(query) !== "") await this.refresh();
  }

  /** Searches for the text in the field, with the current filters. */
  async refresh(): Promise<void> {
    clearTimeout(this.#timer);
    this.#turn += 1;
    const turn = this.#turn;
    const { field, words, onAnswer } = this.#options;
    const query = { text: field.value, ...this.#filters.choices() };
    const patience = setTimeout(() => this.#say(words.loading), PATIENCE_MS);
    try {
      const found = await (await this.#load()).find(query, this.#options.language);
      const hits = (await found?.hits(0, AT_A_TIME)) ?? [];
      if (turn === this.#turn) this.#show(query, found, hits);
    } catch {
      if (turn === this.#turn) this.#say(words.failed);
    } finally {
      clearTimeout(patience);
      if (turn === this.#turn) onAnswer(query);
    }
  }

  #onInput(event: Event): void {
    if (event instanceof InputEvent && event.isComposing) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh(), PAUSE_MS);
  }

  #show(query: Query, found: Found | null, hits: readonly Hit[]): void {
    const { words } = this.#options;
    this.#found = found;
    this.#list.replaceChildren();
    this.#append(hits);
    if (found === null) this.#say("");
    else if (found.count > 0) {
      const marked = hits.flatMap(({ excerpt }) => excerpt.filter(({ isMarked }) => isMarked));
      const shorter = shorterWord(
        query.text,
        marked.map(({ text }) => text),
      );
      const count = words.found(found.count);
      if (shorter === null) this.#say(count);
      else this.#say(words.inexact(shorter), count);
    } else
      this.#say(
        query.text.trim() === "" ? words.found(0) : words.nothing(query.text.trim()),
        words.nothingHint,
      );
  }

  async #showMore(): Promise<void> {
    const turn = this.#turn;
    const shown = this.#list.childElementCount;
    const hits = (await this.#found?.hits(shown, shown + AT_A_TIME)) ?? [];
    if (turn !== this.#turn) return;
    this.#append(hits);
    this.#list.children[shown]?.querySelector("a")?.focus();
  }

  #append(hits: readonly Hit[]): void {
    const { lang, dir } = document.documentElement;
    const page = { lang, dir: dir === "rtl" ? dir : "ltr" } as const;
    this.#list.append(...hits.map((hit) => hitElement(hit, page)));
    const left = (this.#found?.count ?? 0) - this.#list.childElementCount;
    this.#more.hidden = left <= 0;
    this.#more.textContent = this.#options.words.more(Math.min(left, AT_A_TIME));
  }

  #say(text: string, hint = ""): void {
    this.#status.replaceChildren(
      text,
      ...(hint === "" ? [] : [element("span", { class: "search-hint" }, hint)]),
    );
  }

  /** Loads the client once. After a failure, the next query retries. */
  #load(): Promise<SearchClient> {
    this.#client ??= searchClient(this.#options.base).catch((error: unknown) => {
      this.#client = null;
      throw error;
    });
    return this.#client;
  }
}
