/** Kinds of text that several settings are. */
import * as z from "zod";
import { isWebAddress } from "../values.ts";

/** An address at which something is on the web. */
export const webAddress = () =>
  z.string().refine(isWebAddress, "an absolute address that begins with https:// or http://");

/** A text with something in it, without blanks around it. */
export const nonEmpty = () => z.string().trim().min(1);
