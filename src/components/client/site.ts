/** What every page does before a reader has clicked anything; the rest is fetched when it is asked for. */
import { CHOICES } from "../../lib/site/theme-boot.ts";

const root = document.documentElement;

for (const control of document.querySelectorAll<HTMLElement>("[data-ready]")) control.hidden = false;

markChoices();
addEventListener("click", onClick);
addEventListener("keydown", onKey);
document.querySelector("[data-display]")?.addEventListener("change", ({ target }) => {
  if (target instanceof HTMLInputElement && isChoice(target.name)) choose(target.name, target.value);
});

type Choice = keyof typeof CHOICES;

function isChoice(name: string): name is Choice {
  return name in CHOICES;
}

/** Puts a choice on the page and keeps it; an empty value goes back to what the system says. */
function choose(name: Choice, value: string): void {
  if (value === "") delete root.dataset[name];
  else root.dataset[name] = value;
  try {
    if (value === "") localStorage.removeItem(CHOICES[name]);
    else localStorage.setItem(CHOICES[name], value);
  } catch {
    // Without storage the choice holds for this page.
  }
  markChoices();
  dispatchEvent(new Event("backfence:display"));
}

/** The panel shows what is chosen, and the browser's own bars take the colour of the paper. */
function markChoices(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>("[data-display] input")) {
    input.checked = input.value === (root.dataset[input.name] ?? "");
  }
  const paper = getComputedStyle(root).backgroundColor;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('[name="theme-color"]')) {
    meta.dataset["own"] ??= meta.content;
    meta.content = root.dataset["theme"] === undefined ? meta.dataset["own"] : paper;
  }
}

function onClick({ target }: Event): void {
  const control = target instanceof Element ? target.closest<HTMLElement>("[data-copy],[data-act],.anchor") : null;
  if (control === null) return;
  const { copy, act } = control.dataset;
  if (act === "shortcuts") void import("./shortcuts.ts").then((shortcuts) => shortcuts.showHelp());
  else if (act === "giscus") void import("../giscus/giscus-thread.ts").then((giscus) => giscus.open(control));
  else void import("./copy.ts").then((copying) => copying.copyFrom(control, copy));
}

/** Single keys do nothing while a reader types or a modifier is held. */
function onKey(event: KeyboardEvent): void {
  const { key, target } = event;
  const isTyping =
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !/^[?hnprt]$/.test(key)) return;
  void import("./shortcuts.ts").then((shortcuts) => shortcuts.press(key));
}
