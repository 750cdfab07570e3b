import * as z from "zod";
import { colorMeant, isHexColor } from "../../themes/color.ts";
import { expectValue } from "../../yaml/expect-value.ts";
import { isWebAddress } from "../values.ts";
import { nonEmpty } from "./strings.ts";

const hexColor = () => z.string().check(expectValue(isHexColor, "a color such as #1d4f91", colorMeant));

const sitePath = () =>
  z.string().refine((value) => isWebAddress(value) || /^\/(?!\/)/.test(value), {
    error: "a path from the blog's root such as /about/, or an absolute address",
  });

const footerLink = z.strictObject({
  label: nonEmpty().meta({ description: "Text of the link.", examples: ["Imprint"] }),
  url: sitePath().meta({
    description: "A path from the blog's root (without the base path), or an absolute address.",
    examples: ["/imprint/"],
  }),
});

/** The author's text and links in the footer. */
export const footerSchema = z.strictObject({
  text: z
    .string()
    .trim()
    .default("")
    .meta({
      description: "A line in the footer.",
      examples: ["Printed on recycled bits."],
    }),
  links: z
    .array(footerLink)
    .default([])
    .meta({
      description: "Links in the footer.",
      examples: [[{ label: "Imprint", url: "/imprint/" }]],
    }),
});

const SHARE_TARGETS = ["email", "mastodon", "bluesky", "copy"] as const;

/** The theme and its options. docs/look.md explains each with pictures. */
export const lookFields = {
  theme: nonEmpty()
    .default("paper")
    .meta({
      description:
        "The theme: `paper`, `quiet`, `gazette`, `fence`, or the name of a folder in `content/themes/` (see docs/themes.md).",
      examples: ["fence"],
    }),
  look: z
    .strictObject({
      accent: hexColor()
        .nullable()
        .default(null)
        .meta({
          description:
            "Color of links, numbers and buttons. The shade for the dark appearance is derived from it. A color that is too pale is an error that suggests the nearest readable one.",
          examples: ["#0b6b5d"],
        }),
      paper: z
        .union([
          hexColor().transform((light) => ({ light, dark: null })),
          z.strictObject({
            light: hexColor()
              .nullable()
              .default(null)
              .meta({ description: "Background of pages in the light appearance.", examples: ["#ffffff"] }),
            dark: hexColor()
              .nullable()
              .default(null)
              .meta({ description: "Background of pages in the dark appearance.", examples: ["#101418"] }),
          }),
        ])
        .nullable()
        .default(null)
        .meta({
          description: "Background of the pages: a color for the light appearance, or `light` and `dark`.",
          examples: ["#ffffff"],
        }),
      font: z
        .union([
          z.enum(["literata", "serif", "sans", "humanist", "slab", "mono"]),
          z
            .string()
            .regex(
              /\.(?:woff2|ttf|otf)$/i,
              "literata, serif, sans, humanist, slab, mono, or a .woff2, .ttf or .otf file",
            ),
        ])
        .nullable()
        .default(null)
        .meta({
          description:
            "Typeface: `literata` (included in Backfence), a system typeface (`serif`, `sans`, `humanist`, `slab`, `mono`), or a font file in `content/`, of which only Latin, Greek and Cyrillic letters are sent. Default: set by the theme.",
          examples: ["sans"],
        }),
      logo: z
        .union([
          nonEmpty().transform((light) => ({ light, dark: null, alt: "" })),
          z.strictObject({
            light: nonEmpty().meta({ description: "SVG or PNG in `content/`.", examples: ["logo.svg"] }),
            dark: nonEmpty()
              .nullable()
              .default(null)
              .meta({ description: "Logo for the dark appearance.", examples: ["logo-dark.svg"] }),
            alt: z
              .string()
              .trim()
              .default("")
              .meta({
                description: "Description of the logo, if it isn't the blog's title.",
                examples: ["Rowan & Co."],
              }),
          }),
        ])
        .nullable()
        .default(null)
        .meta({
          description: "Picture that replaces the blog's title in the header.",
          examples: [{ light: "logo.svg", dark: "logo-dark.svg", alt: "Rowan & Co." }],
        }),
      icon: nonEmpty()
        .nullable()
        .default(null)
        .meta({
          description:
            "A square SVG or PNG (at least 512 pixels) in `content/`, for the favicon, home screen icons and social images. Default: the blog's initial.",
          examples: ["icon.svg"],
        }),
      css: z
        .union([nonEmpty().transform((files) => files.split(/,\s*/)), z.array(nonEmpty())])
        .default([])
        .meta({
          description: "Style sheets in `content/`, loaded last. `content/style.css` needs no entry.",
          examples: [["colors.css"]],
        }),
      density: z
        .enum(["airy", "normal", "compact"])
        .default("normal")
        .meta({ description: "Spacing and text size.", examples: ["compact"] }),
      opening: z
        .enum(["plain", "small-caps"])
        .nullable()
        .default(null)
        .meta({
          description:
            "First line of articles of at least 600 words: as the rest (`plain`), or in `small-caps`. Default: set by the theme.",
          examples: ["small-caps"],
        }),
      home: z
        .enum(["front", "sections", "list", "text"])
        .nullable()
        .default(null)
        .meta({
          description:
            "What the home page shows: a `front` page with the latest post large, `sections` for the main tags and the authors, a `list` of posts, or only the `text` of content/pages/home.md. In the others, that text is an introduction.",
          examples: ["list"],
        }),
      footer: footerSchema.default({ text: "", links: [] }).meta({
        description: "Additional text and links in the footer.",
        examples: [{ text: "Printed on recycled bits.", links: [{ label: "Imprint", url: "/imprint/" }] }],
      }),
      share: z
        .array(z.enum(SHARE_TARGETS))
        .default([...SHARE_TARGETS])
        .meta({
          description: "Share links of posts: `email`, `mastodon`, `bluesky`, `copy`; `[]` for none.",
          examples: [["email", "copy"]],
        }),
      dates: z
        .boolean()
        .default(true)
        .meta({ description: "Whether posts and lists show dates.", examples: [false] }),
      readingTime: z
        .boolean()
        .default(true)
        .meta({ description: "Whether posts show the reading time.", examples: [false] }),
      socialImage: z
        .enum(["card", "cover"])
        .default("card")
        .meta({
          description:
            "Picture of a shared link: a generated `card` with the title, or the post's `cover` if it has one.",
          examples: ["cover"],
        }),
    })
    .prefault({})
    .meta({
      description: "Colors, typeface, logo and what pages show; docs/look.md has an example of each.",
      examples: [{ accent: "#0b6b5d", font: "sans", home: "list" }],
    }),
  colophon: z
    .boolean()
    .default(true)
    .meta({
      description: "Whether the footer says what the blog is made with.",
      examples: [false],
    }),
};
