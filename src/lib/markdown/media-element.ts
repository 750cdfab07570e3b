import type { Element } from "hast";
import { mediaPath } from "../images/image-variants.ts";
import type { BodyContext } from "./body-context.ts";
import { h } from "./hast.ts";
import { findMedia } from "./local-image-path.ts";
import { textOf } from "./plain-text.ts";

/** Renders a sound file with native controls; nothing is loaded before it is played. Null after reporting an error. */
export function renderSound(src: string, at: Element, context: BodyContext): Element | null {
  const facts = findMedia(src, at, context);
  if (facts === null) return null;
  const url = context.source.base + mediaPath(facts).slice(1);
  const label = textOf(at) || String(at.properties["alt"] ?? "");
  const name = label === "" ? facts.file.replace(/^.*\//, "") : label;
  return h(
    "figure",
    { className: ["audio"] },
    h("audio", { controls: true, preload: "none", src: url, ariaLabel: name }, h("a", { href: url }, name)),
    h("figcaption", {}, h("a", { href: url }, name)),
  );
}

/** Renders a video file with native controls; nothing is loaded before it is played. Null after reporting an error. */
export function renderVideo(src: string, at: Element, context: BodyContext): Element | null {
  const facts = findMedia(src, at, context);
  if (facts === null) return null;
  const url = context.source.base + mediaPath(facts).slice(1);
  const name = String(at.properties["alt"] ?? "") || facts.file.replace(/^.*\//, "");
  return h(
    "figure",
    { className: ["film"] },
    h("video", { controls: true, preload: "none", src: url, ariaLabel: name }, h("a", { href: url }, name)),
    h("figcaption", {}, h("a", { href: url }, name)),
  );
}
