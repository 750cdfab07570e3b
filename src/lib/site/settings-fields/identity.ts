import * as z from "zod";
import { expectValue } from "../../yaml/expect-value.ts";
import { timeZoneMeant } from "../time-zone.ts";
import { isSiteAddress, isTimeZone, siteAddressMeant } from "../values.ts";
import { languageFields } from "./languages.ts";
import { languageTag, nonEmpty, webAddress } from "./strings.ts";

/** Default address of a blog without the setting `url`. */
export const UNSET_URL = "http://localhost:4321/";

/** Identity of the blog: name, address, language, time zone, license and first year. */
export const identityFields = {
  title: nonEmpty()
    .default("My blog")
    .meta({
      description: "Name of the blog, shown on each page and in feeds.",
      examples: ["Notes from here"],
    }),
  description: z
    .string()
    .trim()
    .default("")
    .meta({
      description: "One line under the title; also shown by search engines and feed readers.",
      examples: ["A garden, a kitchen and what happens in between."],
    }),
  url: z
    .string()
    .check(
      expectValue(
        isSiteAddress,
        "the absolute address of the blog, without ? and #, such as https://me.example/blog/",
        siteAddressMeant,
      ),
    )
    .transform((value) => {
      const { origin, pathname } = new URL(value);
      return origin + (pathname.endsWith("/") ? pathname : `${pathname}/`);
    })
    .default(UNSET_URL)
    .meta({
      description:
        "Address at which the blog is published, including the path if it is in a folder of the host.",
      examples: ["https://me.example/blog/"],
    }),
  id: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .nullable()
    .default(null)
    .meta({
      description:
        "Permanent id of the blog, used in the ids of feed entries. Choose it before anyone subscribes, and never change it: all entries would come back as new. It keeps posts with the same slug on two Backfence blogs apart in a feed reader.",
      examples: ["me.example,2026:blog"],
    }),
  author: nonEmpty()
    .nullable()
    .default(null)
    .meta({
      description:
        "The author of posts without `authors`: the name of a file in content/authors/ without .yaml, or the name in that file. Default: the only author. Set it before a second one joins.",
      examples: ["example-author"],
    }),
  lang: languageTag()
    .default("en")
    .meta({
      description: "Language of the blog as a BCP 47 tag. Posts in another language set their own `lang`.",
      examples: ["en"],
    }),
  ...languageFields,
  timeZone: z
    .string()
    .check(
      expectValue(isTimeZone, "the name of a time zone (IANA) such as Europe/Berlin or UTC", timeZoneMeant),
    )
    .nullable()
    .default(null)
    .meta({
      description:
        "Time zone for dates without a zone, and for displaying dates. Without it, each date in a post needs its own zone, and dates are shown in UTC.",
      examples: ["Europe/Berlin"],
    }),
  since: z
    .int()
    .min(1970)
    .max(9999)
    .nullable()
    .default(null)
    .meta({
      description: "Year in which the blog began, for the copyright line.",
      examples: [2008],
    }),
  licence: z
    .strictObject({
      name: nonEmpty().meta({ description: "Name of the license.", examples: ["CC BY 4.0"] }),
      url: webAddress().meta({
        description: "Address of the license text.",
        examples: ["https://creativecommons.org/licenses/by/4.0/"],
      }),
    })
    .nullable()
    .default(null)
    .meta({
      description: "License under which others may use the texts. Without it, all rights are reserved.",
      examples: [{ name: "CC BY 4.0", url: "https://creativecommons.org/licenses/by/4.0/" }],
    }),
};
