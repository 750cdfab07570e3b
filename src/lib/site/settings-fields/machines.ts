import * as z from "zod";
import { isWebAddress } from "../values.ts";
import { nonEmpty, webAddress } from "./strings.ts";

const isContact = (value: string): boolean =>
  /^mailto:[^\s@]+@[^\s@]+$/.test(value) || /^tel:\+[\d-]+$/.test(value) || isWebAddress(value);

const isoDay = () =>
  z.string().refine((value) => /^\d{4}-\d\d-\d\d$/.test(value) && isDay(value), {
    error: "a day such as 2027-06-30",
  });

/** Whether a day exists: `2027-02-30` doesn't. */
const isDay = (value: string): boolean => {
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
};

/** Files for crawlers, language models and security researchers. */
export const machineFields = {
  ai: z
    .enum(["allow", "no-training", "disallow"])
    .nullable()
    .default(null)
    .meta({
      description:
        "What AI services are asked to do with the texts, in `/robots.txt`, also as `Content-Signal`: `allow` everything, `no-training` (search and answers, but no training), or `disallow`. By default, nothing is stated. Crawlers can ignore this request.",
      examples: ["no-training"],
    }),
  llmsTxt: z
    .boolean()
    .default(false)
    .meta({
      description: "Whether `/llms.txt` lists the posts and pages for language models.",
      examples: [true],
    }),
  markdownCopies: z
    .boolean()
    .default(false)
    .meta({
      description: "Whether each post is also published as Markdown, at `/posts/<slug>/index.md`.",
      examples: [true],
    }),
  security: z
    .strictObject({
      contact: z
        .union([z.string().transform((value) => [value]), z.array(z.string()).min(1)])
        .refine((values) => values.every(isContact), "an address such as mailto:security@me.example")
        .meta({
          description: "Where to report vulnerabilities: a `mailto:` or web address, or a list of them.",
          examples: ["mailto:security@me.example"],
        }),
      expires: isoDay().meta({
        description: "Expiry date of the file, at most a year ahead.",
        examples: ["2027-06-30"],
      }),
      policy: webAddress()
        .nullable()
        .default(null)
        .meta({
          description: "Address of the disclosure policy.",
          examples: ["https://me.example/security/"],
        }),
      languages: z
        .array(nonEmpty())
        .default([])
        .meta({ description: "Languages for reports, preferred first.", examples: [["en", "de"]] }),
    })
    .nullable()
    .default(null)
    .meta({
      description: "Contents of `/.well-known/security.txt` (RFC 9116).",
      examples: [{ contact: "mailto:security@me.example", expires: "2027-06-30" }],
    }),
};
