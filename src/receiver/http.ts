/** Shared code of the routes: types of requests, forms, error pages. */
import type { Context } from "hono";
import { html } from "hono/html";
import type { Translations } from "../i18n/translations.ts";
import { translationsFor, translationsForPost } from "../i18n/translations-for.ts";
import { documentOf, pageIn, type Html, type Look, type Page } from "./pages/layout.ts";

/** The variables that `app.ts` sets for each request. */
export interface ReceiverEnv {
  readonly Bindings: Record<string, unknown>;
  readonly Variables: {
    /** IP address of the client, null when it isn't known. */
    clientAddress: string | null;
    /** Look of the pages. */
    look: Look;
    /** Additions to the page's Content Security Policy, which otherwise only allows forms to this receiver. */
    policy?: PagePolicy;
  };
}

export interface PagePolicy {
  /** Whether the page uses scripts of the receiver. */
  readonly hasScript: boolean;
  /** Further targets of forms, including redirects after a form, to which browsers apply the policy as well. */
  readonly formTargets: readonly string[];
}

export type ReceiverRequest = Context<ReceiverEnv>;

/** Values of a form by name. */
export interface FormFields {
  /** The first value, trimmed; empty when there is none. */
  one(name: string): string;
  all(name: string): readonly string[];
  names(): readonly string[];
}

/** A body that isn't a form, or has an unknown charset. */
export class BadFormError extends Error {
  override readonly name = "BadFormError";
}

/**
 * Reads `application/x-www-form-urlencoded` in any charset supported by the platform: old trackback clients declare
 * ISO-8859-1.
 * @throws BadFormError
 */
export async function readForm(c: ReceiverRequest): Promise<FormFields> {
  const type = c.req.header("content-type") ?? "";
  if (!/^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type))
    throw new BadFormError("The body must be application/x-www-form-urlencoded");
  const charset = /;\s*charset\s*=\s*"?([\w.:-]+)"?/i.exec(type)?.[1] ?? "utf-8";
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  return fieldsOf(bytes, charset);
}

function fieldsOf(bytes: Uint8Array, charset: string): FormFields {
  const decoder = decoderFor(charset);
  const values = new Map<string, string[]>();
  const body = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  for (const pair of body.split("&")) {
    if (pair === "") continue;
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    const key = decodedPart(name, decoder);
    values.set(key, [...(values.get(key) ?? []), decodedPart(value, decoder)]);
  }
  return {
    one: (name) => (values.get(name)?.[0] ?? "").trim(),
    all: (name) => values.get(name) ?? [],
    names: () => [...values.keys()],
  };
}

/** Decodes a name or value. @param part undecoded, with one character for each byte. */
function decodedPart(part: string, decoder: TextDecoder): string {
  const bytes = part
    .replaceAll("+", " ")
    .replace(/%([\da-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  return decoder.decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
}

function decoderFor(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch (error) {
    if (error instanceof RangeError) throw new BadFormError(`The charset ${charset} isn't known`);
    throw error;
  }
}

/** Whether the client accepts HTML, so that it gets a page instead of plain text or JSON. */
export function wantsHtml(c: ReceiverRequest): boolean {
  return /\btext\/html\b/.test(c.req.header("accept") ?? "");
}

/** Interface texts for a page. @param lang language of the post that the page is about; null for the blog's. */
export function wordsFor(c: ReceiverRequest, lang: string | null = null): Translations {
  const { words } = c.get("look");
  return lang === null ? translationsFor(words) : translationsForPost(lang, words);
}

/** Responds with one sentence: a page in the given language for browsers, otherwise plain text. */
export async function tell(
  c: ReceiverRequest,
  language: Pick<Translations, "lang" | "dir">,
  status: PageStatus,
  title: string,
  message: string,
  more: Html = html``,
): Promise<Response> {
  if (!wantsHtml(c)) return c.text(`${message}\n`, status);
  const body = html`<h1>${title}</h1>
    <p>${message}</p>
    ${more}`;
  return await show(c, pageIn(language, title, body), status);
}

/** Responds with a page. */
export async function show(c: ReceiverRequest, page: Page, status: PageStatus = 200): Promise<Response> {
  return c.html(await documentOf(page, c.get("look")), status);
}

type PageStatus = 200 | 201 | 400 | 401 | 403 | 404 | 405 | 410 | 413 | 429 | 500 | 503;

/** Responds with one sentence in English: a page for browsers, otherwise plain text. */
export async function sentence(
  c: ReceiverRequest,
  status: PageStatus,
  title: string,
  message: string,
): Promise<Response> {
  return await tell(c, { lang: "en", dir: "ltr" }, status, title, message);
}
