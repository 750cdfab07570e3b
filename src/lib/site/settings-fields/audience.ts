import * as z from "zod";
import { ANALYTICS_PROVIDERS } from "../analytics.ts";
import { headTagSchema } from "../head-tag.ts";
import { NEWSLETTER_PROVIDERS } from "../newsletter.ts";
import { nonEmpty, webAddress } from "./strings.ts";

/** Custom head elements, analytics and the newsletter form. All are off by default. */
export const audienceFields = {
  head: z
    .array(headTagSchema)
    .default([])
    .meta({
      description:
        "Elements for the head of every page. The Content Security Policy opens for the hosts of their scripts and style sheets, and for no other.",
      examples: [[{ tag: "meta", attrs: { name: "fediverse:creator", content: "@me@social.example" } }]],
    }),
  analytics: z
    .strictObject({
      provider: z
        .enum(ANALYTICS_PROVIDERS)
        .meta({ description: `The service: ${ANALYTICS_PROVIDERS.join(", ")}.`, examples: ["goatcounter"] }),
      id: nonEmpty()
        .nullable()
        .default(null)
        .meta({
          description:
            "Id of the blog at the service: a domain for Plausible and Simple Analytics (default: the blog's), the code for GoatCounter, the site's id for Umami, Fathom and Matomo, the token for Cloudflare.",
          examples: ["my-blog"],
        }),
      host: webAddress()
        .transform((value) => new URL(value).origin)
        .nullable()
        .default(null)
        .meta({
          description: "Origin of the service if you run it yourself; always required for Matomo.",
          examples: ["https://stats.me.example"],
        }),
    })
    .nullable()
    .default(null)
    .meta({
      description:
        "Web analytics. Pages load the service's script, and the Content Security Policy allows only its host. docs/look.md lists the services that respect Do Not Track.",
      examples: [{ provider: "goatcounter", id: "my-blog" }],
    }),
  newsletter: z
    .strictObject({
      provider: z
        .enum(NEWSLETTER_PROVIDERS)
        .default("other")
        .meta({ description: `The service: ${NEWSLETTER_PROVIDERS.join(", ")}.`, examples: ["buttondown"] }),
      id: nonEmpty()
        .nullable()
        .default(null)
        .meta({
          description:
            "Your user name at Buttondown, the form's id at Kit and Keila, the list's id at listmonk.",
          examples: ["me"],
        }),
      action: webAddress()
        .nullable()
        .default(null)
        .meta({
          description: "Address of the form, for services with one for each list.",
          examples: ["https://me.us1.list-manage.com/subscribe/post?u=abc&id=def"],
        }),
      title: nonEmpty()
        .nullable()
        .default(null)
        .meta({ description: "Heading of the form.", examples: ["Letters from the garden"] }),
      text: z
        .string()
        .trim()
        .default("")
        .meta({ description: "What subscribers get, and how often.", examples: ["One email a month."] }),
    })
    .nullable()
    .default(null)
    .meta({
      description:
        "A form for subscribing by email, after each post and on /subscribe/. It is plain HTML; nothing is loaded from the service.",
      examples: [{ provider: "buttondown", id: "me", text: "One email a month." }],
    }),
};
