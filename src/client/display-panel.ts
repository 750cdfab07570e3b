import { clientWords } from "./client-translations.ts";
import { choose, chosen, type Choice } from "./display.ts";
import { element } from "./element.ts";
import { overlayStyle } from "./overlay-style.ts";

/** The display panel (“Aa”): theme and text size. Created when it is first opened. */

/** Fills the panel and opens it. */
export async function fillPanel(panel: HTMLElement, button: HTMLElement): Promise<void> {
  const [{ display }] = await Promise.all([clientWords(), overlayStyle()]);
  const themes = group("theme", display.theme, [
    ["", display.system],
    ["light", display.light],
    ["dark", display.dark],
  ]);
  const sizes = group("size", display.textSize, [
    ["small", display.smaller],
    ["", display.normal],
    ["large", display.larger],
    ["largest", display.largest],
  ]);
  const keys = element("button", { type: "button", className: "link", textContent: display.shortcuts });
  keys.dataset["act"] = "shortcuts";
  panel.replaceChildren(themes, sizes, keys);
  markChosen(panel);
  addEventListener("backfence:display", () => markChosen(panel));
  panel.addEventListener("toggle", () => panel.querySelector<HTMLElement>(":checked")?.focus());
  panel.showPopover({ source: button });
}

function group(name: Choice, legend: string, options: readonly (readonly [string, string])[]): HTMLElement {
  const labels = options.map(([value, label]) => {
    const input = element("input", { type: "radio", name, value });
    input.onchange = () => choose(name, value);
    return element("label", {}, input, ...shown(name, value, label));
  });
  return element("fieldset", {}, element("legend", {}, legend), ...labels);
}

/** Label of an option; text sizes are shown as an “A” of that size. */
function shown(name: Choice, value: string, label: string): Node[] {
  if (name === "theme") return [element("span", {}, label)];
  const letter = element("span", { className: `aa aa-${value}`, ariaHidden: "true" }, "A");
  return [letter, element("span", { className: "visually-hidden" }, label)];
}

function markChosen(container: HTMLElement): void {
  for (const input of container.querySelectorAll("input")) {
    input.checked = input.value === chosen(input.name === "theme" ? "theme" : "size");
  }
}
