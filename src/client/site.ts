/** Script of all pages that runs on load; everything else is loaded on demand. */
import "../components/search/open-search.ts";

for (const control of document.querySelectorAll<HTMLElement>("[data-ready]")) control.hidden = false;

if (document.documentElement.dataset["theme"] !== undefined) {
  void import("./display.ts").then((display) => {
    display.colourBars();
    display.choosePictures();
  });
}

const { worker } = document.documentElement.dataset;
if (worker !== undefined && navigator.serviceWorker?.controller === null) {
  addEventListener("load", () => void import("./offline.ts").then((offline) => offline.install(worker)));
}

addEventListener("click", (event) => {
  const { target } = event;
  closeMenus(target);
  const control =
    target instanceof Element ? target.closest<HTMLElement>("[data-copy],[data-act],.anchor") : null;
  if (control === null) return;
  const { act, copy } = control.dataset;
  const panel = document.getElementById("display");
  if (act === "display") {
    if (panel === null || panel.firstChild !== null) return;
    event.preventDefault();
    void import("./display-panel.ts").then((display) => display.fillPanel(panel, control));
  } else if (act === "shortcuts") void import("./shortcuts.ts").then((shortcuts) => shortcuts.showHelp());
  else if (act === "giscus")
    void import("../components/giscus/giscus-thread.ts").then((giscus) => giscus.open(control));
  else void import("./copy.ts").then((copying) => copying.copyFrom(control, copy));
});

/** Closes open submenus on a click outside of them, or on Esc. */
function closeMenus(target: EventTarget | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>(".submenu[open]"))
    if (!(target instanceof Node && menu.contains(target))) menu.open = false;
}

/** Ignores single keys while the reader types or a modifier is pressed. Esc closes submenus. */
addEventListener("keydown", ({ key, target, ctrlKey, metaKey, altKey }) => {
  if (key === "Escape") {
    document.querySelector<HTMLElement>(".submenu[open]:focus-within > summary")?.focus();
    closeMenus(null);
  }
  const isTyping =
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  if (isTyping || ctrlKey || metaKey || altKey || !/^[?hnprt]$/.test(key)) return;
  void import("./shortcuts.ts").then((shortcuts) => shortcuts.press(key));
});
