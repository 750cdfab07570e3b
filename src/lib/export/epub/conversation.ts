/** The conversation after an article: threads, trackbacks and mentions, then the names of people who reacted. */
import type { ElementContent } from "hast";
import { fromHtml } from "hast-util-from-html";
import { formatsOf } from "../../../i18n/formats.ts";
import type { Formats } from "../../../i18n/formats.ts";
import type { Translations } from "../../../i18n/translations.ts";
import type { Post } from "../../content/model.ts";
import { h } from "../../markdown/hast.ts";
import { blogOwner } from "../../responses/own-responses.ts";
import type { ShownResponse } from "../../responses/shown-response.ts";
import { conversationOf } from "../../responses/threads.ts";
import type { ExportedBlog } from "../read-blog.ts";
import { flow, type BookPlace } from "./content-model.ts";

const REACTIONS = ["likes", "reposts", "bookmarks", "rsvps"] as const;

interface Talk {
  readonly words: Translations;
  readonly formats: Formats;
  readonly place: BookPlace;
}

/** @returns an empty array for a post without responses or with comments turned off. */
export function conversation(
  post: Post,
  { blog }: ExportedBlog,
  words: Translations,
  place: BookPlace,
): ElementContent[] {
  if (post.comments === "off") return [];
  const takenIds = new Set(post.body.headings.map(({ id }) => id));
  const shown = conversationOf(blog.responses[post.slug] ?? [], { ...blogOwner(blog), takenIds });
  if (shown.counts.total === 0) return [];
  const talk: Talk = { words, formats: formatsOf(words.lang, blog.settings.timeZone), place };
  const spoken = shown.counts.comments + shown.counts.trackbacks + shown.counts.mentions;
  const people = REACTIONS.flatMap((kind) => {
    const names = shown[kind].map(({ author }) => author.name);
    if (names.length === 0) return [];
    const count = words.conversation.reactions[kind](shown.counts[kind]);
    return [h("p", { className: ["people"] }, h("b", {}, count), `: ${talk.formats.list(names)}`)];
  });
  const id = place.id("responses");
  return [
    h(
      "section",
      { className: ["conversation"], ...(id === null ? {} : { id }), ...languageOf(words) },
      h("h2", {}, spoken === 0 ? words.conversation.title : words.conversation.count(spoken)),
      shown.threads.map((response) => responseTree(response, talk)),
      further(words.conversation.trackbacks, shown.trackbacks, talk),
      further(words.conversation.mentions, shown.mentions, talk),
      people,
    ),
  ];
}

function languageOf({ lang, dir }: Translations): { lang: string; xmlLang: string; dir: string } {
  return { lang, xmlLang: lang, dir };
}

function further(
  title: (count: number) => string,
  responses: readonly ShownResponse[],
  talk: Talk,
): ElementContent[] {
  if (responses.length === 0) return [];
  return [h("h3", {}, title(responses.length)), ...responses.map((response) => responseTree(response, talk))];
}

function responseTree(response: ShownResponse, talk: Talk): ElementContent {
  const { author, isOwn, answers, date, url, protocol, title, excerpt } = response;
  const { words, formats, place } = talk;
  const isPing = response.kind === "mention-of" || protocol === "trackback";
  const source = protocol === "comment" ? null : place.link(url);
  const profile = author.url === null ? null : place.link(author.url);
  const id = place.id(response.id);
  const said = isPing
    ? [
        title === null || source === null ? null : h("p", {}, h("a", { href: source }, title)),
        excerpt === null ? null : h("p", {}, excerpt),
      ]
    : flow(fromHtml(response.html, { fragment: true }).children, place);
  return h(
    "div",
    { className: ["response"], ...(id === null ? {} : { id }) },
    h(
      "p",
      { className: ["response-head"] },
      profile === null
        ? h("b", { dir: "auto" }, author.name)
        : h("b", { dir: "auto" }, h("a", { href: profile }, author.name)),
      isOwn ? ` (${words.conversation.author})` : null,
      answers === null ? null : ` · ${words.conversation.replyingTo(answers.name)}`,
      ` · ${formats.date(date)}`,
      source === null ? null : [" · ", h("a", { href: source }, words.conversation.via(response.host))],
    ),
    h("div", { className: ["response-text"], dir: "auto" }, said),
    response.replies.length === 0
      ? null
      : h(
          "div",
          { className: ["replies"] },
          response.replies.map((reply) => responseTree(reply, talk)),
        ),
  );
}
