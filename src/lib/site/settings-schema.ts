/**
 * Every setting of `content/site.yaml`: one schema that holds the defaults, checks what the author wrote, helps in
 * the editor (`schemas/site.schema.json`) and makes the table in `docs/settings.md`. Each key has a description and
 * an example.
 *
 * A custom check's message completes the sentence "`key` should be …".
 */
import * as z from "zod";
import type { Settings } from "./settings.ts";
import { isEmail, isLanguage, isSiteAddress, isTimeZone, isWebAddress } from "./values.ts";

const WEB_ADDRESS = "an absolute address that begins with https:// or http://";

const webAddress = () => z.string().refine(isWebAddress, WEB_ADDRESS);

const nonEmpty = () => z.string().trim().min(1);

const linkSchema = z.strictObject({
  label: nonEmpty().meta({ description: "The words of the link.", examples: ["About"] }),
  url: z
    .string()
    .refine((value) => isWebAddress(value) || /^\/(?!\/)/.test(value), {
      error: "a path from the blog's root such as /about/, or an absolute address",
    })
    .meta({
      description: "A path from the blog's root (without the base path), or an absolute address.",
      examples: ["/about/"],
    }),
});

const profileSchema = z.strictObject({
  label: nonEmpty().meta({ description: "The name of the network.", examples: ["Mastodon"] }),
  url: webAddress().meta({
    description: "Address of the profile.",
    examples: ["https://social.example/@me"],
  }),
});

/** `content/site.yaml`; parsing gives `Settings`. */
export const settingsSchema = z.strictObject({
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
    .refine(
      isSiteAddress,
      "the absolute address of the blog, without ? and #, such as https://me.example/blog/",
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
  lang: z
    .string()
    .refine(isLanguage, "a language tag (BCP 47) such as en, de-AT or zh-Hant")
    .default("en")
    .meta({
      description:
        "Language of the blog as a BCP 47 tag. A post in another language says so with its own `lang`.",
      examples: ["en"],
    }),
  timeZone: z
    .string()
    .refine(isTimeZone, "the name of a time zone (IANA) such as Europe/Berlin or UTC")
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
  postsPerPage: z
    .int()
    .min(1)
    .max(200)
    .default(20)
    .meta({
      description: "Posts on one page of a list.",
      examples: [20],
    }),
  navigation: z
    .array(linkSchema)
    .default([])
    .meta({
      description:
        "Links in the head of each page. Left out: posts, tags, archive and search, in the blog's language.",
      examples: [
        [
          { label: "Posts", url: "/posts/" },
          { label: "About", url: "/about/" },
        ],
      ],
    }),
  startHere: z
    .array(nonEmpty())
    .default([])
    .meta({
      description: "Slugs of the posts that a new reader should begin with.",
      examples: [["virtual-backyard-fence"]],
    }),
  profiles: z
    .array(profileSchema)
    .default([])
    .meta({
      description: "Profiles of the blog elsewhere, marked up as rel=me.",
      examples: [[{ label: "Mastodon", url: "https://social.example/@me" }]],
    }),
  replyEmail: z
    .string()
    .refine(isEmail, "an e-mail address such as hello@me.example")
    .nullable()
    .default(null)
    .meta({
      description: "Address for answers by e-mail. It's public; left out, answering by e-mail isn't offered.",
      examples: ["hello@me.example"],
    }),
  giscus: z
    .strictObject({
      repo: z
        .string()
        .regex(/^[\w.-]+\/[\w.-]+$/, "owner/name of a public GitHub repository")
        .meta({
          description: "GitHub repository whose Discussions hold the comments.",
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
          description: "Origin that serves the widget, when you run giscus yourself.",
          examples: ["https://giscus.app"],
        }),
    })
    .nullable()
    .default(null)
    .meta({
      description:
        "Comments through giscus (GitHub Discussions). The four values are on https://giscus.app. It's loaded only when a reader asks for it.",
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
          description: "JF2 API from which `npm run responses -- pull` fetches what was received.",
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
    })
    .nullable()
    .default(null)
    .meta({
      description:
        "Receiving answers from other sites. Any service will do; docs/conversation.md tells how to choose.",
      examples: [
        { endpoint: "https://webmention.io/me.example/webmention", api: "https://webmention.io/api/" },
      ],
    }),
  moderation: z
    .enum(["all", "first-time", "none"])
    .default("first-time")
    .meta({
      description:
        "Which answers wait for you before they are shown: `all`, only those from a site that you haven't approved before (`first-time`), or `none`.",
      examples: ["first-time"],
    }),
  people: z
    .strictObject({
      on: z
        .boolean()
        .default(true)
        .meta({ description: "Whether there are pages about people at all.", examples: [true] }),
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
      description: "The pages that show with whom the blog has a conversation.",
      examples: [{ on: true, hide: ["https://ann.example/"] }],
    }),
  hub: webAddress()
    .nullable()
    .default(null)
    .meta({
      description: "WebSub hub that is told of new posts; feeds name it.",
      examples: ["https://hub.example/"],
    }),
  feedItems: z
    .int()
    .min(1)
    .max(500)
    .default(50)
    .meta({
      description: "Posts in the newest document of a feed; older ones follow in linked documents.",
      examples: [50],
    }),
  quickExit: webAddress()
    .default("https://www.wikipedia.org/")
    .meta({
      description: "Where “leave this page quickly” leads on posts that are marked as sensitive.",
      examples: ["https://www.wikipedia.org/"],
    }),
  offline: z
    .boolean()
    .default(true)
    .meta({
      description:
        "Whether visited pages can be read again without a connection (a service worker). Set to `false`, none is installed, and browsers remove an earlier one on their next visit.",
      examples: [false],
    }),
  socialPictures: z
    .boolean()
    .default(true)
    .meta({
      description: "Whether a picture is made for each post, which networks show when its link is shared.",
      examples: [true],
    }),
}) satisfies z.ZodType<Settings, object>;

/** The settings of a blog whose author has set none. */
export function defaultSettings(): Settings {
  return settingsSchema.parse({});
}
