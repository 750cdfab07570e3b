import * as z from "zod";
import type { SiteYaml } from "../settings.ts";
import { menuItem } from "./lists.ts";
import { footerSchema } from "./looks.ts";
import { languageTag, nonEmpty, webAddress } from "./strings.ts";

type NamedLanguage = SiteYaml["languages"][number];

/** A language without settings in site.yaml, which uses the blog's settings. */
export function bareLanguage(lang: string): NamedLanguage {
  return { lang, title: null, description: null, menu: [], footer: null, newsletter: null };
}

const newsletter = z.strictObject({
  id: nonEmpty()
    .nullable()
    .default(null)
    .meta({ description: "As in `newsletter`, for a list of its own.", examples: ["me-de"] }),
  action: webAddress()
    .nullable()
    .default(null)
    .meta({
      description: "As in `newsletter`, for a list of its own.",
      examples: ["https://letters.example/de"],
    }),
  title: nonEmpty()
    .nullable()
    .default(null)
    .meta({ description: "Heading of the form.", examples: ["Briefe aus dem Garten"] }),
  text: z
    .string()
    .trim()
    .default("")
    .meta({ description: "What subscribers get, and how often.", examples: ["Eine E-Mail im Monat."] }),
});

const namedLanguage = z.strictObject({
  lang: languageTag().meta({ description: "Its BCP 47 tag.", examples: ["de"] }),
  title: nonEmpty()
    .nullable()
    .default(null)
    .meta({ description: "Name of the blog in this language.", examples: ["Gartenzaun"] }),
  description: nonEmpty()
    .nullable()
    .default(null)
    .meta({ description: "The line under the title.", examples: ["Notizen über Nachbarn."] }),
  menu: z
    .array(menuItem)
    .default([])
    .meta({
      description:
        "Menu of the pages in this language. Left out, it's the blog's, with its lists translated.",
      examples: [[{ label: "Beiträge", url: "/de/posts/" }]],
    }),
  footer: footerSchema
    .nullable()
    .default(null)
    .meta({
      description: "Foot of the pages in this language, in place of `look.footer`.",
      examples: [{ text: "Von Hand gesetzt.", links: [{ label: "Impressum", url: "/de/imprint/" }] }],
    }),
  newsletter: newsletter
    .nullable()
    .default(null)
    .meta({
      description: "Words of the newsletter form in this language, and its list when it has one of its own.",
      examples: [{ title: "Briefe", text: "Eine E-Mail im Monat." }],
    }),
});

/** Languages with their own lists, and their texts. */
export const languageFields = {
  languages: z
    .array(
      z.union(
        [languageTag().transform(bareLanguage), namedLanguage],
        "a language tag (BCP 47) such as de, or keys with values",
      ),
    )
    .refine((all) => new Set(all.map(({ lang }) => lang)).size === all.length, {
      error: "different languages",
      params: { hint: "List each language once." },
    })
    .default([])
    .meta({
      description:
        "Languages with their own home page, lists, feeds and search, such as `/de/`. Default: each language with a translated post, or with three posts. Listing only the blog's own language switches this off. See docs/languages.md.",
      examples: [["en", { lang: "de", title: "Gartenzaun", description: "Notizen über Nachbarn." }]],
    }),
};
