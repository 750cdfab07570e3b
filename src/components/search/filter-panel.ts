import type { Translations } from "../../i18n/translations.ts";
import { element } from "./element.ts";
import type { Facets } from "./pagefind-client.ts";
import { ALL_LANGUAGES, FILTERS, type Order, type Query } from "./query.ts";

export interface FilterPanelOptions {
  readonly words: Translations["finder"];
  /** The page's language, preselected; null for a blog in one language. */
  readonly language: string | null;
  /** Fetches the values of the filters; called when the panel is opened. */
  readonly load: () => Promise<Facets>;
  /** Called after each choice. */
  readonly onChange: () => void;
}

interface LabelledSelect {
  readonly label: HTMLLabelElement;
  readonly control: HTMLSelectElement;
}

/** Collapsible form with the filters and the sort order of a search. */
export class FilterPanel {
  readonly element: HTMLDetailsElement;
  readonly #load: () => Promise<Facets>;
  readonly #filters: readonly (LabelledSelect & { readonly name: string })[];
  readonly #order: LabelledSelect;
  readonly #language: string | null;
  #filling: Promise<void> | null = null;

  constructor({ words, language, load, onChange }: FilterPanelOptions) {
    this.#load = load;
    this.#language = language;
    this.#filters = FILTERS.map((name) => ({ name, ...select(words[name], [["", words.any]]) }));
    const languages = this.#filters.find(({ name }) => name === "language");
    if (languages !== undefined) {
      languages.label.hidden = language === null;
      if (language !== null) languages.control.append(element("option", { value: language }, language));
      languages.control.value = language ?? "";
    }
    this.#order = select(words.order, [
      ["best", words.best],
      ["newest", words.newest],
      ["oldest", words.oldest],
    ]);
    const labels = [...this.#filters, this.#order].map(({ label }) => label);
    const fields = element("div", { class: "narrow-fields" }, ...labels);
    fields.addEventListener("change", onChange);
    this.element = element("details", { class: "narrow" }, element("summary", {}, words.narrow), fields);
    this.element.addEventListener("toggle", () => void this.#fill());
  }

  /** The current filters and order. */
  choices(): Pick<Query, "filters" | "order"> {
    const chosen = this.#filters.flatMap(({ name, control }) => {
      const { value } = control;
      if (name === "language" && value !== (this.#language ?? ""))
        return [[name, value === "" ? ALL_LANGUAGES : value] as const];
      return value === "" || name === "language" ? [] : [[name, value] as const];
    });
    return { filters: Object.fromEntries(chosen), order: orderOf(this.#order.control.value) };
  }

  /** Sets the form to the filters and the order of a query. */
  async choose({ filters, order }: Query): Promise<void> {
    const isNarrowed = Object.keys(filters).length > 0;
    if (isNarrowed) await this.#fill();
    for (const { name, control } of this.#filters) {
      const own = name === "language" ? (this.#language ?? "") : "";
      const value = filters[name] ?? own;
      control.value = value === ALL_LANGUAGES ? "" : value;
    }
    this.#order.control.value = order;
    this.element.open ||= isNarrowed || order !== "best";
  }

  /** Loads the filter values once. After a failure, opening the panel retries. */
  #fill(): Promise<void> {
    this.#filling ??= this.#load().then(
      (facets) => {
        for (const { name, label, control } of this.#filters) {
          const values = facets[name] ?? [];
          label.hidden = values.length === 0;
          const chosen = control.value;
          const [any] = control.options;
          control.replaceChildren(
            ...(any === undefined ? [] : [any]),
            ...values.map(([value, count]) =>
              element("option", { value, dir: "auto" }, `${value} (${count})`),
            ),
          );
          control.value = chosen;
        }
      },
      () => {
        this.#filling = null;
      },
    );
    return this.#filling;
  }
}

function select(name: string, options: readonly (readonly [value: string, text: string])[]): LabelledSelect {
  const control = element(
    "select",
    {},
    ...options.map(([value, text]) => element("option", { value }, text)),
  );
  return { label: element("label", {}, element("span", {}, name), control), control };
}

function orderOf(value: string): Order {
  return value === "newest" || value === "oldest" ? value : "best";
}
