import overlays from "../styles/overlays.css?url";

let arrived: Promise<void> | null = null;

/** Fetches the style sheet of what lies above the page, once; settles when it is there or can't be had. */
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
