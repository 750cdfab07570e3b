import type { NewsletterWords, Settings } from "./settings.ts";

/** Services that the setting `newsletter` supports; `other` is any service with an address for a form. */
export const NEWSLETTER_PROVIDERS = [
  "buttondown",
  "listmonk",
  "keila",
  "mailchimp",
  "kit",
  "mailerlite",
  "other",
] as const;

/** A form to subscribe by email. */
export interface NewsletterForm {
  readonly action: string;
  /** Name of the field for the email address. */
  readonly field: string;
  /** Additional fields required by the service. */
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
  /** Name of the honeypot field; null if the service has none. */
  readonly trap: string | null;
}

type Newsletter = NonNullable<Settings["newsletter"]>;

/** The form of the configured service; null without a newsletter, or if a required value is missing. */
export function newsletterForm({ newsletter }: Pick<Settings, "newsletter">): NewsletterForm | null {
  if (newsletter === null) return null;
  const action = actionOf(newsletter);
  if (action === null) return null;
  const plain = { action, field: "email", hidden: [], trap: null };
  switch (newsletter.provider) {
    case "buttondown":
      return { ...plain, hidden: [{ name: "embed", value: "1" }] };
    case "listmonk":
      return {
        ...plain,
        hidden: newsletter.id === null ? [] : [{ name: "l", value: newsletter.id }],
        trap: "nonce",
      };
    case "keila":
      return { ...plain, field: "contact[email]", trap: "h[url]" };
    case "mailchimp": {
      const { searchParams } = new URL(action);
      const [user, id] = [searchParams.get("u"), searchParams.get("id")];
      return { ...plain, field: "EMAIL", trap: user === null || id === null ? null : `b_${user}_${id}` };
    }
    case "kit":
      return { ...plain, field: "email_address" };
    case "mailerlite":
      return { ...plain, field: "fields[email]", hidden: [{ name: "ml-submit", value: "1" }] };
    case "other":
      return plain;
  }
}

/** Services whose form address is derived from `id`. */
const BY_ID: ReadonlySet<string> = new Set(["buttondown", "kit", "keila"]);

/** The newsletter for pages in a language: the language's own list and texts override the blog's. */
export function newsletterIn(
  { newsletter }: Pick<Settings, "newsletter">,
  language: { readonly newsletter: NewsletterWords | null },
): Settings["newsletter"] {
  const own = language.newsletter;
  if (newsletter === null || own === null) return newsletter;
  const isNamedById = BY_ID.has(newsletter.provider) && own.id !== null;
  return {
    ...newsletter,
    id: own.id ?? newsletter.id,
    action: own.action ?? (isNamedById ? null : newsletter.action),
    title: own.title ?? newsletter.title,
    text: own.text === "" ? newsletter.text : own.text,
  };
}

/** Origins that the forms of all languages are submitted to. */
export function newsletterOrigins(settings: Pick<Settings, "newsletter" | "languages">): readonly string[] {
  const all = [settings.newsletter, ...settings.languages.map((one) => newsletterIn(settings, one))];
  const forms = all.flatMap((newsletter) => newsletterForm({ newsletter }) ?? []);
  return [...new Set(forms.map(({ action }) => new URL(action).origin))];
}

/** The setting that the service requires but is missing; null if complete. */
export function missingOfNewsletter({ newsletter }: Pick<Settings, "newsletter">): "id" | "action" | null {
  if (newsletter === null || actionOf(newsletter) !== null) return null;
  return BY_ID.has(newsletter.provider) ? "id" : "action";
}

function actionOf({ provider, id, action }: Newsletter): string | null {
  if (action !== null) return action;
  if (id === null) return null;
  const own = encodeURIComponent(id);
  switch (provider) {
    case "buttondown":
      return `https://buttondown.com/api/emails/embed-subscribe/${own}`;
    case "kit":
      return `https://app.kit.com/forms/${own}/subscriptions`;
    case "keila":
      return `https://app.keila.io/forms/${own}`;
    default:
      return null;
  }
}

/** The id extracted from an address given as `id`; null if `id` is already an id. */
export function meantNewsletterId({ newsletter }: Pick<Settings, "newsletter">): string | null {
  const id = newsletter?.id ?? null;
  if (newsletter === null || id === null || newsletter.action !== null) return null;
  const meant = id
    .replace(/[?#].*$/, "")
    .split("/")
    .findLast((part) => part !== "");
  return meant === undefined || id === meant ? null : meant;
}
