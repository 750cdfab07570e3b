import * as z from "zod";
import { expectValue } from "../../yaml/expect-value.ts";
import { isLanguage, languageMeant } from "../language-tag.ts";
import { timeZoneMeant } from "../time-zone.ts";
import { isSiteAddress, isTimeZone, webAddressMeant } from "../values.ts";
import { nonEmpty, webAddress } from "./strings.ts";

const languageTag = () =>
  z
    .string()
    .check(expectValue(isLanguage, "a language tag (BCP 47) such as en, de-AT or zh-Hant", languageMeant));

/** What the blog is: its name and address, its language and time, whose and since when. */
export const identityFields = {
  title: nonEmpty()
    .default("My blog")
    .meta({
      description: "Name of the blog, at the head of each page and in feeds.",
      examples: ["Backfence"],
    }),
  description: z
    .string()
    .trim()
    .default("")
    .meta({
      description: "One line under the title; search engines and feed readers show it.",
      examples: ["Notes on social media and the people at the other end."],
    }),
  url: z
    .string()
    .check(
      expectValue(
        isSiteAddress,
        "the absolute address of the blog, without ? and #, such as https://me.example/blog/",
        webAddressMeant,
      ),
    )
    .transform((value) => {
      const { origin, pathname } = new URL(value);
      return origin + (pathname.endsWith("/") ? pathname : `${pathname}/`);
    })
    .default("http://localhost:4321/")
    .meta({
      description:
        "Address under which the blog is published. When it lies in a folder of the host, the path belongs to it.",
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
        "What tells this blog from every other in the ids of its feeds, whatever its title and address become. Choose one before the first subscriber comes, and never change it: each entry would come back as new. Needed only by who reads two blogs made with Backfence that have posts of the same slug.",
      examples: ["me.example,2026:blog"],
    }),
  lang: languageTag()
    .default("en")
    .meta({
      description:
        "Language of the blog as a BCP 47 tag. A post in another language says so with its own `lang`.",
      examples: ["en"],
    }),
  languages: z
    .array(
      z.union(
        [
          languageTag().transform((lang) => ({ lang, title: null, description: null })),
          z.strictObject({
            lang: languageTag().meta({ description: "Its BCP 47 tag.", examples: ["de"] }),
            title: nonEmpty()
              .nullable()
              .default(null)
              .meta({ description: "Name of the blog in this language.", examples: ["Gartenzaun"] }),
            description: nonEmpty()
              .nullable()
              .default(null)
              .meta({ description: "The line under the title.", examples: ["Notizen über Nachbarn."] }),
          }),
        ],
        "a language tag (BCP 47) such as de, or keys with values",
      ),
    )
    .default([])
    .meta({
      description:
        "Languages that have a home, lists, feeds and a search of their own, such as `/de/`. Left out, it's each language with a post that is a translation of another, or with three posts. Naming only the blog's own switches that off. See languages.md.",
      examples: [["en", { lang: "de", title: "Gartenzaun", description: "Notizen über Nachbarn." }]],
    }),
  timeZone: z
    .string()
    .check(
      expectValue(isTimeZone, "the name of a time zone (IANA) such as Europe/Berlin or UTC", timeZoneMeant),
    )
    .nullable()
    .default(null)
    .meta({
      description:
        "Time zone in which dates without a zone are read and all dates are shown. Without it each date in a post needs a zone of its own, and UTC is shown.",
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
      name: nonEmpty().meta({ description: "Name of the licence.", examples: ["CC BY 4.0"] }),
      url: webAddress().meta({
        description: "Address of its text.",
        examples: ["https://creativecommons.org/licenses/by/4.0/"],
      }),
    })
    .nullable()
    .default(null)
    .meta({
      description: "Licence under which others may use the texts. Without it all rights are reserved.",
      examples: [{ name: "CC BY 4.0", url: "https://creativecommons.org/licenses/by/4.0/" }],
    }),
};
