/** Fields that several kinds of content share. A custom message completes "`key` should be …". */
import * as z from "zod";
import { possibleOutputFile } from "../site/urls.ts";
import { isLanguage, isWebAddress } from "../site/values.ts";
import { isDateText } from "./dates.ts";

export const textField = () => z.string().trim().min(1);

export const webAddressField = () =>
  z.string().refine(isWebAddress, "an absolute address that begins with https:// or http://");

export const dateField = () => {
  const expected = "a day such as 2026-03-01, or a moment such as 2026-03-01T09:30:00+01:00";
  return z.string(expected).refine(isDateText, expected);
};

export const langField = () =>
  z.string().refine(isLanguage, "a language tag (BCP 47) such as en, de-AT or zh-Hant");

/** An id is a file's name, so that it can stand in an address. */
export const idField = () => z.string("the name of a file, without its extension").trim().min(1);

export const aliasField = () =>
  z
    .string()
    .refine(
      isAlias,
      "a path from the blog's root without ? and #, such as /2011/11/old-name.html, and not / itself",
    );

function isAlias(value: string): boolean {
  return /^\/[^?#\\\s]+$/.test(value) && possibleOutputFile(value) !== null;
}

/** A picture beside the file that names it. */
export const pictureField = () =>
  z.strictObject({
    src: textField().meta({
      description: "The file, seen from the file that names it.",
      examples: ["./cover.svg"],
    }),
    alt: textField().meta({
      description: "What the picture shows, for those who can't see it.",
      examples: ["Two neighbours talking over a garden fence"],
    }),
    credit: textField()
      .optional()
      .meta({ description: "Who made it.", examples: ["Photo: Ann Example"] }),
    creditUrl: webAddressField()
      .optional()
      .meta({ description: "Where the maker's credit leads.", examples: ["https://ann.example/"] }),
  });

export const aliasesField = () =>
  z
    .array(aliasField())
    .default([])
    .meta({
      description: "Old addresses that lead here, as paths from the blog's root.",
      examples: [["/2011/11/are-your-customers-your-friends.html"]],
    });
