import { describe, expect, test } from "vitest";
import { isGroup, isPluralForms } from "./compile-messages.ts";
import { formatsOf } from "./formats.ts";
import { LANGUAGES } from "./languages.ts";
import { MODERATION, MODERATION_PLACEHOLDERS, moderationWords } from "./moderation-words.ts";
import { NO_OWN_WORDS, PLACEHOLDERS, type Messages, type PluralForms } from "./messages.ts";
import { hasTranslations, translationsFor, translationsForPost } from "./translations-for.ts";

const TAGS = Object.values(LANGUAGES).map((messages: Messages) => messages.lang);
const wordsIn = (lang: string) => translationsFor({ lang, words: NO_OWN_WORDS });

/** Texts that are the same in several languages. */
const SHARED =
  /^(Mastodon|Bluesky|RSS|Feed|Blogroll|Atom|Normal|System|Series|Pages|Posts|(# )?posts?|Archive|Links|Part|Send|Tip|Transcript|E-?mail|Email|·|→|—|Notes?|Tags?|Diagram|via \{?host\}?|.*\b(via|RSVP|trackbacks?).*|\{posts\}, \{years\}\.|# mentions?|Note \{number\})$/i;

const SHARED_WITH_OPERATOR = /^(Moderation|Status|Spam|Token|Passkeys|Apps)$/;

/** Each text of a group with its path; includes each plural form. */
function texts(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
}

/** Plural forms of a group, with their paths. */
function pluralTexts(value: unknown, path = ""): [string, PluralForms][] {
  if (isPluralForms(value)) return [[path, value]];
  if (!isGroup(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => pluralTexts(inner, `${path}.${key}`));
}

/** Placeholders of the text at a path. */
function placeholdersAt(path: string, all: unknown = PLACEHOLDERS): readonly string[] {
  let at = all;
  for (const key of path.split(".").slice(1)) {
    at =
      typeof at === "object" && at !== null
        ? Object.entries(at).find(([name]) => name === key)?.[1]
        : undefined;
  }
  return Array.isArray(at) ? at.map(String) : [];
}

describe.each(Object.values(LANGUAGES).map((messages: Messages) => [messages.lang, messages] as const))(
  "%s",
  (lang, messages) => {
    test("no text is empty or has straight quotes", () => {
      for (const [path, text] of texts(messages)) {
        expect(text.trim(), path).not.toBe("");
        expect(text, path).not.toMatch(/["']/);
      }
    });

    test("each text has exactly the expected placeholders", () => {
      for (const [path, text] of texts(messages)) {
        const found = [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        expect([...new Set(found)].sort(), path).toEqual([...placeholdersAt(path)].sort());
      }
    });

    test("every text with a number has each plural form that the language needs for numbers up to 300", () => {
      const rules = new Intl.PluralRules(lang);
      const needed = new Set(Array.from({ length: 301 }, (_, number) => rules.select(number)));
      // Without the form `zero`, 0 uses `other`.
      needed.delete("zero");
      for (const [path, forms] of pluralTexts(messages)) {
        for (const form of needed) expect(Object.keys(forms), path).toContain(form);
        for (const form of Object.keys(forms))
          expect(rules.resolvedOptions().pluralCategories, path).toContain(form);
      }
      for (const count of [3, 5, 11, 21, 100, 1234]) {
        expect(wordsIn(lang).post.responses(count)).toMatch(/\p{Nd}/u);
      }
    });

    test("no text mentions a fence, and Intl supports the language", () => {
      expect(JSON.stringify(messages)).not.toMatch(/fence|picket|robin|Zaun|clôture|valla|垣根|سياج/i);
      expect(Intl.DateTimeFormat.supportedLocalesOf(lang)).toEqual([lang]);
    });
  },
);

test.each([
  [
    "pl",
    "0 komentarzy, 1 komentarz, 2 komentarze, 5 komentarzy, 12 komentarzy, 22 komentarze, 101 komentarzy",
  ],
  [
    "ru",
    "0 комментариев, 1 комментарий, 2 комментария, 5 комментариев, 12 комментариев, 22 комментария, 101 комментарий",
  ],
  ["ar", "لا تعليقات, تعليق واحد, تعليقان, 5 تعليقات, 12 تعليقًا, 22 تعليقًا, 101 تعليق"],
  ["cs", "0 komentářů, 1 komentář, 2 komentáře, 5 komentářů, 12 komentářů, 22 komentářů, 101 komentářů"],
  ["he", "0 תגובות, תגובה אחת, שתי תגובות, 5 תגובות, 12 תגובות, 22 תגובות, 101 תגובות"],
  [
    "fr",
    "0 commentaire, 1 commentaire, 2 commentaires, 5 commentaires, 12 commentaires, 22 commentaires, 101 commentaires",
  ],
])("numbers of responses read as they are said: %s", (lang, said) => {
  const { count } = wordsIn(lang).conversation;
  expect([0, 1, 2, 5, 12, 22, 101].map(count).join(", ")).toBe(said);
});

test("overrides in a language without a translation use that language's plural forms", () => {
  const count = { one: "# odgovor", two: "# odgovora", few: "# odgovori", other: "# odgovorov" };
  const { conversation, list } = translationsFor({ lang: "sl", words: { sl: { conversation: { count } } } });
  expect([1, 2, 3, 5, 101, 102, 104, 105].map(conversation.count).join(", ")).toBe(
    "1 odgovor, 2 odgovora, 3 odgovori, 5 odgovorov, 101 odgovor, 102 odgovora, 104 odgovori, 105 odgovorov",
  );
  expect([1, 2].map(list.posts)).toEqual(["1 post", "2 posts"]);
});

test.each(TAGS.filter((lang) => !lang.startsWith("en")))("%s is translated", (lang) => {
  const english = new Map(texts(LANGUAGES.en));
  const messages = Object.values(LANGUAGES).find((one: Messages) => one.lang === lang);
  const same = texts(messages).filter(
    ([path, text]) => english.get(path) === text && /\.\w+\.\w+/.test(path) && !SHARED.test(text),
  );
  expect(same.map(([path]) => path)).toEqual([]);
});

describe("the operator's pages", () => {
  test("are in every language of the interface", () => {
    expect(Object.keys(MODERATION).sort()).toEqual(TAGS.filter((lang) => lang !== "en-GB").sort());
    expect(moderationWords(wordsIn("en-GB"))).toBe(moderationWords(wordsIn("en-GB")));
    expect(moderationWords(wordsIn("en-GB")).signIn).toBe("Sign in");
    expect(moderationWords(wordsIn("de-AT")).spamAndBlock("a.example")).toBe("Spam, und a.example sperren");
    expect(moderationWords(wordsIn("eo")).title).toBe("Moderation");
  });

  test.each(Object.entries(MODERATION))("are translated, in %s", (lang, messages) => {
    const english = new Map(texts(MODERATION["en"]));
    for (const [path, text] of texts(messages)) {
      expect(text.trim(), path).not.toBe("");
      expect(text, path).not.toMatch(/["']/);
      const found = [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(found, path).toEqual(placeholdersAt(path, MODERATION_PLACEHOLDERS));
      if (lang !== "en" && !SHARED_WITH_OPERATOR.test(text)) expect(text, path).not.toBe(english.get(path));
    }
  });
});

test("regions and scripts fall back to their language, unknown languages to English", () => {
  expect(wordsIn("de-AT").lang).toBe("de");
  expect(wordsIn("en-US").lang).toBe("en");
  expect(wordsIn("en-GB").lang).toBe("en-GB");
  expect(wordsIn("zh").lang).toBe("zh-Hans");
  expect(wordsIn("zh-TW").lang).toBe("zh-Hant");
  expect(wordsIn("pt-PT").lang).toBe("pt-BR");
  expect(wordsIn("eo").lang).toBe("en");
  expect(hasTranslations("ar-EG")).toBe(true);
});

test("a post's page is in the post's language if the interface is translated into it, else in the site's", () => {
  const site = { lang: "fr", words: NO_OWN_WORDS };
  expect(translationsForPost("de", site).lang).toBe("de");
  expect(translationsForPost("eo", site).lang).toBe("fr");
});

test("overrides replace texts of their language and leave other languages unchanged", () => {
  const words = {
    en: {
      conversation: { title: "Letters", reactions: { likes: { other: "# hearts" } } },
      post: { moreBy: "All of {name}" },
    },
  };
  const own = translationsFor({ lang: "en", words });
  expect(own.conversation.title).toBe("Letters");
  expect(own.conversation.reactions.likes(1)).toBe("1 hearts");
  expect(own.conversation.reactions.reposts(2)).toBe("2 reposts");
  expect(own.post.moreBy("Ann $& {name}")).toBe("All of Ann $& {name}");
  expect(translationsFor({ lang: "de", words }).conversation.title).toBe("Kommentare");
});

describe("dates", () => {
  const instant = "2008-03-17T23:30:00.000Z";

  test("are in the site's time zone", () => {
    expect(formatsOf("en", "Europe/Berlin").longDate(instant)).toBe("Tuesday, March 18, 2008");
    expect(formatsOf("en", null).longDate(instant)).toBe("Monday, March 17, 2008");
    expect(formatsOf("de", "Europe/Berlin").date(instant)).toBe("18. März 2008");
    expect(formatsOf("en-GB", "Europe/Berlin").date(instant)).toBe("18 March 2008");
  });

  test("use the Gregorian calendar in every language", () => {
    for (const lang of ["th", "fa", "ar", "ja", "ar-SA"]) {
      expect(formatsOf(lang, "UTC").year(2008)).toMatch(/2008|٢٠٠٨|۲۰۰۸/);
      expect(formatsOf(lang, "UTC").date(instant)).toMatch(/2008|٢٠٠٨|۲۰۰۸/);
    }
  });

  test("lists are joined as in the language", () => {
    expect(formatsOf("en", null).list(["Nell", "Tomás", "Ines"])).toBe("Nell, Tomás, and Ines");
    expect(formatsOf("es", null).list(["Nell", "Ines"])).toBe("Nell e Ines");
    expect(formatsOf("en", null).between(["Nell", "Tomás", "Ines"])).toEqual([", ", ", and "]);
    expect(formatsOf("es", null).between(["Nell", "Ines"])).toEqual([" e "]);
  });
});

test("texts are compiled once for all pages, though each page has its own copy of the overrides", () => {
  const words = { en: { post: { reply: "Answer" } } };
  const first = translationsFor({ lang: "en", words });
  expect(first.post.reply).toBe("Answer");
  expect(translationsFor({ lang: "en", words: structuredClone(words) })).toBe(first);
  const other = { en: { post: { reply: "Respond" } } };
  expect(translationsFor({ lang: "en", words: other }).post.reply).toBe("Respond");
  expect(translationsFor({ lang: "de", words }).post.reply).not.toBe("Answer");
});

test("punctuation of a left-to-right name stays in place in a right-to-left text", () => {
  expect(wordsIn("ar").list.tagged("C++")).toContain("\u2068C++\u2069");
  expect(wordsIn("ar").list.tagged("الجيران")).not.toMatch(/[\u2066-\u2069]/);
  expect(wordsIn("en").list.tagged("الجيران")).toBe("Posts about الجيران");
});
