/**
 * Searching as one types, in the dialog and on the search page alike: what narrows, how many were found, and a list of
 * results that the arrow keys lead through. The focus never moves by itself; a status line is read out instead.
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
  /** Stands around `field`; the panel is put at its end. */
  readonly root: HTMLElement;
  readonly field: HTMLInputElement;
  readonly words: Translations["finder"];
  /** Absolute address of the site with its base path. */
  readonly base: URL;
  /** The page's language among the blog's, by its own name; null for a blog in one language. */
  readonly language: string | null;
  /** Told of each query once its results are shown, or can't be had. */
  readonly onAnswer: (query: Query) => void;
}

/** Time without a key before what was typed is looked for. */
const PAUSE_MS = 160;

/** Time before the panel says that the search is still loading. */
const PATIENCE_MS = 500;

/** Results fetched at a time: each costs about two kilobytes. */
const AT_A_TIME = 5;

/** Fetches nothing before the first query. */
export class SearchPanel {
  readonly #options: PanelOptions;
  readonly #filters: FilterPanel;
  readonly #status = element("p", { class: "search-status", role: "status" });
  readonly #list = element("ol", { class: "hits" });
  readonly #more = element("button", { type: "button", class: "search-more" });
  #client: Promise<SearchClient> | null = null;
  #found: Found | null = null;
  /** Counts the queries, so that a late answer doesn't take the place of a newer one. */
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

  /** Puts a query into the field and answers it. */
  async ask(query: Query): Promise<void> {
    this.#options.field.value = query.text;
    await this.#filters.choose(query);
    if (writeQuery(query) !== "") await this.refresh();
  }

  /** Searches for the text in the field. */
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

  /** A failure isn't kept, so that the next key tries again. */
  #load(): Promise<SearchClient> {
    this.#client ??= searchClient(this.#options.base).catch((error: unknown) => {
      this.#client = null;
      throw error;
    });
    return this.#client;
  }
}
