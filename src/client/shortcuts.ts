import { clientWords } from "./client-translations.ts";
import { choose, chosen } from "./display.ts";
import { element } from "./element.ts";
import { overlayStyle } from "./overlay-style.ts";
import type { Translations } from "../i18n/translations.ts";

/** Single-key shortcuts and the dialog that lists them. Loaded when the first shortcut is pressed. */

const OFF = "backfence-keys";
let sheet: HTMLDialogElement | null = null;

/** Opens the list of shortcuts. */
export async function showHelp(): Promise<void> {
  if (sheet === null) {
    const [words] = await Promise.all([clientWords(), overlayStyle()]);
    sheet = makeSheet(words);
    document.body.append(sheet);
  }
  if (!sheet.open) sheet.showModal();
}

/** Runs the action of a key. `?` also works if the reader has turned off shortcuts. */
export function press(key: string): void {
  if (document.querySelector("dialog[open]") !== null) return;
  if (key === "?") void showHelp();
  else if (isOn()) actions[key]?.();
}

const actions: Readonly<Record<string, () => void>> = {
  h: () => follow(".brand[href]"),
  n: () => follow('link[rel="next"]'),
  p: () => follow('link[rel="prev"]'),
  r: () => {
    location.hash = "responses";
  },
  t: () => {
    const themes = ["", "light", "dark"];
    choose("theme", themes[(themes.indexOf(chosen("theme")) + 1) % themes.length] ?? "");
  },
};

function makeSheet({ shortcuts }: Translations): HTMLDialogElement {
  const title = element("h2", { id: "shortcutsTitle" }, shortcuts.title);
  const keys = [
    ["/", shortcuts.search],
    ["n", shortcuts.nextPost],
    ["p", shortcuts.previousPost],
    ["r", shortcuts.responses],
    ["h", shortcuts.home],
    ["t", shortcuts.theme],
    ["?", shortcuts.help],
  ] as const;
  const rows = keys.map(([key, does]) =>
    element("div", {}, element("dt", {}, element("kbd", {}, key)), element("dd", {}, does)),
  );
  const use = element("input", { type: "checkbox", checked: isOn() });
  use.onchange = () => switchKeys(use.checked);
  const close = element("button", { className: "overlay-close", ariaLabel: shortcuts.close }, "×");
  const made = element(
    "dialog",
    { className: "sheet" },
    element("form", { method: "dialog", className: "sheet-head" }, title, close),
    element("dl", {}, ...rows),
    element("p", {}, element("label", {}, use, ` ${shortcuts.use}`)),
  );
  made.setAttribute("aria-labelledby", title.id);
  return made;
}

function follow(selector: string): void {
  const link = document.querySelector<HTMLAnchorElement | HTMLLinkElement>(selector);
  if (link !== null) location.assign(link.href);
}

function switchKeys(on: boolean): void {
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "off");
}

function isOn(): boolean {
  return localStorage.getItem(OFF) === null;
}
