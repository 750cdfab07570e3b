import overlays from "../styles/overlays.css?url";

let arrived: Promise<void> | null = null;

/** Loads the style sheet for overlays once; resolves when it has loaded or failed. */
export function overlayStyle(): Promise<void> {
  arrived ??= new Promise((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = overlays;
    link.onload = link.onerror = () => resolve();
    document.head.append(link);
  });
  return arrived;
}
