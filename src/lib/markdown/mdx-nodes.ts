import type {
  MdxFlowExpressionHast,
  MdxJsxFlowElementHast,
  MdxJsxTextElementHast,
  MdxTextExpressionHast,
} from "satteri";

export type { Element, ElementContent, Nodes, Properties, Root, RootContent } from "hast";

/** A JSX element in the parser's tree: a tag or a component. */
export type MdxJsx = MdxJsxFlowElementHast | MdxJsxTextElementHast;

/** An expression in braces in the parser's tree. */
export type MdxExpression = MdxFlowExpressionHast | MdxTextExpressionHast;
