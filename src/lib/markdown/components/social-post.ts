import * as z from "zod";
import { figcaption } from "../caption.ts";
import { formatDate } from "../format.ts";
import { h } from "../hast.ts";
import { renderLink } from "../link.ts";
import { address, date, propLine, text } from "../props.ts";
import { defineComponent } from "./component.ts";

const props = z.strictObject({
  author: text.meta({ description: "the name of who wrote it" }),
  handle: text.optional().meta({ description: "their name on the network, such as @name@example.social" }),
  network: text.optional().meta({ description: "the network's name" }),
  date: date.meta({ description: "when it was written, such as 2022-11-19T08:14:00Z" }),
  url: address.meta({ description: "the address of the post" }),
});

/** A social network post quoted as text: it stays readable if the original is deleted, and loads nothing. */
export const SocialPost = defineComponent({
  name: "SocialPost",
  props,
  example:
    '<SocialPost author="Ann Example" handle="@ann@example.social" network="Mastodon" date="2022-11-19T08:14:00Z" ' +
    'url="https://example.social/@ann/1">\n\nWhat she wrote.\n\n</SocialPost>',
  children: "required",
  toElement({ author, handle, network, date: written, url }, { node, context, blocks }) {
    const { lang } = context.source;
    const quoted = blocks();
    const href = renderLink(url, propLine(node, "url", context), context);
    return h(
      "figure",
      { className: ["post-quote"] },
      h("blockquote", { cite: href }, quoted),
      figcaption(
        h("b", {}, author),
        handle === undefined ? null : h("bdi", { className: ["post-quote-handle"] }, handle),
        [
          network === undefined ? null : `· ${network} `,
          "· ",
          h("a", { href }, h("time", { dateTime: written }, formatDate(written, lang))),
        ],
      ),
    );
  },
});
