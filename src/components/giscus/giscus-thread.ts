/** Loads the GitHub discussion of a post when the reader presses the button. */

const PATIENCE_MS = 15_000;

/** `data-` attributes of the section that are passed to the widget. */
const OWN = ["host", "repo", "repoid", "category", "categoryid", "term", "lang"] as const;

/** Inserts the discussion below the button. On failure, the button is shown again or the status says so. */
export async function open(button: HTMLElement): Promise<void> {
  const place = button.closest<HTMLElement>("[data-giscus]");
  const status = place?.querySelector<HTMLElement>(".giscus-status");
  if (place == null || status == null) return;
  const { loading = "", failed = "" } = place.dataset;
  // Move the focus before the button is hidden.
  status.tabIndex = -1;
  status.focus();
  button.hidden = true;
  status.textContent = loading;
  try {
    await import("giscus");
  } catch {
    button.hidden = false;
    status.textContent = failed;
    return;
  }
  const widget = widgetFor(place);
  const timer = setTimeout(() => (status.textContent = failed), PATIENCE_MS);
  hearOnce(widget, (isWell) => {
    clearTimeout(timer);
    status.textContent = isWell ? "" : failed;
  });
  status.after(widget);
  addEventListener("backfence:display", () => widget.setAttribute("theme", theme()));
}

function widgetFor(place: HTMLElement): HTMLElement {
  const widget = document.createElement("giscus-widget");
  const attributes: Record<string, string> = {
    mapping: "specific",
    strict: "1",
    reactionsenabled: "1",
    emitmetadata: "0",
    inputposition: "top",
    theme: theme(),
  };
  for (const name of OWN) attributes[name] = place.dataset[name] ?? "";
  for (const [name, value] of Object.entries(attributes)) widget.setAttribute(name, value);
  return widget;
}

/** Calls back on the first message of giscus. A missing discussion isn't a failure: the first comment creates it. */
function hearOnce(widget: HTMLElement, tell: (isWell: boolean) => void): void {
  const hear = ({ origin, data }: MessageEvent<unknown>): void => {
    if (origin !== widget.getAttribute("host") || typeof data !== "object" || data === null) return;
    const said = "giscus" in data ? data.giscus : null;
    if (typeof said !== "object" || said === null) return;
    removeEventListener("message", hear);
    tell(!("error" in said) || /not found/i.test(String(said.error)));
  };
  addEventListener("message", hear);
}

function theme(): string {
  return document.documentElement.dataset["theme"] ?? "preferred_color_scheme";
}
