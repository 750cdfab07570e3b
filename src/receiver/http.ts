/** Shared code of the routes: forms, client addresses, error pages. */
import type { Context } from "hono";
import { html } from "hono/html";
import type { Translations } from "../i18n/translations.ts";
import { translationsFor, translationsForPost } from "../i18n/translations-for.ts";
import { documentOf, pageIn, type Html, type Look, type Page } from "./pages/layout.ts";

/** The variables that `app.ts` sets for each request. */
export interface ReceiverEnv {
  readonly Bindings: Record<string, unknown>;
  readonly Variables: {
    /** Address of the client, null when it isn't known. */
    clientAddress: string | null;
    /** Look of the pages. */
    look: Look;
    /** What the page's Content Security Policy allows beside forms to this receiver. */
    policy?: PagePolicy;
  };
}

export interface PagePolicy {
  /** Scripts of the receiver's own. */
  readonly hasScript: boolean;
  /** Where forms may lead in the end: browsers apply the policy to redirects as well. */
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

/** A body that isn't a form, or isn't text in the charset that it names. */
export class BadFormError extends Error {
  override readonly name = "BadFormError";
}

/**
 * Reads `application/x-www-form-urlencoded` in any charset that the platform decodes: old trackback clients send
 * ISO-8859-1 and say so.
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

/** @param part one character a byte, as it came. */
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

/** Whether the client would rather have a page than plain text or JSON. */
export function wantsHtml(c: ReceiverRequest): boolean {
  return /\btext\/html\b/.test(c.req.header("accept") ?? "");
}

/** Texts for a page that readers see. @param lang of what it's about; null for the blog's own. */
export function wordsFor(c: ReceiverRequest, lang: string | null = null): Translations {
  const { words } = c.get("look");
  return lang === null ? translationsFor(words) : translationsForPost(lang, words);
}

/** An answer of one sentence for readers: a page in their language, or plain text. */
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

/** Answers with a page. */
export async function show(c: ReceiverRequest, page: Page, status: PageStatus = 200): Promise<Response> {
  return c.html(await documentOf(page, c.get("look")), status);
}

type PageStatus = 200 | 201 | 400 | 401 | 403 | 404 | 405 | 410 | 413 | 429 | 500 | 503;

/** An answer of one sentence in English: a page for browsers, plain text for programs. */
export async function sentence(
  c: ReceiverRequest,
  status: PageStatus,
  title: string,
  message: string,
): Promise<Response> {
  return await tell(c, { lang: "en", dir: "ltr" }, status, title, message);
}
