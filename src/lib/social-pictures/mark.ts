import { outlineOf } from "./outline.ts";

/** Side of the square that the mark is drawn in. */
export const MARK_UNITS = 32;

/** The blog's mark: three pickets that stand as one speech bubble. */
export const MARK = outlineOf(
  "M3 7L6.6 3L10.2 7L10.2 10L12.4 10L12.4 7L16 3L19.6 7L19.6 10L21.8 10L21.8 7L25.4 3L29 7L29 23.5L12.4 23.5" +
    "L4.6 30L5.4 23.5L3 23.5ZM10.2 13L10.2 20.5L12.4 20.5L12.4 13ZM19.6 13L19.6 20.5L21.8 20.5L21.8 13Z",
);
