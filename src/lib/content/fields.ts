/** Fields that several kinds of content share. A custom message completes "`key` should be …". */
import * as z from "zod";
import { possibleOutputFile } from "../site/urls.ts";
import { isLanguage, languageMeant } from "../site/language-tag.ts";
import { oldPath } from "../site/old-path.ts";
import { isWebAddress, webAddressMeant } from "../site/values.ts";
import { expectValue } from "../yaml/expect-value.ts";

export const textField = () => z.string().trim().min(1);

export const webAddressField = () =>
  z
    .string()
    .check(
      expectValue(
        isWebAddress,
        "an absolute address that begins with https:// or http://",
        webAddressMeant,
      ),
    );

/** A date as the author wrote it; `readDates` parses it. */
export const dateField = () => z.string("a day such as 2026-03-01").trim().min(1);

/** A BCP 47 tag. */
export const langField = () =>
  z
    .string()
    .check(expectValue(isLanguage, "a language tag (BCP 47) such as en, de-AT or zh-Hant", languageMeant));

/** An id is a file name, so it is valid in an address. */
export const idField = () => z.string("the name of a file, without its extension").trim().min(1);

/** Transforms an alias to a path from the blog's root, beginning with `/`. */
export const aliasField = () => z.string().check(checkAlias).transform(oldPath);

function checkAlias({ value, issues }: z.core.ParsePayload<string>): void {
  const path = oldPath(value);
  const bare = /^[^?#]*/.exec(path)?.[0] ?? "";
  const message = "an old address of this page from the blog's root, such as /2011/11/old-name.html";
  if (path.includes("?")) {
    const hint = `A static host ignores everything after the ?, so ${path} is always ${bare}. Leave it out; where your host can redirect by the query, write the rule there.`;
    issues.push({ code: "custom", input: value, message, params: { hint } });
  } else if (path.includes("#")) {
    const hint = `Browsers don't send the part after the # to the server. Write the address before it: ${bare}`;
    issues.push({ code: "custom", input: value, message, params: { hint } });
  } else if (path.includes("*")) {
    const hint = `Where a host reads _redirects, * stands for any text. Write each old address, or write the rule into public/_redirects, with the address of this page behind it:\n${path} /posts/…/ 301`;
    issues.push({ code: "custom", input: value, message, params: { hint } });
  } else if (path.split("/").some((part) => Buffer.byteLength(part) > 200)) {
    const hint = "A file's name has at most 255 bytes on most disks, so no host had such an address. Leave it out.";
    issues.push({ code: "custom", input: value, message, params: { hint } });
  } else if (path === "/" || possibleOutputFile(path) === null) {
    const meant = withoutDots(path);
    issues.push({ code: "custom", input: value, message, params: meant === null ? {} : { fix: meant } });
  }
}

/** Resolves `.`, `..` and `//` in a path as browsers do; null if nothing changes or the result isn't a valid alias. */
function withoutDots(path: string): string | null {
  const meant = URL.parse(path.replaceAll(/\/{2,}/g, "/"), "https://blog.invalid/")?.pathname ?? "/";
  return meant === "/" || meant === path || possibleOutputFile(meant) === null ? null : meant;
}

/** A picture file with its description. Pictures marked `decorative` need no `alt`. */
export const pictureField = () =>
  z
    .strictObject({
      src: textField().meta({
        description: "Path of the picture, relative to this file.",
        examples: ["./cover.svg"],
      }),
      alt: textField()
        .optional()
        .meta({
          description: "Description of the picture for people who can't see it.",
          examples: ["A row of garlic in a garden bed"],
        }),
      dark: textField()
        .optional()
        .meta({
          description: "A picture of the same size for the dark appearance.",
          examples: ["./cover.dark.svg"],
        }),
      decorative: z
        .boolean()
        .default(false)
        .meta({ description: "Whether the picture is only decorative and needs no description.", examples: [true] }),
      credit: textField()
        .optional()
        .meta({ description: "Name of the photographer or artist.", examples: ["Photo: Ann Example"] }),
      creditUrl: webAddressField()
        .optional()
        .meta({ description: "Link for the credit.", examples: ["https://ann.example/"] }),
    })
    .check(({ value, issues }) => {
      if (value.alt !== undefined || value.decorative) return;
      const message = "a description of the picture for people who can't see it";
      issues.push({ code: "custom", input: undefined, path: ["alt"], message, params: {} });
    });

export const aliasesField = () =>
  z
    .array(aliasField())
    .default([])
    .meta({
      description: "Old addresses that redirect here, as paths from the blog's root.",
      examples: [["/2011/11/planting-garlic.html"]],
    });

/** Any keys and values, for the author's own components. */
export const extraField = () =>
  z
    .record(z.string(), z.unknown())
    .default({})
    .meta({
      description: "Custom keys for your own components. Backfence passes them on unchanged.",
      examples: [{ mood: "curious" }],
    });
