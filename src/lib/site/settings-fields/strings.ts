/** Kinds of text that several settings are. */
import * as z from "zod";
import { expectValue } from "../../yaml/expect-value.ts";
import { isLanguage, languageMeant } from "../language-tag.ts";
import { isWebAddress } from "../values.ts";

/** An address at which something is on the web. */
export const webAddress = () =>
  z.string().refine(isWebAddress, "an absolute address that begins with https:// or http://");

/** A text with something in it, without blanks around it. */
export const nonEmpty = () => z.string().trim().min(1);

/** A language by its tag. */
export const languageTag = () =>
  z
    .string()
    .check(expectValue(isLanguage, "a language tag (BCP 47) such as en, de-AT or zh-Hant", languageMeant));
