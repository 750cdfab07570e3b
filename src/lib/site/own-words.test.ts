import { expect, test } from "vitest";
import { formatIssues } from "../author-error.ts";
import { readOwnWords } from "./own-words.ts";

const read = (text: string, lang = "en") => readOwnWords(text, "content/words.yaml", lang);

test("texts at the top level are for the blog's language, texts under a tag for that language", () => {
  const { words, issues } = read(
    `conversation:
  title: Letters
  count: { one: "# letter", other: "# letters" }
post:
  moreBy: More from {name}
de:
  conversation:
    title: Briefe
`,
    "en-US",
  );
  expect(issues).toEqual([]);
  expect(words).toEqual({
    en: {
      conversation: { title: "Letters", count: { one: "# letter", other: "# letters" } },
      post: { moreBy: "More from {name}" },
    },
    de: { conversation: { title: "Briefe" } },
  });
});

test("a single text can replace all plural forms", () => {
  expect(read("list:\n  posts: '# texts'\n").words).toEqual({
    en: { list: { posts: { other: "# texts" } } },
  });
});

test("an empty file changes nothing", () => {
  expect(read("# nothing yet\n")).toEqual({ words: {}, issues: [] });
});

test("each error has its line and a fix", () => {
  const { words, issues } = read(`conversation:
  titel: Letters
  replyingTo: to {nmae}
  none: No letters from {name}
  count: { one: "# letter" }
  reactions: many
post:
  share: yes
  by: 12
convesation:
  title: x
`);
  expect(words).toEqual({});
  expect(formatIssues(issues)).toMatchInlineSnapshot(`
    "content/words.yaml:2
      \`conversation.titel\` isn't an interface text
        Did you mean \`title\`?

    content/words.yaml:3
      {nmae} isn't a placeholder of \`conversation.replyingTo\`
        Did you mean {name}? Placeholders here: {name}.

    content/words.yaml:4
      {name} isn't a placeholder of \`conversation.none\`
        This text has no placeholders. Write it without {name}.

    content/words.yaml:5
      \`conversation.count\` needs at least the form \`other\`
        For example:
        count: {"one":"# response","other":"# responses"}

    content/words.yaml:6
      \`conversation.reactions\` should be a group of texts
        It contains: likes, reposts, bookmarks, mentions, rsvps.

    content/words.yaml:9
      \`post.by\` should be text
        Put it in quotes:
        by: "12"

    content/words.yaml:10
      \`convesation\` isn't an interface text
        Did you mean \`conversation\`?

    7 errors to fix."
  `);
});
