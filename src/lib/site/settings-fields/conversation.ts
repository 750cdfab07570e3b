import * as z from "zod";
import { isEmail, isWebAddress } from "../values.ts";
import { nonEmpty, webAddress } from "./strings.ts";

/** Ways to respond, moderation, and pages about people. */
export const conversationFields = {
  comments: z
    .boolean()
    .default(true)
    .meta({
      description:
        "Whether posts have a conversation. With `false`, no page shows responses or ways to respond, and there are no pages about people.",
      examples: [false],
    }),
  replyEmail: z
    .string()
    .refine(isEmail, "an email address such as hello@me.example")
    .nullable()
    .default(null)
    .meta({
      description: "Public address for replies by email. Without it, replying by email isn't offered.",
      examples: ["hello@me.example"],
    }),
  giscus: z
    .strictObject({
      repo: z
        .string()
        .regex(/^[\w.-]+\/[\w.-]+$/, "owner/name of a public GitHub repository")
        .meta({
          description: "GitHub repository whose Discussions contain the comments.",
          examples: ["me/blog"],
        }),
      repoId: nonEmpty().meta({
        description: "Its id, as giscus.app shows it.",
        examples: ["R_kgDOExample"],
      }),
      category: nonEmpty().meta({ description: "Category of the discussions.", examples: ["Comments"] }),
      categoryId: nonEmpty().meta({
        description: "Its id, as giscus.app shows it.",
        examples: ["DIC_kwDOExample"],
      }),
      host: webAddress()
        .transform((value) => new URL(value).origin)
        .default("https://giscus.app")
        .meta({
          description: "Origin of the widget, if you run giscus yourself.",
          examples: ["https://giscus.app"],
        }),
    })
    .nullable()
    .default(null)
    .meta({
      description:
        "Comments through giscus (GitHub Discussions). Copy the four values from https://giscus.app. The widget loads only when a reader presses its button.",
      examples: [
        { repo: "me/blog", repoId: "R_kgDOExample", category: "Comments", categoryId: "DIC_kwDOExample" },
      ],
    }),
  webmention: z
    .strictObject({
      endpoint: webAddress().meta({
        description: "Address that receives webmentions; each page announces it.",
        examples: ["https://webmention.io/me.example/webmention"],
      }),
      api: webAddress()
        .nullable()
        .default(null)
        .meta({
          description: "JF2 API from which `npx backfence responses pull` fetches what was received.",
          examples: ["https://webmention.io/api/"],
        }),
      pingback: webAddress()
        .nullable()
        .default(null)
        .meta({
          description: "Address that receives pingbacks, announced on each post.",
          examples: ["https://me.example/pingback"],
        }),
      trackback: z
        .string()
        .refine((value) => isWebAddress(value) && value.includes("{slug}"), {
          error: "an absolute address with {slug} in it",
        })
        .nullable()
        .default(null)
        .meta({
          description: "Address that receives trackbacks; `{slug}` stands for the post.",
          examples: ["https://me.example/trackback/{slug}"],
        }),
      comments: webAddress()
        .nullable()
        .default(null)
        .meta({
          description:
            "Address of the receiver's comment form (docs/receiver.md). With it, open posts have a form for comments without an account, and a “Reply” link on each response.",
          examples: ["https://receiver.me.example/comment"],
        }),
    })
    .nullable()
    .default(null)
    .meta({
      description:
        "Addresses for receiving responses from other sites, from any service; docs/conversation.md compares the options.",
      examples: [
        { endpoint: "https://webmention.io/me.example/webmention", api: "https://webmention.io/api/" },
      ],
    }),
  micropub: webAddress()
    .transform((value) => value.replace(/\/+$/, ""))
    .nullable()
    .default(null)
    .meta({
      description:
        "Address of the receiver, when it takes posts from Micropub apps (docs/micropub.md). The front page then says where apps post, and where you sign in to them with the blog's address.",
      examples: ["https://receiver.me.example"],
    }),
  moderation: z
    .enum(["all", "first-time", "none"])
    .default("first-time")
    .meta({
      description:
        "Which responses wait for approval: `all`, only those from sites that you haven't approved before (`first-time`), or `none`.",
      examples: ["first-time"],
    }),
  people: z
    .strictObject({
      on: z
        .boolean()
        .default(true)
        .meta({ description: "Whether there are pages about people.", examples: [true] }),
      hide: z
        .array(nonEmpty())
        .default([])
        .meta({
          description:
            "People to leave out: the address of their profile, or their name exactly as it's shown.",
          examples: [["https://ann.example/"]],
        }),
    })
    .transform(({ on, hide }) => ({ isOn: on, hide }))
    .default({ isOn: true, hide: [] })
    .meta({
      description: "Pages about the people who respond.",
      examples: [{ on: true, hide: ["https://ann.example/"] }],
    }),
};
