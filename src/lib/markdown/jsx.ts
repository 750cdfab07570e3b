import { didYouMean } from "../did-you-mean.ts";
import { escapeRegExp } from "../escape.ts";
import type { BodyContext, Place } from "./body-context.ts";
import { report } from "./body-context.ts";
import type { Component } from "./components/component.ts";
import { COMPONENTS } from "./components/registry.ts";
import { ALLOWED, renderTag } from "./html-element.ts";
import type { ElementContent, MdxJsx } from "./mdx-nodes.ts";

/**
 * Renders a tag or component: the post's own components are left to Astro, built-in ones become HTML, tags become
 * elements, and unknown names are reported.
 */
export function renderJsx(node: MdxJsx, context: BodyContext, place: Place): ElementContent[] {
  const { name } = node;
  if (name === null) return context.visit(node.children, place);
  if (name === "Fragment" && !isOwn(name, context)) {
    if (node.attributes.length === 0) return context.visit(node.children, place);
    context.found.isModule = true;
    return [{ ...node, children: context.visit(node.children, place) }];
  }
  if (/^[a-z]\w*$/.test(name) && !ALLOWED.has(name) && isOwn(name, context)) reportSmall(node, name, context);
  if (isOwn(name, context)) return [{ ...node, children: context.visit(node.children, deeper(place)) }];
  const component = COMPONENTS.get(name);
  if (component !== undefined) return renderComponent(node, component, context, place);
  if (/^[a-z][\w-]*$/i.test(name) && name[0] === name[0]?.toLowerCase()) {
    const elements = renderTag(node, name, context, place);
    if (elements === null) {
      context.found.isModule = true;
      return [{ ...node, children: context.visit(node.children, deeper(place)) }];
    }
    return context.visit(elements, place);
  }
  reportUnknown(node, name, context);
  return context.visit(node.children, deeper(place));
}

function deeper(place: Place): Place {
  return { ...place, depth: place.depth + 1 };
}

function renderComponent(
  node: MdxJsx,
  component: Component,
  context: BodyContext,
  place: Place,
): ElementContent[] {
  if (place.isPhrasing) {
    report(
      context,
      node,
      `<${component.name}> is inside a sentence`,
      `Put it on lines of its own, with a blank line before and after:\n\n${component.example}`,
    );
    return [];
  }
  const rendered = component.render(node, context, deeper(place));
  return rendered === null ? [] : [rendered];
}

/** Whether the post itself imports or defines a component. */
function isOwn(name: string, { found }: BodyContext): boolean {
  if (found.esm === "") return false;
  const local = name.split(".")[0] ?? name;
  const code = found.esm.replace(/(["'])(?:(?!\1).)*\1/g, "");
  return new RegExp(`(?<![\\w$.])${escapeRegExp(local)}(?![\\w$])`).test(code);
}

function reportSmall(node: MdxJsx, name: string, context: BodyContext): void {
  const component = name.charAt(0).toUpperCase() + name.slice(1);
  report(
    context,
    node,
    `<${name}> begins with a lowercase letter, so it is an HTML tag and not the component ${name}`,
    `Call the component ${component}, where it is imported or exported as well:\n<${component} />`,
  );
}

function reportUnknown(node: MdxJsx, name: string, context: BodyContext): void {
  const own = context.found.esm.match(/(?<=[\s{,])[A-Z]\w*/g) ?? [];
  const near = didYouMean(name, [...COMPONENTS.keys(), ...own]);
  const guess = near === null ? "" : `Did you mean <${near}>? `;
  report(
    context,
    node,
    `There is no component <${name}>`,
    `${guess}Without an import you can use ${[...COMPONENTS.keys()].join(", ")}. A component of your own is imported at the top of the post:\nimport ${name.replace(/\W.*$/s, "")} from "./${name.replace(/\W.*$/s, "")}.astro"`,
  );
}
