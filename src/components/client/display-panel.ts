import { clientWords } from "./client-words.ts";
import { choose, chosen, type Choice } from "./display.ts";
import { element } from "./element.ts";
import { overlayStyle } from "./overlay-style.ts";

/** The panel behind “Aa”: theme and text size. Made when it is first opened; from then on the button opens it itself. */

let isMade = false;

/** Makes the panel and opens it. */
export async function openPanel(button: HTMLElement): Promise<void> {
  if (isMade) return;
  isMade = true;
  const panel = await makePanel(button);
  button.after(panel);
  panel.showPopover({ source: button });
}

async function makePanel(button: HTMLElement): Promise<HTMLElement> {
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
  const made = element("div", { id: "display", className: "panel", popover: "auto", role: "dialog" }, themes, sizes, keys);
  made.ariaLabel = display.open;
  made.addEventListener("toggle", ({ newState }) => {
    if (newState === "open") made.querySelector<HTMLElement>(":checked")?.focus();
    button.ariaExpanded = String(newState === "open");
  });
  markChosen(made);
  addEventListener("backfence:display", () => markChosen(made));
  return made;
}

function group(name: Choice, legend: string, options: readonly (readonly [string, string])[]): HTMLElement {
  const labels = options.map(([value, label]) => {
    const input = element("input", { type: "radio", name, value });
    input.onchange = () => choose(name, value);
    return element("label", {}, input, ...shown(name, value, label));
  });
  return element("fieldset", {}, element("legend", {}, legend), ...labels);
}

/** Sizes are shown by an “A” as large as they make it. */
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
