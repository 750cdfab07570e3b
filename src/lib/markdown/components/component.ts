import type { Element, ElementContent } from "hast";
import type { BodyContext, Place } from "../body-context.ts";
import { report } from "../body-context.ts";
import { withoutBlanks, wrapBareText } from "../hast.ts";
import type { MdxJsx } from "../mdx-nodes.ts";
import { checkProps } from "../props.ts";
import type { PropsContract } from "../props.ts";

/** A component that needs no import. */
export interface Component {
  readonly name: string;
  /** A correct use, shown with every error. */
  readonly example: string;
  /** Names of its props. */
  readonly props: readonly string[];
  /** Renders the component to HTML; null after reporting errors. */
  render(node: MdxJsx, context: BodyContext, place: Place): Element | null;
}

/** Second argument of a component's `toElement` function, after the props. */
export interface Use {
  readonly node: MdxJsx;
  readonly context: BodyContext;
  /** The children as parsed, without whitespace-only text. */
  readonly raw: readonly ElementContent[];
  /** Renders the children as blocks. */
  blocks(): ElementContent[];
  /** Renders the children, without the enclosing paragraph if there is only one. */
  inline(): ElementContent[];
}

interface Definition<Props> extends PropsContract<Props> {
  /** Whether children are required, optional or forbidden. */
  readonly children: "required" | "optional" | "none";
  readonly toElement: (props: Props, use: Use) => Element | null;
}

/** Creates a component from its props schema and a function of the validated props. */
export function defineComponent<Props>(definition: Definition<Props>): Component {
  const { name, example, children, toElement } = definition;
  return {
    name,
    example,
    props: Object.keys(definition.props.shape),
    render(node, context, place) {
      const raw = withoutBlanks(node.children);
      if (children === "required" && raw.length === 0) {
        report(context, node, `<${name}> is empty`, `Write its content between its tags:\n${example}`);
      }
      if (children === "none" && raw.length > 0) {
        report(context, node, `<${name}> can't have content between its tags`, example);
      }
      const props = checkProps(node, definition, context);
      if (props === null) {
        context.visit(node.children, place);
        return null;
      }
      return toElement(props, {
        node,
        context,
        raw,
        blocks: () => context.visit(wrapBareText(node.children), place),
        inline: () => inlineOf(context.visit(wrapBareText(node.children), place)),
      });
    },
  };
}

function inlineOf(nodes: readonly ElementContent[]): ElementContent[] {
  const content = withoutBlanks(nodes);
  const [only] = content;
  if (content.length === 1 && only?.type === "element" && only.tagName === "p") return only.children;
  return [...nodes];
}
