/** The GitHub discussion of a post, fetched when a reader asks for it. */

const PATIENCE_MS = 15_000;

/** Which of the place's `data-` attributes are the widget's. */
const OWN = ["host", "repo", "repoid", "category", "categoryid", "term", "lang"] as const;

/** Puts the discussion below the button; as long as it hasn't come, the link to GitHub stays. */
export async function open(button: HTMLElement): Promise<void> {
  const place = button.closest<HTMLElement>("[data-giscus]");
  const status = place?.querySelector<HTMLElement>(".giscus-status");
  if (place == null || status == null) return;
  const { loading = "", failed = "" } = place.dataset;
  // The button goes; the focus would go with it.
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

/** Tells once giscus has spoken. A discussion that isn't there yet is no failure: the first answer opens it. */
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
