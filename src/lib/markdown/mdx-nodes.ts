import type {
  MdxFlowExpressionHast,
  MdxJsxFlowElementHast,
  MdxJsxTextElementHast,
  MdxTextExpressionHast,
} from "satteri";

export type { Element, ElementContent, Nodes, Properties, Root, RootContent } from "hast";

/** A tag or component as the parser leaves it. */
export type MdxJsx = MdxJsxFlowElementHast | MdxJsxTextElementHast;

/** Something in braces as the parser leaves it. */
export type MdxExpression = MdxFlowExpressionHast | MdxTextExpressionHast;
