/** Questions of `backfence init`, with validation and defaults. */
import { userInfo } from "node:os";
import { oneLine } from "../one-line.ts";
import { isEmail, isLanguage, isSiteAddress, isTimeZone } from "../../lib/site/values.ts";

/** Ways in which readers can respond to a post. */
export const WAYS = ["mastodon", "bluesky", "giscus", "webmention", "receiver", "email", "none"] as const;
export type Way = (typeof WAYS)[number];

export interface Answers {
  readonly title: string;
  /** Address of the published blog; empty if not known yet. */
  readonly url: string;
  readonly lang: string;
  readonly timeZone: string;
  readonly author: string;
  /** Never contains `none`. */
  readonly ways: readonly Way[];
  /** Address for the way `email`; empty otherwise. */
  readonly email: string;
}

export interface Question {
  readonly key: "title" | "url" | "lang" | "timeZone" | "author" | "respond" | "email";
  readonly text: string;
  /** Returns the normalized answer, or an error message. */
  readonly check: (answer: string) => { readonly value: string } | { readonly problem: string };
}

export const QUESTIONS: readonly Question[] = [
  { key: "title", text: "Title of the blog", check: required("A blog needs a title.") },
  { key: "url", text: "Its address, when you know it (https://me.example/)", check: checkAddress },
  { key: "lang", text: "Its language (en, de, pt-BR …)", check: checkLanguage },
  { key: "timeZone", text: "Time zone of its dates", check: checkTimeZone },
  { key: "author", text: "Your name, as shown in bylines", check: required("A post needs an author.") },
  {
    key: "respond",
    text: "How can readers respond? mastodon, bluesky, giscus, webmention, receiver (a server of your own), email (several with commas), or none",
    check: checkWays,
  },
  { key: "email", text: "Your public email address for responses", check: checkEmail },
];

function required(problem: string): Question["check"] {
  return (answer) => (oneLine(answer) === "" ? { problem } : { value: oneLine(answer) });
}

function checkAddress(answer: string): ReturnType<Question["check"]> {
  const text = answer.trim();
  if (text === "") return { value: "" };
  const whole = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  // `URL` accepts more characters in a host name than domains can have, and parses `htp:/me` as a host without a dot.
  const isHost = whole === text ? /^(?:[\w.-]+|\[.+\])$/ : /^[\w-]+(?:\.[\w-]+)+$|^localhost$/;
  if (!isSiteAddress(whole) || !isHost.test(new URL(whole).hostname))
    return { problem: `"${text}" isn't the address of a website. For example: https://me.example/` };
  const address = new URL(whole).href;
  return { value: address.endsWith("/") ? address : `${address}/` };
}

function checkLanguage(answer: string): ReturnType<Question["check"]> {
  const text = answer.trim();
  const isTag = isLanguage(text) && /^[a-z]{2,3}(?:-|$)/i.test(text);
  return isTag ? { value: text } : { problem: `"${text}" isn't a language tag. For example: en, de, pt-BR` };
}

function checkTimeZone(answer: string): ReturnType<Question["check"]> {
  const text = answer.trim();
  if (isTimeZone(text)) return { value: text };
  return { problem: `"${text}" isn't a time zone. For example: Europe/Berlin, America/New_York, UTC` };
}

function checkWays(answer: string): ReturnType<Question["check"]> {
  const words = answer
    .split(/[\s,]+/)
    .map((word) => word.toLowerCase().replace("e-mail", "email").replace("webmention.io", "webmention"))
    .filter(Boolean);
  const unknown = words.find((word) => !isWay(word));
  if (unknown !== undefined) return { problem: `"${unknown}" isn't one of ${WAYS.join(", ")}.` };
  if (words.includes("none") && words.length > 1)
    return { problem: `"none" can't be combined with another way: leave out one of the two.` };
  return { value: words.length === 0 ? "none" : words.join(",") };
}

function checkEmail(answer: string): ReturnType<Question["check"]> {
  const text = answer.trim();
  return isEmail(text)
    ? { value: text }
    : { problem: `"${text}" isn't an email address. For example: me@me.example` };
}

/** Parses the ways from a validated answer. */
export function waysOf(answer: string): readonly Way[] {
  return answer.split(",").filter((word): word is Way => isWay(word) && word !== "none");
}

function isWay(word: string): word is Way {
  return WAYS.some((way) => way === word);
}

/** Default answers from the environment: language, time zone and user name. */
export function machineDefaults(
  env: Readonly<Record<string, string | undefined>>,
  gitName: string | null,
): Readonly<Record<Question["key"], string>> {
  const locale =
    (env["LC_ALL"] || env["LC_MESSAGES"] || env["LANG"] || "").split(/[.@]/)[0]?.replace("_", "-") ?? "";
  const [lang = ""] = locale.split("-");
  return {
    title: "My blog",
    url: "",
    lang: /^[a-z]{2,3}$/.test(lang) ? lang : "en",
    timeZone:
      env["TZ"] && isTimeZone(env["TZ"]) ? env["TZ"] : Intl.DateTimeFormat().resolvedOptions().timeZone,
    author: gitName ?? userName(),
    respond: "none",
    email: "",
  };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // In a container, the user id may have no name.
    return "me";
  }
}
