/** String schemas shared by several settings. */
import * as z from "zod";
import { expectValue } from "../../yaml/expect-value.ts";
import { isLanguage, languageMeant } from "../language-tag.ts";
import { isWebAddress } from "../values.ts";

/** An absolute http or https address. */
export const webAddress = () =>
  z.string().refine(isWebAddress, "an absolute address that begins with https:// or http://");

/** A non-empty text, trimmed. */
export const nonEmpty = () => z.string().trim().min(1);

/** A BCP 47 language tag. */
export const languageTag = () =>
  z
    .string()
    .check(expectValue(isLanguage, "a language tag (BCP 47) such as en, de-AT or zh-Hant", languageMeant));
