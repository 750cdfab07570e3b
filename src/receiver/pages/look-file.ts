/** Format of the file in which a build publishes the blog's look, for receivers without access to the blog's folder. */
import * as z from "zod";
import { readOwnWords } from "../../lib/site/own-words.ts";
import { languageTag } from "../../lib/site/settings-fields/strings.ts";
import type { Look } from "./layout.ts";
import { jsonOf } from "../../lib/json-of.ts";

/** Name of the file, relative to the blog's URL. */
export const LOOK_FILE = "receiver.json";

const picture = z.object({ name: z.string(), width: z.number(), height: z.number() });

/** Inline SVG. Since passkeys are used on the same pages, it mustn't contain scripts, external resources or links. */
const drawing = z
  .string()
  .regex(/^(?:[^<>]|<(?:\/?(?:svg|g|path|rect|circle|ellipse|line|polyline|polygon)\b[^<>]*)>)*$/i)
  .refine((svg) => !/\b(?:on\w+|href|style)\s*=/i.test(svg));

const lookSchema = z.object({
  css: z.string(),
  files: z.array(
    z.object({
      name: z.string().regex(/^[\w-][\w.-]*$/),
      type: z.string().regex(/^(?:font\/woff2|image\/(?:svg\+xml|png|jpeg|gif|webp|avif))$/),
      base64: z.base64(),
    }),
  ),
  header: z.object({
    title: z.string(),
    lang: languageTag().nullable(),
    href: z.url({ protocol: /^https?$/ }),
    mark: drawing.nullable().catch(null),
    logo: z.object({ light: picture, dark: picture.nullable(), alt: z.string() }).nullable(),
    links: z.array(z.object({ label: z.string(), href: z.url({ protocol: /^(?:https?|mailto)$/ }) })),
  }),
  lang: languageTag(),
  /** Custom interface texts, in the format of `words.yaml`. */
  words: z.record(z.string(), z.unknown()),
});

/** Serializes a look as JSON. */
export function lookFile({ css, files, header, words: { lang, words } }: Look): string {
  const listed = [...files].map(([name, { bytes, type }]) => ({
    name,
    type,
    base64: Buffer.from(bytes).toString("base64"),
  }));
  return `${JSON.stringify({ css, files: listed, header, lang, words })}\n`;
}

/** Parses a look; null for another format, such as that of a later version. */
export function readLookFile(text: string): Look | null {
  const { data } = lookSchema.safeParse(jsonOf(text));
  if (data === undefined) return null;
  const { css, files, header, lang, words } = data;
  return {
    css,
    files: new Map(
      files.map(({ name, type, base64 }) => [
        name,
        { type, bytes: new Uint8Array(Buffer.from(base64, "base64")) },
      ]),
    ),
    header,
    words: { lang, words: readOwnWords(JSON.stringify(words), LOOK_FILE, lang).words },
  };
}
