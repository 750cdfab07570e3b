import { MARK_PATH } from "../site/logo.ts";
import { outlineOf } from "./outline.ts";

/** Side of the square that the mark is drawn in. */
export const MARK_UNITS = 32;

/** The blog's mark. */
export const MARK = outlineOf(MARK_PATH);
